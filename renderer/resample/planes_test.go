package resample_test

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/resample"
)

// scalePlanes runs a plan and sees that the portable path agrees.
func scalePlanes(t *testing.T, g resample.Geometry, share image.Point, src resample.Planes) *image.RGBA {
	t.Helper()
	p, err := resample.NewPlanesPlan(g, share)
	if err != nil {
		t.Fatal(err)
	}
	dst, other := image.NewRGBA(image.Rectangle{Max: g.Dst}), image.NewRGBA(image.Rectangle{Max: g.Dst})
	if err := p.Run(dst, src, nil); err != nil {
		t.Fatal(err)
	}
	if p.RunPortable(other, src, &resample.Scratch{}); !bytes.Equal(dst.Pix, other.Pix) {
		t.Errorf("%+v, %v: expected the same bytes from the portable path", g, share)
	}
	return dst
}

// flat are planes of one colour.
func flat(size, share image.Point, y, cb, cr uint8) resample.Planes {
	w, h := (size.X+share.X-1)/max(share.X, 1), (size.Y+share.Y-1)/max(share.Y, 1)
	return resample.Planes{
		Y: bytes.Repeat([]byte{y}, size.X*size.Y), YStride: size.X,
		Cb: bytes.Repeat([]byte{cb}, w*h), Cr: bytes.Repeat([]byte{cr}, w*h), CStride: w,
	}
}

// A flat picture stays flat, and its colour is that of other decoders but for a level.
func TestPlanesFlat(t *testing.T) {
	t.Parallel()
	f := func(sw, sh, dw, dh int, crop resample.Rect, share image.Point) {
		t.Helper()
		g := resample.Geometry{Src: image.Pt(sw, sh), Crop: crop, Dst: image.Pt(dw, dh)}
		for _, c := range [][3]uint8{{255, 128, 128}, {0, 128, 128}, {77, 128, 128}, {200, 100, 90}, {76, 84, 255}, {29, 255, 107}, {131, 7, 201}, {255, 255, 255}, {}} {
			got := scalePlanes(t, g, share, flat(g.Src, share, c[0], c[1], c[2]))
			want := color.RGBA{c[0], c[0], c[0], 255}
			if share != (image.Point{}) {
				want.R, want.G, want.B = color.YCbCrToRGB(c[0], c[1], c[2])
			}
			px := got.RGBAAt(0, 0)
			if max(apart(px.R, want.R), apart(px.G, want.G), apart(px.B, want.B)) > 1 || c[1] == 128 && c[2] == 128 && px != want {
				t.Errorf("%+v, %v, colour %v: expected %v; found %v", g, share, c, want, px)
			}
			for i := 0; i < len(got.Pix); i += 4 {
				if !bytes.Equal(got.Pix[i:i+4], got.Pix[:4]) {
					t.Fatalf("%+v, %v, colour %v: expected %v everywhere; found %v at %d", g, share, c, px, got.Pix[i:i+4], i/4)
				}
			}
		}
	}
	for _, share := range []image.Point{{0, 0}, {1, 1}, {2, 1}, {2, 2}, {1, 2}, {4, 1}} {
		f(100, 80, 33, 21, resample.Rect{}, share)
		f(33, 21, 100, 80, resample.Rect{}, share)
		f(107, 107, 108, 108, resample.Rect{}, share)
		f(120, 90, 56, 42, resample.Rect{}, share)
		f(64, 48, 64, 48, resample.Rect{}, share)
		f(1, 1, 50, 20, resample.Rect{}, share)
		f(600, 30, 3, 3, resample.Rect{}, share)
		f(51, 51, 20, 20, resample.Rect{X0: 0.3, Y0: 1.7, X1: 49.9, Y1: 33.3}, share)
		f(50, 50, 20, 20, resample.Rect{X0: 9.99, Y0: 9.5, X1: 10.01, Y1: 9.6}, share)
	}
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// Chroma is centred among the luma samples that share it: a ramp lies where it does in planes of full size.
func TestPlanesSiting(t *testing.T) {
	t.Parallel()
	size := image.Pt(64, 64)
	ramp := func(share image.Point) resample.Planes {
		p := flat(size, share, 128, 128, 128)
		for i := range p.Cb {
			x, y := float64(i%p.CStride), float64(i/p.CStride)
			p.Cb[i] = level(64 + 2*((x+0.5)*float64(share.X)-0.5))
			p.Cr[i] = level(64 + 2*((y+0.5)*float64(share.Y)-0.5))
		}
		return p
	}
	for _, dst := range []image.Point{{64, 64}, {100, 90}, {40, 44}} {
		g := resample.Geometry{Src: size, Dst: dst}
		want := scalePlanes(t, g, image.Pt(1, 1), ramp(image.Pt(1, 1)))
		for _, share := range []image.Point{{2, 1}, {2, 2}, {1, 2}, {4, 1}} {
			got := scalePlanes(t, g, share, ramp(share))
			for y := dst.Y / 4; y < dst.Y*3/4; y++ { // the filters have no room at the edges
				for x := dst.X / 4; x < dst.X*3/4; x++ {
					a, b := got.RGBAAt(x, y), want.RGBAAt(x, y)
					if max(apart(a.R, b.R), apart(a.G, b.G), apart(a.B, b.B)) > 3 {
						t.Fatalf("%v to %v at %d,%d: expected about %v; found %v", share, dst, x, y, b, a)
					}
				}
			}
		}
	}
}

// Planes that are not scaled are only converted.
func TestPlanesUnscaled(t *testing.T) {
	t.Parallel()
	m := waves(image.Pt(70, 50))
	src := planesOf(m, image.Pt(1, 1))
	got := scalePlanes(t, resample.Geometry{Src: image.Pt(70, 50), Crop: resample.Rect{X0: 7, Y0: 3, X1: 60, Y1: 44}, Dst: image.Pt(53, 41)}, image.Pt(1, 1), src)
	for y := range 41 {
		for x := range 53 {
			i := (y+3)*70 + x + 7
			r, g, b := color.YCbCrToRGB(src.Y[i], src.Cb[i], src.Cr[i])
			if px := got.RGBAAt(x, y); max(apart(px.R, r), apart(px.G, g), apart(px.B, b)) > 1 {
				t.Fatalf("at %d,%d: expected about %d,%d,%d; found %v", x, y, r, g, b, px)
			}
		}
	}
}

func TestPlanesRefuse(t *testing.T) {
	t.Parallel()
	good := resample.Geometry{Src: image.Pt(11, 10), Dst: image.Pt(20, 20)}
	for share, want := range map[image.Point]string{{0, 1}: "found (0,1)", {5, 1}: "found (5,1)", {-1, -1}: "found (-1,-1)"} {
		if _, err := resample.NewPlanesPlan(good, share); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: expected %q; found %v", share, want, err)
		}
	}
	if _, err := resample.NewPlanesPlan(resample.Geometry{Src: image.Pt(0, 1), Dst: image.Pt(1, 1)}, image.Pt(1, 1)); err == nil {
		t.Error("no width: expected an error")
	}
	p, err := resample.NewPlanesPlan(good, image.Pt(2, 2))
	if err != nil {
		t.Fatal(err)
	}
	if p.Geometry() != good || p.Share() != image.Pt(2, 2) || p.Bytes() < 1000 {
		t.Errorf("found %+v, %v, %d bytes", p.Geometry(), p.Share(), p.Bytes())
	}
	dst := image.NewRGBA(image.Rect(0, 0, 20, 20))
	f := func(change func(*resample.Planes), want string) {
		t.Helper()
		src := flat(good.Src, image.Pt(2, 2), 1, 2, 3)
		change(&src)
		if err := p.Run(dst, src, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("expected %q; found %v", want, err)
		}
	}
	f(func(p *resample.Planes) { p.Y = p.Y[:109] }, "Y: expected at least 10 rows of 11 bytes, 11 apart; found 109 bytes")
	f(func(p *resample.Planes) { p.Cb = p.Cb[:29] }, "Cb: expected at least 5 rows of 6 bytes, 6 apart; found 29 bytes")
	f(func(p *resample.Planes) { p.Cr = nil }, "Cr: ")
	f(func(p *resample.Planes) { p.YStride = 10 }, "found a stride of 10")
	f(func(p *resample.Planes) { p.CStride = -6 }, "found a stride of -6")
	f(func(p *resample.Planes) { p.YStride = math.MaxInt }, "found 110 bytes")
	if err := p.Run(image.NewRGBA(image.Rect(0, 0, 20, 19)), flat(good.Src, image.Pt(2, 2), 1, 2, 3), nil); err == nil {
		t.Error("a destination of another size: expected an error")
	}
}

func TestPlanesAllocations(t *testing.T) {
	g := resample.Geometry{Src: image.Pt(207, 141), Dst: image.Pt(150, 160)}
	p, err := resample.NewPlanesPlan(g, image.Pt(2, 2))
	if err != nil {
		t.Fatal(err)
	}
	src, dst, s := flat(g.Src, image.Pt(2, 2), 1, 2, 3), image.NewRGBA(image.Rectangle{Max: g.Dst}), &resample.Scratch{}
	if n := testing.AllocsPerRun(10, func() { _ = p.Run(dst, src, s) }); n != 0 {
		t.Errorf("expected no allocations once scratch has served; found %v", n)
	}
}
