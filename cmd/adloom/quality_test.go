package main

import (
	"fmt"
	"image"
	"image/draw"
	"math"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/adloom/adloom/internal/demoshop"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/internal/turbojpeg"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/templates"
)

// Photos come out as a Lanczos filter in floating point makes them of the same
// decoded pixels, whichever way they take through the engine.
func TestPhotosLookLikeLanczos(t *testing.T) {
	library, err := turbojpeg.Load()
	if err != nil {
		t.Skipf("nothing to decode the same scale with: %v", err)
	}
	decoder, err := library.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	defer decoder.Close()
	decoder.FastScales = true
	engine := benchEngine(false)
	compared := 0
	for _, product := range demoshop.Products() {
		data, err := demoshop.Photo(product.Picture)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := imageinfo.Read(data); err != nil || info.Format != imageinfo.JPEG {
			continue
		}
		if compared >= 12 {
			break
		}
		for _, side := range []int{300, 560, 720} {
			decoded, err := decoder.Decode(data, side, side)
			if err != nil {
				t.Fatal(err)
			}
			if decoded.Rect.Dx() <= side || decoded.Rect.Dy() <= side {
				continue // enlarged, which is another filter's work
			}
			want := imaging.Resize(decoded, side, side, imaging.Lanczos)
			compared++
			if db := likeness(stretched(t, engine, data, side), want); db < 42 {
				t.Errorf("%s at %d: %.1f dB; want at least 42", product.Picture, side, db)
			}
		}
	}
	if compared < 10 {
		t.Errorf("%d photos were compared; want at least 10", compared)
	}
}

// stretched draws a photo over all of a square canvas.
func stretched(t *testing.T, engine *renderer.Engine, data []byte, side int) *image.RGBA {
	t.Helper()
	tmpl, err := templates.Decode([]byte(fmt.Sprintf(`{"schema":1,"name":"photo","width":%d,"height":%d,"fields":[{"name":"image_link","type":"image"}],
		"layers":[{"id":"p","type":"image","width":%d,"height":%d,"src":"{{image_link}}","fit":"fill"}]}`, side, side, side, side)), nil)
	if err != nil {
		t.Fatal(err)
	}
	design, err := engine.Compile(t.Context(), tmpl)
	if err != nil {
		t.Fatal(err)
	}
	scene, err := design.Resolve(templates.Fields{"image_link": benchURL})
	if err != nil {
		t.Fatal(err)
	}
	info, err := imageinfo.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	painted, err := engine.Paint(t.Context(), scene, renderer.Photos{benchURL: {Data: data, Info: info}})
	if err != nil {
		t.Fatal(err)
	}
	return painted.Image
}

// likeness is the peak signal-to-noise ratio of two opaque pictures, in decibels.
func likeness(got *image.RGBA, want *image.NRGBA) float64 {
	flat := image.NewRGBA(want.Rect)
	draw.Draw(flat, flat.Rect, want, image.Point{}, draw.Src)
	sum := 0.0
	for i, v := range flat.Pix {
		d := float64(v) - float64(got.Pix[i])
		sum += d * d
	}
	return 10 * math.Log10(255*255/max(sum*4/3/float64(len(flat.Pix)), 1e-9))
}
