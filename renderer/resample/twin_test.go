package resample

import (
	"bytes"
	"fmt"
	"image"
	"math/rand/v2"
	"testing"
)

// The vector path and its portable twin give the same bytes.

func TestTwin(t *testing.T) {
	t.Parallel()
	needsVector(t)
	sides := []int{1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 50, 64, 101}
	r := rand.New(rand.NewPCG(1, 2))
	side := func() int { return sides[r.IntN(len(sides))] }
	for range 1500 {
		g := Geometry{Src: image.Pt(side(), side()), Dst: image.Pt(side(), side())}
		if r.IntN(2) == 0 {
			w, h := float64(g.Src.X), float64(g.Src.Y)
			g.Crop = Rect{X0: w * r.Float64() / 2, Y0: h * r.Float64() / 2, X1: w * (1 + r.Float64()) / 2, Y1: h * (1 + r.Float64()) / 2}
			if g.Validate() != nil {
				continue
			}
		}
		compare(t, g, r.Uint64())
	}
}

// A tile that holds the whole width, one that holds a part, and one that must be larger than it should.
func TestTwinWide(t *testing.T) {
	t.Parallel()
	needsVector(t)
	for _, g := range []Geometry{
		{Src: image.Pt(2048, 20), Dst: image.Pt(700, 9)},
		{Src: image.Pt(2049, 20), Dst: image.Pt(700, 9)},
		{Src: image.Pt(9001, 20), Dst: image.Pt(1001, 7)},
		{Src: image.Pt(9001, 20), Dst: image.Pt(3, 30)},
		{Src: image.Pt(9001, 3), Dst: image.Pt(12000, 3), Crop: Rect{0.5, 0.25, 8999.75, 2.5}},
		{Src: image.Pt(20, 9001), Dst: image.Pt(31, 3)},
	} {
		compare(t, g, 7)
	}
}

func FuzzTwin(f *testing.F) {
	f.Add(uint16(100), uint16(80), uint16(33), uint16(44), 0.0, 0.0, 1.0, 1.0, uint64(1))
	f.Add(uint16(9), uint16(300), uint16(17), uint16(1), 0.01, 0.3, 0.9, 0.31, uint64(2))
	f.Fuzz(func(t *testing.T, sw, sh, dw, dh uint16, x0, y0, x1, y1 float64, seed uint64) {
		needsVector(t)
		g := Geometry{Src: image.Pt(int(sw%600), int(sh%600)), Dst: image.Pt(int(dw%300), int(dh%300))}
		w, h := float64(g.Src.X), float64(g.Src.Y)
		g.Crop = Rect{X0: w * x0, Y0: h * y0, X1: w * x1, Y1: h * y1}
		if g.Validate() == nil {
			compare(t, g, seed)
		}
	})
}

func needsVector(t *testing.T) {
	t.Helper()
	if !hasVector() {
		t.Skip("no vector path here")
	}
}

// compare runs both paths on hostile noise: colours above alpha, garbage around source and destination.
func compare(t *testing.T, g Geometry, seed uint64) {
	t.Helper()
	p, err := NewPlan(g)
	if err != nil {
		t.Fatal(err)
	}
	if p.copies {
		return
	}
	checkWeights(t, p.cols, p.left, p.left+p.wide)
	checkWeights(t, p.rows, 0, g.Src.Y)
	src := noise(g.Src, seed)
	for _, opaque := range []bool{false, true} {
		if opaque {
			for i := 3; i < len(src.Pix); i += 4 {
				src.Pix[i] = 255
			}
		}
		want, got := noise(g.Dst, seed+1), noise(g.Dst, seed+1)
		s := &Scratch{tile: make([]int16, 5000), strip: make([]uint32, 40)}
		for i := range s.tile {
			s.tile[i] = int16(i * 12345)
		}
		p.runPortable(pixelsOf(want), pixelsOf(src), s, opaque)
		p.runVector(pixelsOf(got), pixelsOf(src), s, opaque)
		if !bytes.Equal(got.Pix, want.Pix) {
			t.Fatalf("%+v, opaque %v: %s", g, opaque, difference(got, want))
		}
	}
}

func checkWeights(t *testing.T, a axis, from, end int) {
	t.Helper()
	for i, s := range a.spans {
		sum, size := 0, 0
		for _, w := range a.weights[s.at : s.at+s.n] {
			sum += int(w)
			size += max(int(w), -int(w))
		}
		// The middle has 16 bits: twice 255, times 64.
		if sum != unit || size > 2*unit || s.first < from || s.end() > end {
			t.Fatalf("pixel %d: sum %d, sum of sizes %d, from %d to %d; expected %d, at most %d, within %d to %d",
				i, sum, size, s.first, s.end(), unit, 2*unit, from, end)
		}
	}
}

func difference(got, want *image.RGBA) string {
	for i, v := range want.Pix {
		if got.Pix[i] != v {
			at := i / got.Stride
			return fmt.Sprintf("row %d, byte %d: expected %d, found %d", at, i%got.Stride, v, got.Pix[i])
		}
	}
	return "none"
}

// noise is a picture inside a larger one, its Rect far from zero.
func noise(size image.Point, seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 1))
	m := image.NewRGBA(image.Rect(-3, 5, size.X+r.IntN(9), size.Y+8))
	for i := range m.Pix {
		m.Pix[i] = uint8(r.Uint32())
		if seed%3 == 0 { // extremes overshoot most
			m.Pix[i] = uint8(-int(m.Pix[i] >> 7))
		}
	}
	return m.SubImage(image.Rectangle{image.Pt(-2, 6), image.Pt(-2, 6).Add(size)}).(*image.RGBA)
}
