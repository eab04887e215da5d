package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// TestKeptFiles compares by pixel, since a compressor may change its mind, and within 2, since processors round
// differently.
func TestKeptFiles(t *testing.T) {
	t.Parallel()
	sizes := map[string]image.Point{"logo.png": {X: 440, Y: 128}, "ribbon.png": {X: 440, Y: 440}, "scrim.png": {X: 1080, Y: 500}}
	for _, a := range assets() {
		for _, template := range a.templates {
			name := filepath.Join("..", "templates", template, "assets", a.name)
			file, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(file) > 64<<10 {
				t.Errorf("%s: expected at most 64 KiB, found %d bytes", name, len(file))
			}
			kept, err := png.Decode(bytes.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			if drawn := a.picture.Bounds().Size(); drawn != sizes[a.name] || kept.Bounds().Size() != drawn {
				t.Fatalf("%s: expected %v, found %v drawn and %v kept", name, sizes[a.name], drawn, kept.Bounds())
			}
			if at, far := difference(a.picture, kept); far > 2 {
				t.Errorf("%s: the kept file differs by %d at %v; run go run ./examples/draw and look at it", name, far, at)
			}
		}
	}
}

func TestSamePixelsEveryTime(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(logo("#fff").Pix, logo("#fff").Pix) {
		t.Error("expected two logos alike")
	}
	if !bytes.Equal(ribbon().Pix, ribbon().Pix) {
		t.Error("expected two ribbons alike")
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	dot := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	dot.SetNRGBA(0, 0, color.NRGBA{R: 200, A: 100})
	a := asset{"dot.png", dot, []string{"link", "story"}}
	folder := t.TempDir()
	if err := a.write(folder); err != nil {
		t.Fatal(err)
	}
	for _, template := range a.templates {
		file, err := os.ReadFile(filepath.Join(folder, template, "assets", "dot.png"))
		if err != nil {
			t.Fatal(err)
		}
		if im, err := png.Decode(bytes.NewReader(file)); err != nil || im.At(0, 0) != dot.At(0, 0) {
			t.Errorf("%s: expected the picture back, found %v, %v", template, im, err)
		}
	}
	if err := a.write(filepath.Join(folder, "link", "assets", "dot.png")); err == nil {
		t.Error("expected an error when the folder is a file")
	}
}

// difference is the largest one of a channel, 0 to 255, in colours multiplied by alpha.
func difference(a, b image.Image) (at image.Point, far int) {
	x, y := premultiplied(a), premultiplied(b)
	for i := range x.Pix {
		d := int(x.Pix[i]) - int(y.Pix[i])
		if d = max(d, -d); d > far {
			at, far = image.Pt(i%x.Stride/4, i/x.Stride), d
		}
	}
	return at, far
}

func premultiplied(im image.Image) *image.RGBA {
	out := image.NewRGBA(im.Bounds())
	draw.Draw(out, out.Rect, im, im.Bounds().Min, draw.Src)
	return out
}
