// Package web holds the operators' page.
package web

import (
	"io/fs"
	"testing/fstest"
)

// Files are the page's files.
func Files() fs.FS {
	return fstest.MapFS{"index.html": {Data: []byte("x")}, "login.html": {Data: []byte("x")}}
}
