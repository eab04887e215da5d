package resample

import (
	"bytes"
	"image"
	"math/rand/v2"
	"testing"
)

// shares are all subsamplings of files that are seen, and one that is not.
var shares = []image.Point{{0, 0}, {1, 1}, {2, 1}, {2, 2}, {1, 2}, {4, 1}, {4, 4}}

func TestPlanesTwin(t *testing.T) {
	t.Parallel()
	needsVector(t)
	sides := []int{1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 50, 64, 65, 96, 101, 130, 200}
	r := rand.New(rand.NewPCG(1, 2))
	side := func() int { return sides[r.IntN(len(sides))] }
	for range 400 {
		g := Geometry{Src: image.Pt(side(), side()), Dst: image.Pt(side(), side())}
		if r.IntN(2) == 0 {
			w, h := float64(g.Src.X), float64(g.Src.Y)
			g.Crop = Rect{X0: w * r.Float64() / 2, Y0: h * r.Float64() / 2, X1: w * (1 + r.Float64()) / 2, Y1: h * (1 + r.Float64()) / 2}
			if g.Validate() != nil {
				continue
			}
		}
		comparePlanes(t, g, shares[r.IntN(len(shares))], r.Uint64())
	}
}

// One block and several, destinations of fewer columns than a group, and crops of whole samples that are only moved.
func TestPlanesTwinWide(t *testing.T) {
	t.Parallel()
	needsVector(t)
	for _, g := range []Geometry{
		{Src: image.Pt(512, 20), Dst: image.Pt(300, 19)},
		{Src: image.Pt(513, 20), Dst: image.Pt(300, 16)},
		{Src: image.Pt(1067, 20), Dst: image.Pt(1080, 21)},
		{Src: image.Pt(2100, 20), Dst: image.Pt(1601, 17)},
		{Src: image.Pt(5, 3), Dst: image.Pt(700, 18)},
		{Src: image.Pt(30, 900), Dst: image.Pt(20, 700)},
		{Src: image.Pt(300, 100), Dst: image.Pt(201, 50), Crop: Rect{3, 5, 204, 55}},
		{Src: image.Pt(900, 30), Dst: image.Pt(700, 31), Crop: Rect{0.5, 0.25, 899.75, 29.5}},
	} {
		for _, share := range shares {
			comparePlanes(t, g, share, 9) // extremes
		}
	}
}

func FuzzPlanesTwin(f *testing.F) {
	f.Add(uint16(100), uint16(80), uint16(33), uint16(44), 0.0, 0.0, 1.0, 1.0, uint8(3), uint64(1))
	f.Add(uint16(9), uint16(300), uint16(17), uint16(1), 0.01, 0.3, 0.9, 0.31, uint8(0), uint64(2))
	f.Fuzz(func(t *testing.T, sw, sh, dw, dh uint16, x0, y0, x1, y1 float64, share uint8, seed uint64) {
		needsVector(t)
		g := Geometry{Src: image.Pt(int(sw%600), int(sh%600)), Dst: image.Pt(int(dw%300), int(dh%300))}
		w, h := float64(g.Src.X), float64(g.Src.Y)
		g.Crop = Rect{X0: w * x0, Y0: h * y0, X1: w * x1, Y1: h * y1}
		if g.Validate() == nil {
			comparePlanes(t, g, shares[int(share)%len(shares)], seed)
		}
	})
}

// comparePlanes runs both paths on noise, with garbage in the scratch and around source and destination.
func comparePlanes(t *testing.T, g Geometry, share image.Point, seed uint64) {
	t.Helper()
	p, err := NewPlanesPlan(g, share)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []*planeAxes{&p.luma, &p.chroma} {
		checkWeights(t, a.cols, a.part.Min.X, a.part.Max.X)
		checkWeights(t, a.rows, a.part.Min.Y, a.part.Max.Y)
	}
	if p.vector == nil {
		return
	}
	src := noisePlanes(g.Src, share, seed)
	want, got := noise(g.Dst, seed+1), noise(g.Dst, seed+1)
	s := &Scratch{planes: planesScratch{rows: make([]int16, 5000), luma: make([]int16, 9000), both: make([]int16, 9000)}}
	for _, garbage := range [][]int16{s.planes.rows, s.planes.luma, s.planes.both} {
		for i := range garbage {
			garbage[i] = int16(i * 12345)
		}
	}
	p.runPortable(pixelsOf(want), src, &s.planes)
	p.runVector(pixelsOf(got), src, &s.planes)
	if !bytes.Equal(got.Pix, want.Pix) {
		t.Fatalf("%+v, %v: %s", g, share, difference(got, want))
	}
}

// noisePlanes are planes of exactly the memory that they need, their rows some bytes apart.
func noisePlanes(size, share image.Point, seed uint64) Planes {
	r := rand.New(rand.NewPCG(seed, 1))
	plane := func(width, height, stride int) []byte {
		pix := make([]byte, stride*(height-1)+width)
		for i := range pix {
			pix[i] = uint8(r.Uint32())
			if seed%3 == 0 { // extremes overshoot most
				pix[i] = uint8(-int(pix[i] >> 7))
			}
		}
		return pix
	}
	p := Planes{YStride: size.X + r.IntN(5)}
	p.Y = plane(size.X, size.Y, p.YStride)
	if share != (image.Point{}) {
		w, h := chromaSide(size.X, share.X), chromaSide(size.Y, share.Y)
		p.CStride = w + r.IntN(5)
		p.Cb, p.Cr = plane(w, h, p.CStride), plane(w, h, p.CStride)
	}
	return p
}
