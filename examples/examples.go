// Package examples holds the three reference ads: a link ad (1200x628), a feed ad
// (1080x1080) and a story ad (1080x1920).
package examples

import (
	"embed"
	"io/fs"
)

//go:embed templates
var files embed.FS

// Names lists the reference ads.
func Names() []string { return []string{"link", "square", "story"} }

// Templates is a folder with one folder for each ad: template.json and assets/.
func Templates() fs.FS {
	sub, err := fs.Sub(files, "templates")
	if err != nil {
		panic(err) // the name above is embedded
	}
	return sub
}
