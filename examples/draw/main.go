// Command draw makes the pictures that the reference ads lay over a photo: a logo, a sale ribbon and a scrim. From the
// root of the module, go run ./examples/draw writes the same bytes every time.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
)

func main() {
	folder := flag.String("o", filepath.Join("examples", "templates"), "the folder of templates to write to")
	flag.Parse()
	if err := run(*folder); err != nil {
		fmt.Fprintln(os.Stderr, "draw:", err)
		os.Exit(1)
	}
}

func run(folder string) error {
	for _, a := range assets() {
		if err := a.write(folder); err != nil {
			return err
		}
	}
	return nil
}

// asset is one picture and the templates that use it.
type asset struct {
	name      string
	picture   image.Image
	templates []string
}

func assets() []asset {
	return []asset{
		{"logo.png", logo("#24573d"), []string{"link"}},
		{"logo.png", logo("#f7f2e8"), []string{"square", "story"}}, // on a dark ground
		{"ribbon.png", ribbon(), []string{"link", "story"}},
		{"scrim.png", scrim(), []string{"square"}},
	}
}

func (a asset) write(folder string) error {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, a.picture); err != nil {
		return fmt.Errorf("encode %s: %w", a.name, err)
	}
	for _, template := range a.templates {
		dir := filepath.Join(folder, template, "assets")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
		if err := os.WriteFile(filepath.Join(dir, a.name), b.Bytes(), 0o644); err != nil {
			return fmt.Errorf("write asset: %w", err)
		}
	}
	return nil
}
