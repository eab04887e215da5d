package trim_test

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"

	"github.com/adloom/adloom/renderer/trim"
)

var (
	white = color.RGBA{255, 255, 255, 255}
	black = color.RGBA{0, 0, 0, 255}
	red   = color.RGBA{200, 30, 40, 255}
)

// studio is a picture of one colour with boxes painted on it.
func studio(size image.Point, background color.RGBA, boxes ...image.Rectangle) *image.RGBA {
	m := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(m, m.Rect, image.NewUniform(background), image.Point{}, draw.Src)
	for _, b := range boxes {
		draw.Draw(m, b, image.NewUniform(red), image.Point{}, draw.Src)
	}
	return m
}

// noisy shakes each sample by at most depth.
func noisy(m *image.RGBA, depth int) *image.RGBA {
	random := rand.New(rand.NewPCG(1, 2))
	for i, v := range m.Pix {
		if i&3 != 3 {
			m.Pix[i] = uint8(min(max(int(v)+random.IntN(2*depth+1)-depth, 0), 255))
		}
	}
	return m
}

func TestBounds(t *testing.T) {
	size := image.Pt(61, 47)
	whole := image.Rectangle{Max: size}
	bars := studio(size, black)
	draw.Draw(bars, image.Rect(0, 9, 61, 40), noisy(studio(size, red), 90), image.Point{}, draw.Src)
	pillars := studio(size, black)
	draw.Draw(pillars, image.Rect(11, 0, 50, 47), noisy(studio(size, white), 90), image.Point{}, draw.Src)
	halves := studio(size, white, image.Rect(0, 20, 61, 47))
	twoTone := studio(size, white, image.Rect(20, 12, 40, 20))
	draw.Draw(twoTone, image.Rect(0, 30, 61, 47), image.NewUniform(color.RGBA{90, 90, 90, 255}), image.Point{}, draw.Src)

	for name, c := range map[string]struct {
		img       *image.RGBA
		tolerance uint8
		want      image.Rectangle
	}{
		"white studio":            {studio(size, white, image.Rect(5, 7, 30, 33)), 0, image.Rect(5, 7, 30, 33)},
		"transparent margin":      {studio(size, color.RGBA{}, image.Rect(6, 8, 29, 32)), 0, image.Rect(6, 8, 29, 32)},
		"one pixel":               {studio(size, white, image.Rect(33, 21, 34, 22)), 4, image.Rect(33, 21, 34, 22)},
		"pixels at both corners":  {studio(size, white, image.Rect(0, 0, 1, 1), image.Rect(60, 46, 61, 47)), 4, whole},
		"noise within tolerance":  {noisy(studio(size, color.RGBA{240, 240, 240, 255}, image.Rect(5, 7, 30, 33)), 5), 12, image.Rect(5, 7, 30, 33)},
		"noise beyond tolerance":  {noisy(studio(size, color.RGBA{240, 240, 240, 255}, image.Rect(5, 7, 30, 33)), 9), 2, whole},
		"product at the top":      {studio(size, white, image.Rect(20, 0, 30, 33)), 12, image.Rect(20, 0, 30, 33)},
		"product at the left":     {studio(size, white, image.Rect(0, 20, 30, 33)), 12, image.Rect(0, 20, 30, 33)},
		"product at bottom right": {studio(size, white, image.Rect(40, 20, 61, 47)), 12, image.Rect(40, 20, 61, 47)},
		"bars above and below":    {bars, 12, image.Rect(0, 9, 61, 40)},
		"bars at the sides":       {pillars, 12, image.Rect(11, 0, 50, 47)},
		"uniform":                 {noisy(studio(size, red), 3), 12, whole},
		"two flat halves":         {halves, 12, whole},
		"floor of another colour": {twoTone, 12, image.Rect(0, 12, 61, 30)},
		"nothing":                 {studio(image.Point{}, white), 12, image.Rectangle{}},
		"a single pixel":          {studio(image.Pt(1, 1), white), 12, image.Rect(0, 0, 1, 1)},
		"everything tolerated":    {studio(size, white, image.Rect(5, 7, 30, 33)), 255, whole},
	} {
		t.Run(name, func(t *testing.T) {
			if got := trim.Bounds(c.img, c.tolerance); got != c.want {
				t.Errorf("expected %v; found %v", c.want, got)
			}
		})
	}
}

// A sub-picture answers in the coordinates of its parent and looks at nothing beyond itself.
func TestBoundsOfSubImage(t *testing.T) {
	m := studio(image.Pt(100, 80), red)
	draw.Draw(m, image.Rect(10, 10, 90, 70), image.NewUniform(white), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(33, 27, 52, 41), image.NewUniform(black), image.Point{}, draw.Src)
	sub := m.SubImage(image.Rect(12, 13, 77, 66)).(*image.RGBA)
	if got, want := trim.Bounds(sub, trim.Tolerance), image.Rect(33, 27, 52, 41); got != want {
		t.Errorf("expected %v; found %v", want, got)
	}
}

// For any box on any ground, with noise, the box itself comes back, also from the transposed picture.
func TestBoundsOfAnyBox(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		size := image.Pt(2+random.IntN(70), 2+random.IntN(70))
		at := image.Pt(random.IntN(size.X), random.IntN(size.Y))
		box := image.Rectangle{at, at.Add(image.Pt(1+random.IntN(size.X-at.X), 1+random.IntN(size.Y-at.Y)))}
		if box.Dx() == size.X || box.Dy() == size.Y {
			continue
		}
		ground := color.RGBA{uint8(random.IntN(100)), uint8(100 + random.IntN(156)), uint8(random.IntN(256)), 255}
		m := noisy(studio(size, ground, box), 3)
		if got := trim.Bounds(m, 8); got != box {
			t.Fatalf("%v in %v: expected %v; found %v", ground, size, box, got)
		}
		turned := image.NewRGBA(image.Rect(0, 0, size.Y, size.X))
		for y := range size.Y {
			for x := range size.X {
				turned.SetRGBA(y, x, m.RGBAAt(x, y))
			}
		}
		if got, want := trim.Bounds(turned, 8), image.Rect(box.Min.Y, box.Min.X, box.Max.Y, box.Max.X); got != want {
			t.Fatalf("turned %v in %v: expected %v; found %v", ground, size, want, got)
		}
	}
}

func TestPad(t *testing.T) {
	whole := image.Rect(0, 0, 100, 80)
	r := image.Rect(10, 20, 50, 40)
	for share, want := range map[float64]image.Rectangle{
		0:     r,
		-1:    r,
		0.1:   image.Rect(6, 16, 54, 44),
		0.5:   image.Rect(0, 0, 70, 60),
		1e300: whole,
	} {
		if got := trim.Pad(r, whole, share); got != want {
			t.Errorf("%v: expected %v; found %v", share, want, got)
		}
	}
}

func BenchmarkBounds(b *testing.B) {
	size := image.Pt(1200, 1200)
	for name, m := range map[string]*image.RGBA{
		"Product": studio(size, white, image.Rect(200, 300, 1000, 900)),
		"Noisy":   noisy(studio(size, color.RGBA{245, 245, 245, 255}, image.Rect(200, 300, 1000, 900)), 4),
		"Uniform": noisy(studio(size, color.RGBA{245, 245, 245, 255}), 4),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				trim.Bounds(m, trim.Tolerance)
			}
		})
	}
}
