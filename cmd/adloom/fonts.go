package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/adloom/adloom/renderer/typeset"
)

// fontFlags say where fonts are looked for.
type fontFlags struct {
	Fonts []string `default:"/usr/share/fonts,/usr/local/share/fonts" type:"path" help:"Folders with TrueType and OpenType fonts. The family Go is built in."`
}

// scan reads the names of all fonts. Files are read whole when a template needs
// them. A folder that is not there or a font that cannot be read is passed over:
// a template that wants it says so.
func (f fontFlags) scan() []typeset.FontFile {
	var files []typeset.FontFile
	for _, folder := range f.Fonts {
		_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
					return nil
				}
				return err
			}
			switch strings.ToLower(filepath.Ext(path)) {
			case ".ttf", ".otf":
			default:
				return nil
			}
			if file, err := describe(path); err == nil {
				files = append(files, file)
			}
			return nil
		})
	}
	return files
}

func describe(path string) (typeset.FontFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return typeset.FontFile{}, err
	}
	defer f.Close()
	file, err := typeset.DescribeFont(f)
	file.Load = func() ([]byte, error) { return os.ReadFile(path) }
	return file, err
}
