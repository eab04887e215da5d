package crop_test

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/adloom/adloom/renderer/crop"
)

var (
	white = color.RGBA{250, 250, 250, 255}
	blue  = color.RGBA{20, 60, 160, 255}
)

// photo is a picture with light noise and boxes on it.
func photo(size image.Point, boxes ...image.Rectangle) *image.RGBA {
	m := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(m, m.Rect, image.NewUniform(white), image.Point{}, draw.Src)
	for _, b := range boxes {
		draw.Draw(m, b, image.NewUniform(blue), image.Point{}, draw.Src)
	}
	random := rand.New(rand.NewPCG(5, 6))
	for i := range m.Pix {
		if i&3 != 3 {
			m.Pix[i] += uint8(random.IntN(5))
		}
	}
	return m
}

// seen is the window in pixels.
func seen(m *image.RGBA, w crop.Window) (x0, y0, x1, y1 float64) {
	dx, dy := float64(m.Rect.Dx()), float64(m.Rect.Dy())
	return w.X0 * dx, w.Y0 * dy, w.X1 * dx, w.Y1 * dy
}

func TestFindKeepsProduct(t *testing.T) {
	for name, c := range map[string]struct {
		size    image.Point
		product image.Rectangle
		aspect  float64
	}{
		"left, square":     {image.Pt(600, 300), image.Rect(20, 80, 200, 220), 1},
		"right, square":    {image.Pt(600, 300), image.Rect(450, 80, 590, 220), 1},
		"top, wide":        {image.Pt(300, 600), image.Rect(60, 10, 240, 120), 1.91},
		"bottom, wide":     {image.Pt(300, 600), image.Rect(60, 470, 240, 590), 1.91},
		"right, tall":      {image.Pt(900, 600), image.Rect(700, 80, 880, 520), 9.0 / 16},
		"fits just":        {image.Pt(600, 300), image.Rect(300, 10, 590, 290), 1},
		"smaller than 96":  {image.Pt(60, 30), image.Rect(45, 8, 57, 22), 1},
		"at the very edge": {image.Pt(600, 300), image.Rect(480, 100, 600, 200), 1},
	} {
		t.Run(name, func(t *testing.T) {
			m := photo(c.size, c.product)
			x0, y0, x1, y1 := seen(m, crop.Find(m, c.aspect))
			slack := float64(max(c.size.X, c.size.Y)) / 96
			p := c.product
			if x0 > float64(p.Min.X)+slack || y0 > float64(p.Min.Y)+slack || x1 < float64(p.Max.X)-slack || y1 < float64(p.Max.Y)-slack {
				t.Errorf("expected all of %v; found %.1f,%.1f to %.1f,%.1f", p, x0, y0, x1, y1)
			}
		})
	}
}

func TestFindCentres(t *testing.T) {
	m := photo(image.Pt(900, 300), image.Rect(400, 60, 520, 240))
	if x0, _, x1, _ := seen(m, crop.Find(m, 1)); math.Abs((x0+x1)/2-460) > 12 {
		t.Errorf("expected the middle of the crop at 460; found %.1f", (x0+x1)/2)
	}
	if w := crop.Find(photo(image.Pt(900, 300)), 1); math.Abs(w.X0+w.X1-1) > 0.01 {
		t.Errorf("nothing to see: expected the middle; found %v", w)
	}
	// Too long to fit: most of it is kept.
	m = photo(image.Pt(900, 300), image.Rect(350, 100, 890, 200))
	if x0, _, x1, _ := seen(m, crop.Find(m, 1)); x0 < 350 || x1 > 890 {
		t.Errorf("expected a part of 350 to 890; found %.1f to %.1f", x0, x1)
	}
}

// The window is always as large as it can be and has the asked proportions.
func TestFindProportions(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 150 {
		size := image.Pt(1+random.IntN(300), 1+random.IntN(300))
		m := photo(size, image.Rect(random.IntN(300), random.IntN(300), random.IntN(300), random.IntN(300)))
		aspect := math.Exp(random.Float64()*8 - 4)
		w := crop.Find(m, aspect)
		if w.X0 < 0 || w.Y0 < 0 || w.X1 > 1 || w.Y1 > 1 || w.X0 >= w.X1 || w.Y0 >= w.Y1 {
			t.Fatalf("%v at %v: expected a window within the picture; found %v", size, aspect, w)
		}
		if w.X1-w.X0 < 1-1e-9 && w.Y1-w.Y0 < 1-1e-9 {
			t.Fatalf("%v at %v: expected a side of full length; found %v", size, aspect, w)
		}
		x0, y0, x1, y1 := seen(m, w)
		if got := (x1 - x0) / (y1 - y0); math.Abs(got/aspect-1) > 1e-6 {
			t.Fatalf("%v: expected aspect %v; found %v", size, aspect, got)
		}
	}
}

func TestFindWhole(t *testing.T) {
	m := photo(image.Pt(40, 30))
	whole := crop.Window{X1: 1, Y1: 1}
	for _, aspect := range []float64{0, -1, math.NaN(), math.Inf(1), 40.0 / 30} {
		if w := crop.Find(m, aspect); w != whole {
			t.Errorf("%v: expected the whole picture; found %v", aspect, w)
		}
	}
	if w := crop.Find(image.NewRGBA(image.Rectangle{}), 1); w != whole {
		t.Errorf("empty: expected the whole picture; found %v", w)
	}
	for _, aspect := range []float64{1e-300, 1e300} {
		if w := crop.Find(m, aspect); !(w.X0 >= 0 && w.Y0 >= 0 && w.X1 <= 1 && w.Y1 <= 1) {
			t.Errorf("%v: expected a window within the picture; found %v", aspect, w)
		}
	}
}

// A sub-picture gives what a copy of it gives.
func TestFindOfSubImage(t *testing.T) {
	m := photo(image.Pt(500, 300), image.Rect(300, 100, 380, 200))
	sub := m.SubImage(image.Rect(37, 11, 451, 282)).(*image.RGBA)
	copied := image.NewRGBA(image.Rectangle{Max: sub.Rect.Size()})
	draw.Draw(copied, copied.Rect, sub, sub.Rect.Min, draw.Src)
	if a, b := crop.Find(sub, 0.7), crop.Find(copied, 0.7); a != b {
		t.Errorf("expected %v; found %v", b, a)
	}
}

func BenchmarkFind(b *testing.B) {
	m := photo(image.Pt(1200, 1200), image.Rect(200, 300, 700, 800))
	b.ReportAllocs()
	for b.Loop() {
		crop.Find(m, 1.91)
	}
}
