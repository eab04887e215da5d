package renderer_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/adloom/adloom/renderer"
)

// Where a cut-out does not know the background, none of it is left around what was trimmed.
func TestTrimmedCutoutOffItsGround(t *testing.T) {
	t.Parallel()
	blue := color.RGBA{30, 90, 160, 255}
	f := func(name string, ground color.Color, product image.Rectangle) {
		t.Helper()
		img := image.NewRGBA(image.Rect(0, 0, 300, 200))
		for y := range 200 {
			for x := range 300 {
				if img.Set(x, y, ground); image.Pt(x, y).In(product) {
					img.SetRGBA(x, y, blue)
				}
			}
		}
		var photo bytes.Buffer
		if err := png.Encode(&photo, img); err != nil {
			t.Fatal(err)
		}
		got := paint(t, `"background":"#0f0"`, `{"id":"p","type":"image","width":160,"height":120,"src":"{{image_link}}","fit":"fill","trim":true,"cutout":true}`,
			renderer.Photos{photoURL: {Data: photo.Bytes()}}).Image
		for _, at := range []image.Point{{1, 1}, {158, 1}, {1, 118}, {158, 118}, {80, 60}} {
			if c := got.RGBAAt(at.X, at.Y); c != blue {
				t.Errorf("%s: %v at %v; want the product alone, %v", name, c, at, blue)
			}
		}
	}
	f("a product that touches two sides", color.White, image.Rect(0, 75, 175, 200))
	f("a product on black", color.Black, image.Rect(50, 30, 250, 170))
}
