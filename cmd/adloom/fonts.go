package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/adloom/adloom/renderer/fontfile"
	"github.com/adloom/adloom/renderer/typeset"
)

// fontFlags say where fonts are looked for.
type fontFlags struct {
	Fonts []string `default:"/usr/share/fonts,/usr/local/share/fonts" type:"path" help:"Folders with fonts: TrueType, OpenType, collections, WOFF, WOFF2. The family Go is built in."`
}

// scan reads the names of all fonts. Files are read whole when a template needs
// them. A folder that is not there or a font that cannot be read is passed over:
// a template that wants it says so.
func (f fontFlags) scan() []typeset.FontFile {
	files, _ := f.search()
	return files
}

// search reads the names of all fonts, and tells which files cannot be read, and why.
func (f fontFlags) search() (files []typeset.FontFile, unread []error) {
	for _, folder := range f.Fonts {
		_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				if !errors.Is(err, fs.ErrNotExist) {
					unread = append(unread, err)
				}
				return nil
			}
			switch strings.ToLower(filepath.Ext(path)) {
			case ".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2":
				fonts, err := describe(path)
				if err != nil {
					unread = append(unread, fmt.Errorf("%s: %w", path, err))
				}
				files = append(files, fonts...)
			}
			return nil
		})
	}
	return files, unread
}

// describe reads the names of a file's fonts.
func describe(path string) ([]typeset.FontFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	faces, err := fontfile.Describe(f)
	if err != nil {
		return nil, err
	}
	data := &fontData{path: path}
	var files []typeset.FontFile
	for _, face := range faces {
		if face.Family == "" {
			return files, errors.New("a font without a family name")
		}
		files = append(files, typeset.FontFile{Face: face, Load: data.load})
	}
	return files, nil
}

// fontData is a font file that is read once for all of its fonts.
type fontData struct {
	path string
	mu   sync.Mutex
	data []byte
}

func (f *fontData) load() ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.data == nil {
		data, err := os.ReadFile(f.path)
		if err != nil {
			return nil, err
		}
		f.data = data
	}
	return f.data, nil
}
