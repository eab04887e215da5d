package blend_test

import (
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/adloom/adloom/renderer/blend"
)

// A mode rounds once, so it is off by half a sample where it is exact.
var modeErrors = map[blend.Mode]float64{
	blend.SoftLight:  0.65, // its curves are tables
	blend.ColorDodge: 0.51, // its terms are rounded to 1/255 of a sample
	blend.ColorBurn:  0.51,
	blend.Hue:        0.51,
	blend.Saturation: 0.51,
	blend.Color:      0.51,
	blend.Luminosity: 0.51,
}

func TestModes(t *testing.T) {
	t.Parallel()
	for _, m := range blend.Modes() {
		t.Run(string(m), func(t *testing.T) {
			t.Parallel()
			most := max(modeErrors[m], 0.5001)
			for _, c := range []struct {
				name  string
				side  int // of the picture
				pixel func(r *rand.Rand, i int) (below, above [4]uint8)
			}{
				{"every pair of opaque samples", 256, func(r *rand.Rand, i int) (below, above [4]uint8) {
					x, y := uint8(i), uint8(i>>8)
					return [4]uint8{x, y, x / 2, 255}, [4]uint8{y, x, 255 - y, 255}
				}},
				{"opaque", 100, func(r *rand.Rand, _ int) (below, above [4]uint8) { return legal(r, 255), legal(r, 255) }},
				{"translucent over opaque", 100, func(r *rand.Rand, _ int) (below, above [4]uint8) {
					return legal(r, 255), legal(r, r.UintN(256))
				}},
				{"translucent", 100, func(r *rand.Rand, _ int) (below, above [4]uint8) {
					return legal(r, r.UintN(256)), legal(r, r.UintN(256))
				}},
				{"faint", 100, func(r *rand.Rand, _ int) (below, above [4]uint8) { return legal(r, r.UintN(9)), legal(r, r.UintN(9)) }},
				{"grey", 100, func(r *rand.Rand, _ int) (below, above [4]uint8) { return grey(r), grey(r) }},
			} {
				for _, opacity := range []uint8{255, 100} {
					allowed := most
					if opacity < 255 { // which rounds once more
						allowed = 1
					}
					if found := worst(m, opacity, c.side, c.pixel); found > allowed {
						t.Errorf("%s at opacity %d: expected at most %v off; found %v", c.name, opacity, allowed, found)
					}
				}
			}
		})
	}
}

// worst is how far a channel of a picture is from the exact result at most.
func worst(m blend.Mode, opacity uint8, side int, pixel func(r *rand.Rand, i int) (below, above [4]uint8)) (off float64) {
	r := rand.New(rand.NewPCG(3, 4))
	dst, src := image.NewRGBA(image.Rect(0, 0, side, side)), image.NewRGBA(image.Rect(0, 0, side, side))
	exact := make([][4]float64, side*side)
	for i := range exact {
		below, above := pixel(r, i)
		copy(dst.Pix[4*i:], below[:])
		copy(src.Pix[4*i:], above[:])
		exact[i] = referenceBlend(m, below, above, opacity)
	}
	blend.Blend(dst, src, m, opacity)
	for i, px := range exact {
		for c, v := range px {
			off = max(off, math.Abs(float64(dst.Pix[4*i+c])-v))
		}
	}
	return off
}

func legal(r *rand.Rand, alpha uint) (px [4]uint8) {
	for c := range 3 {
		px[c] = uint8(r.UintN(alpha + 1))
		switch r.UintN(8) { // the ends of the formulas
		case 0:
			px[c] = 0
		case 1:
			px[c] = uint8(alpha)
		}
	}
	px[3] = uint8(alpha)
	return px
}

func grey(r *rand.Rand) [4]uint8 {
	a := r.UintN(256)
	v := uint8(r.UintN(a + 1))
	return [4]uint8{v, v, v, uint8(a)}
}

// A result is a pixel that the next layer can be laid over: no colour exceeds its alpha, whatever came in.
func FuzzBlend(f *testing.F) {
	f.Add(uint32(0xff804020), uint32(0x80808080), uint8(255))
	f.Add(uint32(0x00ffffff), uint32(0x01ff00ff), uint8(77))
	f.Fuzz(func(t *testing.T, below, above uint32, opacity uint8) {
		for _, m := range blend.Modes()[1:] {
			dst, src := image.NewRGBA(image.Rect(0, 0, 9, 1)), image.NewRGBA(image.Rect(0, 0, 9, 1))
			for i := range 36 {
				dst.Pix[i], src.Pix[i] = uint8(below>>(i%4*8)), uint8(above>>(i%4*8))
				if i%4 < 3 {
					dst.Pix[i] = min(dst.Pix[i], uint8(below>>24))
				}
			}
			blend.Blend(dst, src, m, opacity)
			for i, v := range dst.Pix {
				if v > dst.Pix[i|3] {
					t.Fatalf("%s of %08x over %08x at %d: expected no colour above alpha; found %v", m, above, below, opacity, dst.Pix[:4])
				}
			}
		}
	})
}

func TestModeNames(t *testing.T) {
	t.Parallel()
	modes := blend.Modes()
	if len(modes) != 16 {
		t.Fatalf("expected 16 modes; found %d", len(modes))
	}
	for _, m := range modes {
		if !m.Valid() {
			t.Errorf("expected %q to be valid", m)
		}
	}
	for _, m := range []blend.Mode{"", "Multiply", "plus-lighter", "colour"} {
		if m.Valid() {
			t.Errorf("expected %q not to be valid", m)
		}
	}
	modes[0] = "changed"
	if blend.Modes()[0] != blend.Normal {
		t.Error("expected a list of its own; found that a caller can change it")
	}
}

// A mode that is none, the zero value among them, is drawn as Normal.
func TestUnknownMode(t *testing.T) {
	t.Parallel()
	r := image.Rect(0, 0, 20, 3)
	want, got := photo(r), photo(r)
	blend.Over(want, vignette(r))
	blend.Blend(got, vignette(r), "", 255)
	if string(got.Pix) != string(want.Pix) {
		t.Error("expected the pixels of Over")
	}
}
