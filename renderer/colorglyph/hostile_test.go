package colorglyph_test

import (
	"testing"

	"github.com/go-text/typesetting/font"

	"github.com/adloom/adloom/renderer/colorglyph"
	"github.com/adloom/adloom/renderer/fontfile"
)

func TestHostilePaints(t *testing.T) {
	t.Parallel()
	f := func(tables ...table) {
		t.Helper()
		if img, ok := draw(t, face(t, append(tables, cpal())...)); ok {
			t.Errorf("drawn, at %v", img.Rect)
		}
	}
	// Layers that there are not.
	missing := colr0(layer{all, red})
	missing.data[19] = 200
	f(missing)
	f(colr1([][]byte{listed(2, 0)}, [][]byte{inGlyph(all, solid(red))}, nil))
	f(colr1([][]byte{listed(255, 0xFFFFFFFF)}, nil, nil))
	// Circles.
	f(colr1([][]byte{colrGlyph(drawn)}, nil, nil))
	f(colr1([][]byte{listed(1, 0)}, [][]byte{listed(1, 0)}, nil))
	f(colr1([][]byte{composite(colrGlyph(drawn), 5, colrGlyph(drawn))}, nil, nil))
	// Twice as many paints with every glyph.
	var twice [][]byte
	for i := range uint16(30) {
		twice = append(twice, composite(colrGlyph(drawn+i+1), 6, colrGlyph(drawn+i+1)))
	}
	f(colr1(append(twice, inGlyph(all, solid(red))), nil, nil))
	// Too large.
	f(colr1([][]byte{transformed(inGlyph(all, solid(red)), 1e4, 0, 0, 1e4, 0, 0)}, nil, nil))
	f(colr1([][]byte{solid(red)}, nil, clipTo(-32000, -32000, 32000, 32000)))
	// Too many layers of pixels at the same time.
	deep := inGlyph(all, solid(red))
	for range 50 {
		deep = composite(deep, 11, inGlyph(all, solid(red)))
	}
	var d colorglyph.Drawer
	if _, ok := d.Draw(face(t, cpal(), colr1([][]byte{deep}, nil, nil)), drawn, 4000, 0, ink()); ok {
		t.Error("fifty composites of 4000 pixels were drawn")
	}
	if _, ok := d.Draw(face(t, cpal(), colr1([][]byte{deep}, nil, nil)), drawn, 40, 0, ink()); !ok {
		t.Error("fifty composites of 40 pixels were not drawn")
	}
	// Nothing to be seen of it, and nothing wrong.
	f0 := face(t, cpal(), colr1([][]byte{transformed(inGlyph(all, solid(red)), 0, 0, 0, 0, 0, 0)}, nil, nil))
	if img, ok := draw(t, f0); !ok || !img.Rect.Empty() {
		t.Errorf("a glyph without area: drawn: %t, at %v; want it drawn and empty", ok, img.Rect)
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	f := face(t, cpal(), colr0(layer{all, red}))
	var d colorglyph.Drawer
	for _, size := range []float64{0, -1, 1e-9, 5000, 1e300} {
		if _, ok := d.Draw(f, drawn, size, 0, ink()); ok {
			t.Errorf("drawn at %v", size)
		}
	}
	for _, shift := range []float64{-0.1, 1, 1e9} {
		if _, ok := d.Draw(f, drawn, em, shift, ink()); ok {
			t.Errorf("drawn with a shift of %v", shift)
		}
	}
}

// Paints that would take too much memory are refused when the font is loaded.
func TestCostlyPaints(t *testing.T) {
	t.Parallel()
	f := func(want bool, tables ...table) {
		t.Helper()
		if _, err := fontfile.Load(file(append(tables, cpal())...), 0); (err == nil) != want {
			t.Errorf("got the error %v; want none: %t", err, want)
		}
	}
	f(true)
	f(true, colr0(layer{all, red}))
	f(true, colr1([][]byte{inGlyph(all, solid(red))}, [][]byte{solid(red)}, nil))
	f(true, sbix(20, 0, 0, nil))
	// A composite of twice the next one, and so on.
	var doubled []byte
	for range 60 {
		doubled = append(doubled, pack(byte(32), u24(8), byte(3), u24(8))...)
	}
	f(false, colr1([][]byte{append(doubled, solid(red)...)}, nil, nil))
	f(false, colr1(nil, [][]byte{append(doubled, solid(red)...)}, nil))
	deep := solid(red)
	for range 100 {
		deep = with(20, deep, fixed(1))
	}
	f(false, colr1([][]byte{deep}, nil, nil))
	// Glyphs that share a gradient of many stops.
	var stops []any
	for range 60_000 {
		stops = append(stops, 0.5, red)
	}
	gradient := linear(line(0, stops...), 0, 0, 1, 0, 0, 1)
	shared := colr1([][]byte{gradient}, nil, nil)
	f(true, shared)
	var many []byte
	for range 50 {
		many = append(many, pack(byte(32), u24(8), byte(3), u24(8+8*50))...)
	}
	f(false, colr1([][]byte{append(append(many, make([]byte, 8*50)...), gradient...), doubled}, nil, nil))
	strikes := sbix(20, 0, 0, nil)
	strikes.data[6] = 1
	f(false, strikes)
}

func FuzzPaints(f *testing.F) {
	for _, t := range []table{
		colr0(layer{all, red}, layer{left, shade}),
		colr1([][]byte{composite(inGlyph(all, solid(red)), 5, colrGlyph(drawn+1)), listed(1, 0)}, [][]byte{inGlyph(left, linear(line(1, 0.0, red, 1.0, blue), 0, 0, 9, 9, 50, 0))}, clipTo(0, 0, 50, 50)),
		colr1([][]byte{inGlyph(all, with(6, line(0, 0.0, red, 1.0, green), int16(25), int16(25), uint16(10), int16(75), int16(25), uint16(10)))}, nil, nil),
		colr1([][]byte{inGlyph(all, with(8, line(2, 0.0, red, 1.0, green), int16(50), int16(50), fixed(0), fixed(1)))}, nil, nil),
		colr1([][]byte{with(26, inGlyph(left, solid(red)), fixed(0.5), int16(50), int16(50))}, nil, nil),
	} {
		f.Add(t.data)
	}
	f.Fuzz(func(t *testing.T, colr []byte) {
		data := file(cpal(), table{"COLR", colr})
		loaded, err := fontfile.Load(data, 0) // which refuses what would take too much memory
		if err != nil {
			return
		}
		face := font.NewFace(loaded.Font)
		var d colorglyph.Drawer
		for glyph := range font.GID(8) {
			img, ok := d.Draw(face, glyph, 20, 0, ink())
			if !ok {
				continue
			}
			for i := 0; i+4 <= len(img.Pix); i += 4 {
				if a := img.Pix[i+3]; img.Pix[i] > a || img.Pix[i+1] > a || img.Pix[i+2] > a {
					t.Fatalf("a colour exceeds its alpha: %v", img.Pix[i:i+4])
				}
			}
		}
	})
}
