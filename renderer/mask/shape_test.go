package mask_test

import (
	"bytes"
	"image"
	"math"
	"testing"

	"github.com/adloom/adloom/renderer/mask"
)

func TestRoundedRectangle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x, y, w, h float64
		radii      [4]float64
		fit        [4]float64 // what the radii come to
	}{
		{3, 4, 30, 20, [4]float64{}, [4]float64{}},
		{3.25, 4.5, 30.5, 20.125, [4]float64{1, 2, 3, 4}, [4]float64{1, 2, 3, 4}},
		{3.7, 4.1, 30, 20, [4]float64{8, 0, 5.5, 10}, [4]float64{8, 0, 5.5, 10}},
		{2, 2, 30, 20, [4]float64{100, 100, 100, 100}, [4]float64{10, 10, 10, 10}},
		{2, 2, 30, 20, [4]float64{40, 0, 0, 0}, [4]float64{20, 0, 0, 0}},
		{2, 2, 30, 20, [4]float64{30, 10, -3, math.NaN()}, [4]float64{20, 20.0 / 3, 0, 0}},
		{5.2, 5.3, 0.4, 0.3, [4]float64{}, [4]float64{}},
		{-10, -10, 100, 100, [4]float64{30, 30, 30, 30}, [4]float64{30, 30, 30, 30}},
	} {
		area := image.Rect(0, 0, 40, 30)
		got := mask.RoundedRectangle(area, c.x, c.y, c.w, c.h, c.radii)
		within := func(px, py float64) bool {
			px, py = px-c.x, py-c.y
			if px < 0 || py < 0 || px > c.w || py > c.h {
				return false
			}
			for i, r := range c.fit {
				right, bottom := i == 1 || i == 2, i >= 2
				dx, dy := r-px, r-py
				if right {
					dx = px - (c.w - r)
				}
				if bottom {
					dy = py - (c.h - r)
				}
				if dx > 0 && dy > 0 && dx*dx+dy*dy > r*r {
					return false
				}
			}
			return true
		}
		expectNear(t, got, finely(area, within), 2)
	}
}

func TestEllipse(t *testing.T) {
	t.Parallel()
	area := image.Rect(-5, -5, 45, 35)
	for _, c := range [][4]float64{{20, 15, 12, 12}, {20.3, 14.6, 17.2, 3.1}, {19.5, 15.5, 0.4, 9}, {0, 0, 30, 8}, {20, 15, 0.3, 0.2}} {
		got := mask.Ellipse(area, c[0], c[1], c[2], c[3])
		expectNear(t, got, finely(area, func(x, y float64) bool {
			dx, dy := (x-c[0])/c[2], (y-c[1])/c[3]
			return dx*dx+dy*dy <= 1
		}), 2)
	}
}

func TestShapesOfWildNumbers(t *testing.T) {
	t.Parallel()
	wild := []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1, 0, 1e300, -1e300, 1e-300, 7.5}
	for _, area := range []image.Rectangle{{}, image.Rect(-3, 2, 9, 8)} {
		for _, a := range wild {
			for _, b := range wild {
				mask.RoundedRectangle(area, a, b, 5, 5, [4]float64{a, b, 1, 1})
				mask.RoundedRectangle(area, 1, 1, a, b, [4]float64{b, a, a, b})
				mask.Ellipse(area, a, b, 3, 3)
				mask.Ellipse(area, 3, 3, a, b)
			}
		}
	}
}

func TestCombine(t *testing.T) {
	t.Parallel()
	a := painted(image.Rect(0, 0, 20, 10), func(x, y int) byte { return byte(x * 13) })
	b := painted(image.Rect(5, -3, 30, 8), func(x, y int) byte { return byte(y*25 + x) })
	at := func(m *image.Alpha, x, y int) float64 { return float64(m.AlphaAt(x, y).A) / 255 }
	for name, c := range map[string]struct {
		got  *image.Alpha
		area image.Rectangle
		want func(p, q float64) float64
	}{
		"intersect": {mask.Intersect(a, b), image.Rect(5, 0, 20, 8), func(p, q float64) float64 { return p * q }},
		"subtract":  {mask.Subtract(a, b), a.Rect, func(p, q float64) float64 { return p * (1 - q) }},
		"union":     {mask.Union(a, b), image.Rect(0, -3, 30, 10), func(p, q float64) float64 { return p + q - p*q }},
	} {
		if c.got.Rect != c.area {
			t.Errorf("%s: expected %v, found %v", name, c.area, c.got.Rect)
		}
		expectNear(t, c.got, painted(c.area, func(x, y int) byte { return byte(255*c.want(at(a, x, y), at(b, x, y)) + 0.5) }), 0)
	}
}

func TestOfPicture(t *testing.T) {
	t.Parallel()
	img := premultiplied(image.Rect(3, 4, 20, 15), 9)
	part := img.SubImage(image.Rect(5, 6, 17, 14)).(*image.RGBA)
	expectNear(t, mask.OfPicture(part), painted(part.Rect, func(x, y int) byte { return part.RGBAAt(x, y).A }), 0)
	expectNear(t, mask.Luminance(part), painted(part.Rect, func(x, y int) byte {
		c := part.RGBAAt(x, y)
		return byte(math.Round(0.2125*float64(c.R) + 0.7154*float64(c.G) + 0.0721*float64(c.B)))
	}), 1)
	white := image.NewRGBA(image.Rect(0, 0, 1, 1))
	copy(white.Pix, bytes.Repeat([]byte{255}, 4))
	if v := mask.Luminance(white).Pix[0]; v != 255 {
		t.Errorf("expected white to let all through, found %d", v)
	}
}

// finely is the coverage by 128x128 samples a pixel, taken only where 4x4 of them do not agree.
func finely(area image.Rectangle, inside func(x, y float64) bool) *image.Alpha {
	share := func(x, y, n int, edge float64) float64 {
		hits := 0
		for i := range n * n {
			u, v := (float64(i%n)+edge)/(float64(n)-1+2*edge), (float64(i/n)+edge)/(float64(n)-1+2*edge)
			if inside(float64(x)+u, float64(y)+v) {
				hits++
			}
		}
		return float64(hits) / float64(n*n)
	}
	return painted(area, func(x, y int) byte {
		if v := share(x, y, 9, 0); v == 0 || v == 1 {
			return byte(255 * v)
		}
		return byte(math.Round(255 * share(x, y, 128, 0.5)))
	})
}

func expectNear(t *testing.T, got, want *image.Alpha, levels int) {
	t.Helper()
	worst, where := 0, image.Point{}
	for y := want.Rect.Min.Y; y < want.Rect.Max.Y; y++ {
		for x := want.Rect.Min.X; x < want.Rect.Max.X; x++ {
			d := int(got.AlphaAt(x, y).A) - int(want.AlphaAt(x, y).A)
			if d = max(d, -d); d > worst {
				worst, where = d, image.Pt(x, y)
			}
		}
	}
	if worst > levels {
		t.Errorf("expected at most %d levels off, found %d at %v: %d for %d", levels, worst, where, got.AlphaAt(where.X, where.Y).A, want.AlphaAt(where.X, where.Y).A)
	}
}
