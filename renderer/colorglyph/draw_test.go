package colorglyph_test

import (
	"image"
	"image/color"
	"testing"

	"github.com/go-text/typesetting/font"

	"github.com/adloom/adloom/renderer/colorglyph"
)

func ink() color.NRGBA { return color.NRGBA{255, 0, 255, 255} }

// draw draws the glyph drawn with a unit as a pixel.
func draw(t *testing.T, f *font.Face) (*image.RGBA, bool) {
	t.Helper()
	var d colorglyph.Drawer
	return d.Draw(f, drawn, em, 0, ink())
}

// at is the colour at a place in units of the font, y up.
func at(img *image.RGBA, x, y int) color.RGBA { return img.RGBAAt(x, -y-1) }

func wantColour(t *testing.T, img *image.RGBA, x, y int, want color.RGBA) {
	t.Helper()
	got := at(img, x, y)
	near := func(a, b uint8) bool { return int(a)-int(b) <= 2 && int(b)-int(a) <= 2 }
	if !near(got.R, want.R) || !near(got.G, want.G) || !near(got.B, want.B) || !near(got.A, want.A) {
		t.Errorf("at %d, %d: got %v; want %v", x, y, got, want)
	}
}

// The colours of the palette, premultiplied.
var (
	none     = color.RGBA{}
	asRed    = color.RGBA{255, 0, 0, 255}
	asGreen  = color.RGBA{0, 255, 0, 255}
	asBlue   = color.RGBA{0, 0, 255, 255}
	asShade  = color.RGBA{0, 0, 0, 128}
	asText   = color.RGBA{255, 0, 255, 255}
	redGreen = color.RGBA{125, 130, 0, 255} // at 51 hundredths
)

func TestLayers(t *testing.T) {
	t.Parallel()
	img, ok := draw(t, face(t, cpal(), colr0(layer{all, red}, layer{left, shade}, layer{corner, foreground}, layer{corner, 77})))
	if !ok || img.Rect != image.Rect(0, -100, 100, 0) {
		t.Fatalf("drawn: %t, at %v; want it at 0, -100 to 100, 0", ok, img.Rect)
	}
	wantColour(t, img, 25, 50, color.RGBA{127, 0, 0, 255})
	wantColour(t, img, 75, 25, asRed)
	wantColour(t, img, 75, 75, asText)
}

func TestPaints(t *testing.T) {
	t.Parallel()
	// f draws a paint and looks at the middle of the glyph's four quarters, the lower ones first.
	f := func(paint []byte, want ...color.RGBA) {
		t.Helper()
		img, ok := draw(t, face(t, cpal(), colr1([][]byte{paint}, [][]byte{inGlyph(all, solid(green)), inGlyph(corner, solid(blue))}, nil)))
		if !ok {
			t.Errorf("not drawn")
			return
		}
		for i, w := range want {
			wantColour(t, img, 25+50*(i%2), 25+50*(i/2), w)
		}
	}
	f(inGlyph(left, solid(red)), asRed, none, asRed, none)
	f(inGlyph(left, solid(shade)), asShade, none, asShade, none)
	f(inGlyph(all, inGlyph(corner, solid(foreground))), none, none, none, asText)
	f(listed(2, 0), asGreen, asGreen, asGreen, asBlue)
	f(inGlyph(left, listed(2, 0)), asGreen, none, asGreen, none)

	// Gradients.
	f(inGlyph(all, linear(line(0, 0.0, red, 1.0, green), 0, 0, 0, 50, 50, 0)), redGreen, redGreen, asGreen, asGreen)
	f(inGlyph(all, linear(line(1, 0.0, red, 1.0, green), 0, 0, 0, 50, 50, 0)), redGreen, redGreen, redGreen, redGreen)
	f(inGlyph(all, linear(line(2, 0.0, red, 0.5, green, 0.5, blue, 1.0, blue), 0, 10, 0, 60, 50, 10)),
		color.RGBA{97, 158, 0, 255}, color.RGBA{97, 158, 0, 255}, asBlue, asBlue)
	f(inGlyph(all, linear(line(0, 0.0, red, 1.0, green), 0, 0, 50, 50, 100, -100)), redGreen, asGreen, asGreen, asGreen) // turned
	f(inGlyph(all, linear(line(0, 0.0, red, 1.0, green), 0, 0, 50, 50, 50, 50)))                                         // no direction
	f(inGlyph(all, linear(line(1, 0.5, red, 0.5, green), 0, 0, 50, 0, 0, 50)))                                           // no length
	f(inGlyph(all, with(6, line(0, 0.0, red, 1.0, green), int16(25), int16(25), uint16(0), int16(25), int16(25), uint16(40))),
		color.RGBA{250, 5, 0, 255}, asGreen, asGreen, asGreen)
	f(inGlyph(all, with(6, line(0, 0.0, red, 1.0, green), int16(25), int16(25), uint16(10), int16(75), int16(25), uint16(10))),
		color.RGBA{202, 53, 0, 255}, asGreen, none, none) // a tube
	f(inGlyph(all, with(8, line(0, 0.0, red, 1.0, green), int16(50), int16(50), fixed(-1), fixed(0.99999))),
		color.RGBA{96, 159, 0, 255}, color.RGBA{32, 223, 0, 255}, color.RGBA{159, 96, 0, 255}, color.RGBA{223, 32, 0, 255})
	f(inGlyph(all, with(8, line(0, 0.0, red, 1.0, green), int16(50), int16(50), fixed(0), fixed(0))), // of no angle
		asGreen, asGreen, asRed, asRed)

	// Transforms.
	f(with(14, inGlyph(left, solid(red)), int16(50), int16(0)), none, asRed, none, asRed)
	f(transformed(inGlyph(left, solid(red)), 1, 0, 0, 0.5, 50, 50), none, none, none, asRed)
	f(with(16, inGlyph(all, solid(red)), fixed(0.5), fixed(0.75)), asRed, none, none, none)
	f(with(18, inGlyph(all, solid(red)), fixed(0.5), fixed(1), int16(100), int16(0)), none, asRed, none, asRed)
	f(with(20, inGlyph(all, solid(red)), fixed(0.5)), asRed, none, none, none)
	f(with(22, inGlyph(all, solid(red)), fixed(0.5), int16(100), int16(100)), none, none, none, asRed)
	f(with(26, inGlyph(left, solid(red)), fixed(0.5), int16(50), int16(50)), asRed, asRed, none, none)
	f(with(24, with(14, inGlyph(all, solid(red)), int16(0), int16(-50)), fixed(0.5)), asRed, none, asRed, none)
	f(with(28, inGlyph(left, solid(red)), fixed(-0.125), fixed(0)), asRed, none, none, asRed)
	f(with(30, inGlyph(left, solid(red)), fixed(-0.125), fixed(0), int16(0), int16(100)), none, none, asRed, none)
}

func TestComposites(t *testing.T) {
	t.Parallel()
	// Left is red and the upper right corner blue below, all is half black above: where there is nothing, one, the
	// other or both.
	f := func(mode byte, both, sourceOnly color.RGBA) {
		t.Helper()
		paint := composite(inGlyph(all, solid(shade)), mode, inGlyph(left, solid(red)))
		img, ok := draw(t, face(t, cpal(), colr1([][]byte{paint}, nil, nil)))
		if !ok {
			t.Errorf("mode %d: not drawn", mode)
			return
		}
		wantColour(t, img, 25, 50, both)
		wantColour(t, img, 75, 50, sourceOnly)
	}
	dark := color.RGBA{127, 0, 0, 255}
	faded := color.RGBA{127, 0, 0, 127}
	f(0, none, none)
	f(1, asShade, asShade)
	f(2, asRed, none)
	f(3, dark, asShade)
	f(4, asRed, asShade)
	f(5, asShade, none)
	f(6, color.RGBA{128, 0, 0, 128}, none)
	f(7, none, asShade)
	f(8, faded, none)
	f(9, dark, none)
	f(10, color.RGBA{128, 0, 0, 128}, asShade)
	f(11, faded, asShade)
	f(12, color.RGBA{255, 0, 0, 255}, asShade)
	f(13, asRed, asShade) // screen
	f(15, dark, asShade)  // darken
	f(16, asRed, asShade) // lighten
	f(23, dark, asShade)  // multiply
	f(99, dark, asShade)  // none that there is: as source-over
}

func TestReferences(t *testing.T) {
	t.Parallel()
	other := inGlyph(corner, solid(blue))
	paint := with(14, colrGlyph(drawn+1), int16(-50), int16(-50))
	img, ok := draw(t, face(t, cpal(), colr1([][]byte{paint, other}, nil, nil)))
	if !ok || img.Rect != image.Rect(0, -50, 50, 0) {
		t.Fatalf("drawn: %t, at %v; want it at 0, -50 to 50, 0", ok, img.Rect)
	}
	wantColour(t, img, 25, 25, asBlue)
}

func TestClip(t *testing.T) {
	t.Parallel()
	img, ok := draw(t, face(t, cpal(), colr1([][]byte{solid(green)}, nil, clipTo(10, 20, 60, 70))))
	if !ok || img.Rect != image.Rect(10, -70, 60, -20) {
		t.Fatalf("drawn: %t, at %v; want it at 10, -70 to 60, -20", ok, img.Rect)
	}
	wantColour(t, img, 10, 20, asGreen)
	if _, ok := draw(t, face(t, cpal(), colr1([][]byte{solid(green)}, nil, nil))); ok {
		t.Error("a colour without an end was drawn")
	}
}

func TestNothing(t *testing.T) {
	t.Parallel()
	img, ok := draw(t, face(t, cpal(), colr0()))
	if !ok || !img.Rect.Empty() {
		t.Errorf("a glyph of no layers: drawn: %t, at %v; want it drawn and empty", ok, img.Rect)
	}
	var d colorglyph.Drawer
	f := face(t, cpal(), colr0(layer{all, red}))
	for _, glyph := range []font.GID{0, all, drawn + 1, count, 1 << 20} {
		if _, ok := d.Draw(f, glyph, em, 0, ink()); ok {
			t.Errorf("glyph %d has an outline at most, and was drawn", glyph)
		}
	}
}
