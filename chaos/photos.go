//go:build linux

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/adloom/adloom/internal/atomicfile"
	"github.com/adloom/adloom/internal/demoshop"
)

// photoFiles are those that the shop has.
func photoFiles(o *options) ([]string, error) {
	if o.Photos == "" {
		return demoPhotos(o)
	}
	files, err := filepath.Glob(filepath.Join(o.Photos, "*.jpg"))
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("--photos %s: expected files named *.jpg, found none", o.Photos)
	}
	return files, err
}

// demoPhotos are the demo shop's JPEGs as files beside the binary. Drawing them takes
// some seconds, so it is done once.
func demoPhotos(o *options) ([]string, error) {
	dir := filepath.Join(filepath.Dir(o.Binary), "chaos-photos")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	var files []string
	for _, p := range demoshop.Products() {
		if !strings.HasSuffix(p.Picture, ".jpg") {
			continue
		}
		file := filepath.Join(dir, p.Picture)
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			data, err := demoshop.Photo(p.Picture)
			if err != nil {
				return nil, err
			}
			if err := atomicfile.WriteBytes(file, 0o644, data); err != nil {
				return nil, err
			}
		}
		files = append(files, file)
	}
	return files, nil
}

func readAll(files []string) ([][]byte, error) {
	var all [][]byte
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read photo: %w", err)
		}
		all = append(all, data)
	}
	return all, nil
}
