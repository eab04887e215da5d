package blend_test

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/adloom/adloom/renderer/blend"
)

// exact holds the real-number result of each channel for one pixel.
type exact [4]float64

func overExact(s, d [4]uint8, coverage float64) (e exact) {
	for c := range e {
		e[c] = float64(s[c])*coverage + float64(d[c])*(1-float64(s[3])*coverage/255)
	}
	return e
}

// All alphas of source and destination, with colours at both ends and between them.
func pairs(yield func(s, d [4]uint8)) {
	for sa := range 256 {
		for da := range 256 {
			yield([4]uint8{0, uint8(sa / 3), uint8(sa), uint8(sa)}, [4]uint8{uint8(da), uint8(da * 2 / 3), 0, uint8(da)})
		}
	}
}

func TestExact(t *testing.T) {
	t.Parallel()
	paper := color.RGBA{200, 100, 7, 255}
	for _, m := range []uint8{0, 1, 128, 255} {
		coverage := float64(m) / 255
		for _, c := range []struct {
			name  string
			most  float64 // that a result may be off
			draw  func(dst, src *image.RGBA, mask *image.Alpha)
			exact func(s, d [4]uint8) exact
		}{
			{"Over", 0.5, func(dst, src *image.RGBA, _ *image.Alpha) { blend.Over(dst, src) },
				func(s, d [4]uint8) exact { return overExact(s, d, 1) }},
			{"OverFaded", 1, func(dst, src *image.RGBA, _ *image.Alpha) { blend.OverFaded(dst, src, m) },
				func(s, d [4]uint8) exact { return overExact(s, d, coverage) }},
			{"OverMasked", 1, func(dst, src *image.RGBA, mask *image.Alpha) { blend.OverMasked(dst, src, mask) },
				func(s, d [4]uint8) exact { return overExact(s, d, coverage) }},
			{"Tint opaque", 0.5, func(dst, _ *image.RGBA, mask *image.Alpha) { blend.Tint(dst, mask, paper) },
				func(_, d [4]uint8) exact { return overExact([4]uint8{200, 100, 7, 255}, d, coverage) }},
			{"Tint", 1, func(dst, _ *image.RGBA, mask *image.Alpha) { blend.Tint(dst, mask, color.RGBA{90, 0, 30, 101}) },
				func(_, d [4]uint8) exact { return overExact([4]uint8{90, 0, 30, 101}, d, coverage) }},
			{"Flatten", 0.5, func(dst, _ *image.RGBA, _ *image.Alpha) { blend.Flatten(dst, paper) },
				func(_, d [4]uint8) exact { return overExact(d, [4]uint8{200, 100, 7, 255}, 1) }},
			{"Fade", 0.5, func(dst, _ *image.RGBA, _ *image.Alpha) { blend.Fade(dst, m) },
				func(_, d [4]uint8) exact { return overExact(d, [4]uint8{}, coverage) }},
			{"MaskIn", 0.5, func(dst, _ *image.RGBA, mask *image.Alpha) { blend.MaskIn(dst, mask) },
				func(_, d [4]uint8) exact { return overExact(d, [4]uint8{}, coverage) }},
			{"Copy", 0, func(dst, src *image.RGBA, _ *image.Alpha) { blend.Copy(dst, src) },
				func(s, _ [4]uint8) exact { return overExact(s, [4]uint8{}, 1) }},
		} {
			r := image.Rect(-7, 3, 256-7, 256+3)
			dst, src, mask := image.NewRGBA(r), image.NewRGBA(r), image.NewAlpha(r)
			i := 0
			pairs(func(s, d [4]uint8) {
				copy(dst.Pix[4*i:], d[:])
				copy(src.Pix[4*i:], s[:])
				mask.Pix[i] = m
				i++
			})
			c.draw(dst, src, mask)
			i = 0
			off := 0.0
			pairs(func(s, d [4]uint8) {
				px := [4]uint8(dst.Pix[4*i:])
				for ch, v := range c.exact(s, d) {
					off = max(off, math.Abs(float64(px[ch])-v))
					if px[ch] > px[3] {
						t.Fatalf("%s of %v and %v, coverage %d: expected no colour above alpha; found %v", c.name, s, d, m, px)
					}
				}
				i++
			})
			if off > c.most+1e-9 {
				t.Errorf("%s, coverage %d: expected at most %v off; found %v", c.name, m, c.most, off)
			}
		}
	}
}

// Every function changes the pixels of the intersection and no others, wherever the rectangles lie.
func TestClip(t *testing.T) {
	t.Parallel()
	ink := color.RGBA{10, 20, 30, 255}
	at := image.Rect(100, 50, 140, 70)
	for _, src := range []image.Rectangle{
		at, at.Add(image.Pt(11, 3)), at.Add(image.Pt(-33, -19)), at.Inset(-5), at.Inset(5), at.Add(image.Pt(40, 0)), {},
		image.Rect(120, 0, 121, 300), image.Rect(0, 60, 300, 61),
	} {
		for _, cover := range []image.Rectangle{at, at.Add(image.Pt(-9, 7)), at.Inset(6), at.Add(image.Pt(0, 20)), {}} {
			above, mask := image.NewRGBA(src), image.NewAlpha(cover)
			fill(above.Pix, 255)
			fill(mask.Pix, 255)
			for _, c := range []struct {
				name    string
				changed image.Rectangle
				draw    func(dst *image.RGBA)
			}{
				{"Over", src, func(dst *image.RGBA) { blend.Over(dst, above) }},
				{"OverFaded", src, func(dst *image.RGBA) { blend.OverFaded(dst, above, 200) }},
				{"OverMasked", src.Intersect(cover), func(dst *image.RGBA) { blend.OverMasked(dst, above, mask) }},
				{"Tint", cover, func(dst *image.RGBA) { blend.Tint(dst, mask, ink) }},
				{"Copy", src, func(dst *image.RGBA) { blend.Copy(dst, above) }},
				{"Screen", src, func(dst *image.RGBA) { blend.Blend(dst, above, blend.Screen, 255) }},
				{"Color faded", src, func(dst *image.RGBA) { blend.Blend(dst, above, blend.Luminosity, 99) }},
			} {
				whole := image.NewRGBA(at.Inset(-3))
				c.draw(whole.SubImage(at).(*image.RGBA))
				checkChanged(t, fmt.Sprintf("%s of %v through %v", c.name, src, cover), whole, c.changed.Intersect(at), 0)
			}
			whole := image.NewRGBA(at.Inset(-3))
			fill(whole.Pix, 255)
			blend.MaskIn(whole.SubImage(at).(*image.RGBA), mask)
			for y := at.Min.Y; y < at.Max.Y; y++ {
				for x := at.Min.X; x < at.Max.X; x++ {
					if opaque := whole.RGBAAt(x, y).A == 255; opaque != image.Pt(x, y).In(cover) {
						t.Fatalf("MaskIn through %v: found opaque %v at %d, %d", cover, opaque, x, y)
					}
				}
			}
			checkChanged(t, "MaskIn", whole, at.Intersect(at), 255)
		}
	}
}

// checkChanged checks that outside of r every byte still is before, and that inside of it none is unless before is 255.
func checkChanged(t *testing.T, name string, m *image.RGBA, r image.Rectangle, before uint8) {
	t.Helper()
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			inside := image.Pt(x, y).In(r)
			if changed := m.RGBAAt(x, y).A != before; changed != inside && (before == 0 || !inside) {
				t.Fatalf("%s: expected changes in %v; found change %v at %d, %d", name, r, changed, x, y)
			}
		}
	}
}

func fill(b []uint8, v uint8) {
	for i := range b {
		b[i] = v
	}
}

func TestOpaque(t *testing.T) {
	t.Parallel()
	for w := 1; w < 40; w++ {
		whole := image.NewRGBA(image.Rect(0, 0, w+2, 4))
		m := whole.SubImage(image.Rect(1, 1, w+1, 3)).(*image.RGBA)
		for x := range w {
			m.SetRGBA(x+1, 1, color.RGBA{A: 255})
			m.SetRGBA(x+1, 2, color.RGBA{A: 255})
		}
		if !blend.Opaque(m) {
			t.Fatalf("width %d: expected opaque, whatever lies around", w)
		}
		for x := range w {
			m.SetRGBA(x+1, 2, color.RGBA{255, 255, 255, 254})
			if blend.Opaque(m) {
				t.Fatalf("width %d: expected to find the pixel at %d", w, x)
			}
			m.SetRGBA(x+1, 2, color.RGBA{A: 255})
		}
	}
}

// The engine calls these for every layer of every picture.
func TestAllocations(t *testing.T) {
	r := image.Rect(0, 0, 600, 2)
	dst, src, mask := photo(r), vignette(r), disc(r)
	if n := testing.AllocsPerRun(10, func() {
		blend.Over(dst, src)
		blend.OverFaded(dst, src, 100)
		blend.OverMasked(dst, src, mask)
		blend.Tint(dst, mask, color.RGBA{A: 255})
		blend.MaskIn(dst, mask)
		for _, m := range blend.Modes() {
			blend.Blend(dst, src, m, 100)
		}
	}); n > 0 {
		t.Errorf("expected no allocation; found %v", n)
	}
}
