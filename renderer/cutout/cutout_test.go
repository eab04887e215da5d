package cutout_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/adloom/adloom/renderer/cutout"
)

func TestWhiteFindsEdge(t *testing.T) {
	for name, c := range map[string]struct{ ground, product color.RGBA }{
		"navy on white":        {white, navy},
		"red on white":         {white, color.RGBA{210, 20, 30, 255}},
		"black on light grey":  {color.RGBA{236, 237, 240, 255}, color.RGBA{10, 10, 10, 255}},
		"middle grey on white": {white, color.RGBA{110, 110, 110, 255}},
		"yellow on white":      {white, color.RGBA{250, 210, 20, 255}},
	} {
		t.Run(name, func(t *testing.T) {
			m := ball(c.ground, c.product)
			if !cutout.White(m, cutout.Options{}, nil) {
				t.Fatal("expected a background to remove; found none")
			}
			worst := 0.0
			for y := range 200 {
				for x := range 200 {
					px := m.RGBAAt(x, y)
					want := disc(float64(x)+0.5, float64(y)+0.5, 100, 100, 60, 1.5)
					worst = max(worst, math.Abs(float64(px.A)/255-want))
					for i, v := range [3]uint8{px.R, px.G, px.B} {
						full := int([3]uint8{c.product.R, c.product.G, c.product.B}[i])
						// No fringe: premultiplied, the edge is as dark as the product's share in it.
						if int(v) > full*int(px.A)/255+18 {
							t.Fatalf("%d,%d: expected at most %d of %d; found %v", x, y, full*int(px.A)/255, full, px)
						}
					}
				}
			}
			if worst > 0.18 {
				t.Errorf("expected alpha within 0.18; found %.2f off", worst)
			}
		})
	}
}

func TestWhiteLeavesNoNoiseOfJPEG(t *testing.T) {
	m := asJPEG(t, ball(white, navy))
	if !cutout.White(m, cutout.Options{}, nil) {
		t.Fatal("expected a background to remove; found none")
	}
	for y := range 200 {
		for x := range 200 {
			r := math.Hypot(float64(x)-99.5, float64(y)-99.5)
			if a := m.RGBAAt(x, y).A; r > 64 && a > 8 || r < 55 && a != 255 {
				t.Fatalf("%d,%d, %.1f from the middle: found alpha %d", x, y, r, a)
			}
		}
	}
}

func TestWhiteKeepsEnclosedWhite(t *testing.T) {
	ring := ball(white, navy)
	paint(ring, white, func(x, y float64) float64 { return disc(x, y, 100, 100, 30, 1.5) })
	kept := clone(ring)
	if !cutout.White(kept, cutout.Options{}, nil) || kept.RGBAAt(100, 100) != white {
		t.Errorf("expected the label to stay white; found %v", kept.RGBAAt(100, 100))
	}
	if !cutout.White(ring, cutout.Options{Holes: true}, nil) || ring.RGBAAt(100, 100) != (color.RGBA{}) {
		t.Errorf("expected a hole; found %v", ring.RGBAAt(100, 100))
	}
	if ring.RGBAAt(100, 145) != navy {
		t.Errorf("expected the ring to stay; found %v", ring.RGBAAt(100, 145))
	}
}

// A white product with an outline stays whole, even where the outline has small gaps.
func TestWhiteKeepsOutlinedWhite(t *testing.T) {
	m := ball(white, color.RGBA{190, 190, 190, 255})
	paint(m, white, func(x, y float64) float64 { return disc(x, y, 100, 100, 55, 1.5) })
	draw.Draw(m, image.Rect(100, 30, 102, 60), image.White, image.Point{}, draw.Src)
	if !cutout.White(m, cutout.Options{}, nil) {
		t.Fatal("expected a background to remove; found none")
	}
	if m.RGBAAt(100, 100) != white || m.RGBAAt(5, 5) != (color.RGBA{}) {
		t.Errorf("expected white within and nothing without; found %v and %v", m.RGBAAt(100, 100), m.RGBAAt(5, 5))
	}
}

func TestWhiteKeepsShadow(t *testing.T) {
	m := sheet(200, 200, white)
	shadow := func(x, y float64) float64 { return 0.25 * disc(x, (y-165)*3+165, 100, 165, 50, 60) }
	paint(m, color.RGBA{A: 255}, shadow)
	paint(m, color.RGBA{200, 40, 30, 255}, func(x, y float64) float64 { return disc(x, y, 100, 80, 50, 1.5) })
	if !cutout.White(m, cutout.Options{}, nil) {
		t.Fatal("expected a background to remove; found none")
	}
	px := m.RGBAAt(100, 165)
	if want := 255 * shadow(100.5, 165.5); math.Abs(float64(px.A)-want) > 8 || max(px.R, px.G, px.B) > 2 {
		t.Errorf("expected black at alpha %.0f; found %v", want, px)
	}
}

// Light that falls off across the studio is followed.
func TestWhiteFollowsLight(t *testing.T) {
	m := sheet(300, 200, white)
	for y := range 200 {
		for x := range 300 {
			v := uint8(250 - x/20 - y/20)
			m.SetRGBA(x, y, color.RGBA{v, v, v, 255})
		}
	}
	paint(m, navy, func(x, y float64) float64 { return disc(x, y, 150, 100, 60, 1.5) })
	if !cutout.White(m, cutout.Options{Tolerance: 5}, nil) {
		t.Fatal("expected a background to remove; found none")
	}
	for _, p := range []image.Point{{0, 0}, {299, 0}, {0, 199}, {299, 199}, {150, 20}} {
		if m.RGBAAt(p.X, p.Y) != (color.RGBA{}) {
			t.Errorf("%v: expected nothing; found %v", p, m.RGBAAt(p.X, p.Y))
		}
	}
}

func TestWhiteLeavesAlone(t *testing.T) {
	half := sheet(200, 200, white)
	draw.Draw(half, image.Rect(0, 60, 200, 200), image.NewUniform(navy), image.Point{}, draw.Src)
	noise := sheet(200, 200, white)
	random := rand.New(rand.NewPCG(1, 1))
	for i := range noise.Pix {
		if i&3 != 3 {
			noise.Pix[i] = uint8(random.IntN(256))
		}
	}
	cut := ball(white, navy)
	cutout.White(cut, cutout.Options{}, nil)
	for name, m := range map[string]*image.RGBA{
		"on colour": ball(color.RGBA{240, 200, 120, 255}, navy), "on dark": ball(navy, white), "half white": half,
		"noise": noise, "all white": sheet(200, 200, white), "already cut out": cut, "tiny": sheet(5, 300, white),
		"empty": image.NewRGBA(image.Rectangle{}),
	} {
		before := clone(m)
		if cutout.White(m, cutout.Options{}, nil) {
			t.Errorf("%s: expected false; found true", name)
		}
		if !bytes.Equal(m.Pix, before.Pix) {
			t.Errorf("%s: expected the picture unchanged", name)
		}
	}
}

// A sub-picture is cut like a copy of it, nothing around it is touched, and a used scratch changes nothing.
func TestWhiteOfSubImage(t *testing.T) {
	big := sheet(400, 400, navy)
	at := image.Rect(57, 63, 257, 263)
	draw.Draw(big, at, asJPEG(t, ball(white, navy)), image.Point{}, draw.Src)
	alone := image.NewRGBA(image.Rect(0, 0, 200, 200))
	draw.Draw(alone, alone.Rect, big, at.Min, draw.Src)
	want := clone(big)
	var s cutout.Scratch
	cutout.White(sheet(700, 50, white), cutout.Options{}, &s)
	if !cutout.White(big.SubImage(at).(*image.RGBA), cutout.Options{}, &s) || !cutout.White(alone, cutout.Options{}, nil) {
		t.Fatal("expected a background to remove; found none")
	}
	draw.Draw(want, at, alone, image.Point{}, draw.Src)
	if !bytes.Equal(big.Pix, want.Pix) {
		t.Error("expected the same bytes from a part of a picture as from a copy of that part")
	}
}

func FuzzWhite(f *testing.F) {
	f.Add(uint8(40), uint8(30), uint8(0), true, []byte{255, 200, 0, 255, 255, 255, 255, 10})
	f.Add(uint8(129), uint8(64), uint8(255), false, []byte{1, 2, 3})
	f.Fuzz(func(t *testing.T, w, h, tolerance uint8, holes bool, pixels []byte) {
		m := sheet(int(w), int(h), white)
		for i, v := range pixels {
			// Spread over the inside of the picture, so that its rim may stay white.
			at := int(h)/4*m.Stride + i*37
			if at < len(m.Pix) && at&3 != 3 {
				m.Pix[at] = v
			}
		}
		before := clone(m)
		if !cutout.White(m, cutout.Options{Tolerance: tolerance, Holes: holes}, nil) && !bytes.Equal(m.Pix, before.Pix) {
			t.Error("expected the picture unchanged")
		}
		for i := 0; i < len(m.Pix); i += 4 {
			if px := m.Pix[i:][:4]; max(px[0], px[1], px[2]) > px[3] {
				t.Fatalf("expected premultiplied pixels; found %v", px)
			}
		}
	})
}

func BenchmarkWhite(b *testing.B) {
	m := sheet(900, 900, white)
	paint(m, navy, func(x, y float64) float64 { return disc(x, y, 450, 420, 300, 1.5) })
	m = asJPEG(b, m)
	work := clone(m)
	var s cutout.Scratch
	b.ReportAllocs()
	for b.Loop() {
		copy(work.Pix, m.Pix)
		cutout.White(work, cutout.Options{}, &s)
	}
}
