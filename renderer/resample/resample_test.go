package resample_test

import (
	"bytes"
	"hash/crc32"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/adloom/adloom/renderer/resample"
)

func plan(t *testing.T, g resample.Geometry) *resample.Plan {
	t.Helper()
	p, err := resample.NewPlan(g)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// scale runs a plan and sees that the opaque and the portable path agree where they must.
func scale(t *testing.T, g resample.Geometry, src *image.RGBA) *image.RGBA {
	t.Helper()
	p := plan(t, g)
	dst := image.NewRGBA(image.Rectangle{Max: g.Dst})
	if err := p.Run(dst, src, nil); err != nil {
		t.Fatal(err)
	}
	same := func(name string, run func(*image.RGBA) error) {
		other := image.NewRGBA(dst.Rect)
		if err := run(other); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(other.Pix, dst.Pix) {
			t.Errorf("%v to %v: expected the same bytes from the %s path", g.Src, g.Dst, name)
		}
	}
	same("portable", func(m *image.RGBA) error { p.RunPortable(m, src, &resample.Scratch{}); return nil })
	if src.Opaque() {
		same("opaque", func(m *image.RGBA) error { return p.RunOpaque(m, src, nil) })
	}
	return dst
}

func TestIdentityKeepsBytes(t *testing.T) {
	t.Parallel()
	src := noise(image.Pt(37, 23), 255)
	if got := scale(t, resample.Geometry{Src: image.Pt(37, 23), Dst: image.Pt(37, 23)}, src); !bytes.Equal(got.Pix, src.Pix) {
		t.Error("expected the source's bytes")
	}
	crop := scale(t, resample.Geometry{Src: image.Pt(37, 23), Crop: resample.Rect{X0: 5, Y0: 3, X1: 30, Y1: 20}, Dst: image.Pt(25, 17)}, src)
	for y := range 17 {
		at := src.PixOffset(5, 3+y)
		if !bytes.Equal(crop.Pix[y*crop.Stride:][:4*25], src.Pix[at:][:4*25]) {
			t.Errorf("row %d: expected the bytes of the cropped source", y)
		}
	}
}

func TestConstantStaysConstant(t *testing.T) {
	t.Parallel()
	f := func(sw, sh, dw, dh int, crop resample.Rect) {
		t.Helper()
		for _, c := range []color.RGBA{{255, 255, 255, 255}, {1, 2, 3, 255}, {254, 0, 129, 255}, {0, 60, 100, 100}, {1, 1, 1, 1}, {}} {
			src := image.NewRGBA(image.Rect(0, 0, sw, sh))
			fill(src, src.Rect, c)
			got := scale(t, resample.Geometry{Src: image.Pt(sw, sh), Dst: image.Pt(dw, dh), Crop: crop}, src)
			for i := 0; i < len(got.Pix); i += 4 {
				if px := (color.RGBA{got.Pix[i], got.Pix[i+1], got.Pix[i+2], got.Pix[i+3]}); px != c {
					t.Fatalf("%dx%d to %dx%d, pixel %d: expected %v, found %v", sw, sh, dw, dh, i/4, c, px)
				}
			}
		}
	}
	f(100, 80, 33, 21, resample.Rect{})
	f(33, 21, 100, 80, resample.Rect{})
	f(90, 90, 91, 89, resample.Rect{})
	f(1, 1, 1, 1, resample.Rect{})
	f(1, 1, 50, 20, resample.Rect{})
	f(4000, 30, 3, 3, resample.Rect{})
	f(30, 4000, 3, 3, resample.Rect{})
	f(50, 50, 20, 20, resample.Rect{X0: 0.3, Y0: 1.7, X1: 49.9, Y1: 33.3})
	f(50, 50, 20, 20, resample.Rect{X0: 9.99, Y0: 9.5, X1: 10.01, Y1: 9.6})
}

func TestColourNeverExceedsAlpha(t *testing.T) {
	t.Parallel()
	for _, g := range []resample.Geometry{
		{Src: image.Pt(120, 90), Dst: image.Pt(50, 41)},
		{Src: image.Pt(50, 41), Dst: image.Pt(120, 90)},
	} {
		got := scale(t, g, noise(g.Src, 0))
		for i := 0; i < len(got.Pix); i += 4 {
			if px := got.Pix[i : i+4]; max(px[0], px[1], px[2]) > px[3] {
				t.Fatalf("pixel %d: expected no colour above alpha, found %v", i/4, px)
			}
		}
	}
}

func TestNothingOutsideTheCropBleedsIn(t *testing.T) {
	t.Parallel()
	f := func(crop resample.Rect, inside image.Rectangle, dst image.Point) {
		t.Helper()
		g := resample.Geometry{Src: image.Pt(60, 50), Crop: crop, Dst: dst}
		a, b := noise(g.Src, 255), noise(g.Src, 255)
		for y := range 50 {
			for x := range 60 {
				if !image.Pt(x, y).In(inside) {
					b.SetRGBA(x, y, color.RGBA{255, 0, 255, 255})
				}
			}
		}
		if !bytes.Equal(scale(t, g, a).Pix, scale(t, g, b).Pix) {
			t.Errorf("%v to %v: expected pixels outside the crop not to matter", crop, dst)
		}
	}
	f(resample.Rect{X0: 10, Y0: 10, X1: 50, Y1: 40}, image.Rect(10, 10, 50, 40), image.Pt(20, 15))
	f(resample.Rect{X0: 10, Y0: 10, X1: 50, Y1: 40}, image.Rect(10, 10, 50, 40), image.Pt(90, 70))
	f(resample.Rect{X0: 10.4, Y0: 9.6, X1: 50.1, Y1: 39.9}, image.Rect(10, 9, 51, 40), image.Pt(17, 70))
}

// A crop that glides by a part of a pixel moves an edge by as much: no jump where it reaches the next pixel.
func TestFractionalCropGlides(t *testing.T) {
	t.Parallel()
	src := image.NewRGBA(image.Rect(0, 0, 64, 8))
	for x := range 64 {
		fill(src, image.Rect(x, 0, x+1, 8), color.RGBA{uint8(4 * x), 0, 0, 255})
	}
	for i := range 64 {
		at := 8 + float64(i)/32
		got := scale(t, resample.Geometry{Src: image.Pt(64, 8), Crop: resample.Rect{X0: at, X1: at + 40, Y1: 8}, Dst: image.Pt(20, 8)}, src)
		for x := 4; x < 16; x++ { // on a ramp, a pixel is worth where its middle lies
			want := 4 * (at + 2*float64(x) + 1 - 0.5)
			if v := got.RGBAAt(x, 4).R; math.Abs(float64(v)-want) > 0.6 {
				t.Fatalf("crop from %v, column %d: expected %.1f, found %d", at, x, want, v)
			}
		}
	}
}

func TestOnePixelFillsAll(t *testing.T) {
	t.Parallel()
	src := image.NewRGBA(image.Rect(0, 0, 3, 3))
	src.SetRGBA(1, 1, color.RGBA{9, 8, 7, 200})
	got := scale(t, resample.Geometry{Src: image.Pt(3, 3), Crop: resample.Rect{X0: 1.25, Y0: 1.25, X1: 1.75, Y1: 1.75}, Dst: image.Pt(9, 5)}, src)
	for y := range 5 {
		for x := range 9 {
			if px := got.RGBAAt(x, y); px != (color.RGBA{9, 8, 7, 200}) {
				t.Fatalf("at %d,%d: found %v", x, y, px)
			}
		}
	}
}

// Thousands of weights, each a few steps of the finest weight, still keep the filter's shape.
func TestHugeShrinkKeepsTheMean(t *testing.T) {
	t.Parallel()
	src := image.NewRGBA(image.Rect(0, 0, 4000, 40))
	for x := range 4000 {
		v := uint8(255 * (x % 2))
		fill(src, image.Rect(x, 0, x+1, 40), color.RGBA{v, uint8(x / 16), 255 - v, 255})
	}
	got := scale(t, resample.Geometry{Src: image.Pt(4000, 40), Dst: image.Pt(3, 3)}, src)
	px := got.RGBAAt(1, 1)
	for i, v := range []struct{ got, want uint8 }{{px.R, 128}, {px.G, 125}, {px.B, 128}} {
		if d := int(v.got) - int(v.want); d < -1 || d > 1 {
			t.Errorf("channel %d: expected %d, found %d", i, v.want, v.got)
		}
	}
}

func TestOnePlanServesMany(t *testing.T) {
	t.Parallel()
	g := resample.Geometry{Src: image.Pt(97, 71), Dst: image.Pt(40, 90)}
	p, src := plan(t, g), noise(g.Src, 255)
	want := scale(t, g, src)
	pool := sync.Pool{New: func() any { return new(resample.Scratch) }}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5 {
				s := pool.Get().(*resample.Scratch)
				dst := image.NewRGBA(want.Rect)
				if err := p.Run(dst, src, s); err != nil || !bytes.Equal(dst.Pix, want.Pix) {
					t.Errorf("expected the bytes of a lone run; error %v", err)
				}
				pool.Put(s)
			}
		})
	}
	all.Wait()
}

func TestRunDoesNotAllocate(t *testing.T) {
	g := resample.Geometry{Src: image.Pt(203, 100), Dst: image.Pt(77, 41)}
	p, src, dst := plan(t, g), noise(g.Src, 255), image.NewRGBA(image.Rectangle{Max: g.Dst})
	var s resample.Scratch
	if n := testing.AllocsPerRun(5, func() { _ = p.Run(dst, src, &s); _ = p.RunOpaque(dst, src, &s); p.RunPortable(dst, src, &s) }); n > 0 {
		t.Errorf("expected no allocation, found %v a run", n)
	}
}

// The bytes are the same on every machine, today and tomorrow. If the filters are changed on purpose, change the sums.
func TestGoldenSums(t *testing.T) {
	t.Parallel()
	f := func(g resample.Geometry, want uint32) {
		t.Helper()
		if got := crc32.ChecksumIEEE(scale(t, g, noise(g.Src, 0)).Pix); got != want {
			t.Errorf("%v to %v: expected the sum %#x, found %#x", g.Src, g.Dst, want, got)
		}
	}
	f(resample.Geometry{Src: image.Pt(411, 307), Dst: image.Pt(97, 155)}, 0x32f332d2)
	f(resample.Geometry{Src: image.Pt(97, 155), Dst: image.Pt(211, 307)}, 0x5ef13fd7)
	f(resample.Geometry{Src: image.Pt(300, 300), Crop: resample.Rect{X0: 12.34, Y0: 5.6, X1: 287.9, Y1: 299.1}, Dst: image.Pt(155, 203)}, 0x829517e4)
}

func TestMistakesAreNamed(t *testing.T) {
	t.Parallel()
	f := func(g resample.Geometry, want ...string) {
		t.Helper()
		p, err := resample.NewPlan(g)
		if err == nil {
			t.Fatalf("expected an error; found a plan of %d bytes", p.Bytes())
		}
		for _, w := range want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("expected %q in %q", w, err)
			}
		}
	}
	f(resample.Geometry{Src: image.Pt(0, 5), Dst: image.Pt(5, resample.MaxSide+1)}, "source width", "found 0", "destination height", "found 65537")
	f(resample.Geometry{Src: image.Pt(5, 5), Dst: image.Pt(5, 5), Crop: resample.Rect{X0: -1, Y0: 2, X1: 3, Y1: 2}}, "crop x", "-1 to 3", "crop y", "2 to 2")
	f(resample.Geometry{Src: image.Pt(5, 5), Dst: image.Pt(5, 5), Crop: resample.Rect{X1: math.NaN(), Y1: math.Inf(1)}}, "NaN", "+Inf")

	p := plan(t, resample.Geometry{Src: image.Pt(10, 10), Dst: image.Pt(5, 5)})
	good, dst := image.NewRGBA(image.Rect(0, 0, 10, 10)), image.NewRGBA(image.Rect(0, 0, 5, 5))
	g := func(dst, src *image.RGBA, want string) {
		t.Helper()
		if err := p.Run(dst, src, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("expected %q; found error %v", want, err)
		}
	}
	g(good, good, "destination: expected (5,5) pixels; found (10,10)")
	g(dst, dst, "source: expected (10,10) pixels; found (5,5)")
	g(dst, &image.RGBA{Pix: good.Pix[:399], Stride: 40, Rect: good.Rect}, "at least 400 bytes of pixels; found 399")
	g(dst, &image.RGBA{Pix: good.Pix, Stride: 39, Rect: good.Rect}, "found a stride of 39")
	g(dst, &image.RGBA{Rect: good.Rect, Stride: 40}, "found 0")
}

func fill(m *image.RGBA, r image.Rectangle, c color.RGBA) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			m.SetRGBA(x, y, c)
		}
	}
}

// noise is premultiplied noise whose alpha is at least floor.
func noise(size image.Point, floor uint8) *image.RGBA {
	r := rand.New(rand.NewPCG(uint64(size.X), uint64(size.Y)))
	m := image.NewRGBA(image.Rectangle{Max: size})
	for i := 0; i < len(m.Pix); i += 4 {
		v := r.Uint64()
		alpha := max(floor, uint8(v>>32))
		for c := range 3 {
			m.Pix[i+c] = min(uint8(v>>(8*c)), alpha)
		}
		m.Pix[i+3] = alpha
	}
	return m
}
