package cutout_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"testing"
)

var (
	white = color.RGBA{255, 255, 255, 255}
	navy  = color.RGBA{20, 40, 90, 255}
)

func sheet(w, h int, c color.RGBA) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return m
}

// disc is the coverage of a disc with an edge that is soft over some pixels.
func disc(x, y, cx, cy, radius, soft float64) float64 {
	return min(max((radius-math.Hypot(x-cx, y-cy))/soft+0.5, 0), 1)
}

// paint mixes colour into m by coverage.
func paint(m *image.RGBA, c color.RGBA, coverage func(x, y float64) float64) {
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			a := coverage(float64(x)+0.5, float64(y)+0.5)
			px := m.Pix[m.PixOffset(x, y):][:3]
			for i, v := range [3]uint8{c.R, c.G, c.B} {
				px[i] = uint8(math.Round(a*float64(v) + (1-a)*float64(px[i])))
			}
		}
	}
}

// ball is a disc of 60 pixels' radius in the middle of a 200 by 200 sheet.
func ball(ground, c color.RGBA) *image.RGBA {
	m := sheet(200, 200, ground)
	paint(m, c, func(x, y float64) float64 { return disc(x, y, 100, 100, 60, 1.5) })
	return m
}

func asJPEG(t testing.TB, m *image.RGBA) *image.RGBA {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 85}); err != nil {
		t.Fatal(err)
	}
	p, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewRGBA(m.Rect)
	draw.Draw(out, out.Rect, p, image.Point{}, draw.Src)
	return out
}

func clone(m *image.RGBA) *image.RGBA {
	c := *m
	c.Pix = bytes.Clone(m.Pix)
	return &c
}
