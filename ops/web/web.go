// Package web holds the files of the operators' live page: HTML, style sheets and ES modules, as they are sent to the
// browser. Nothing is built, and the page asks nobody but the node that it came from.
//
// The page lies at /ops/, and its addresses are relative to that: assets/…, state, events, customer, limits, pause,
// resume, drain, undrain, logout, login and ../explain. It may therefore lie behind a proxy under another path. What reaches it
// from outside (names of customers and templates, reasons, details, user agents) is set as text and never as markup;
// [Policy] is the second wall behind that, and has to be sent with every answer.
//
// When the node does not answer, the page says since when, keeps what it showed last and tries again by itself. When it
// finds itself signed out it goes to the login form.
package web

import (
	"embed"
	"io/fs"
)

// Policy is the Content-Security-Policy that the page is written for: no script, style or picture but the node's own.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

//go:embed static
var static embed.FS

// Files are index.html, login.html, and what those load from assets/. There are no folders.
func Files() fs.FS {
	files, err := fs.Sub(static, "static")
	if err != nil {
		panic(err) // the name is a constant and valid
	}
	return files
}
