package path_test

import (
	"image"
	"math"
	"testing"

	"github.com/adloom/adloom/renderer/path"
)

func parse(t testing.TB, d string) *path.Path {
	t.Helper()
	p, err := path.Parse(d)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// covered returns the area of p in pixels.
func covered(p *path.Path, area image.Rectangle, rule path.FillRule) float64 {
	sum := 0
	for _, v := range p.Coverage(area, rule).Pix {
		sum += int(v)
	}
	return float64(sum) / 255
}

func TestShapes(t *testing.T) {
	area := image.Rect(0, 0, 200, 200)
	round := 4 - math.Pi // what a round corner lacks, per square of its radius, times 4
	for _, c := range []struct {
		name string
		p    *path.Path
		want float64 // area
		box  path.Rect
	}{
		{"rectangle", path.Rectangle(10, 20, 30, 40, [4]float64{}), 1200, path.Rect{X0: 10, Y0: 20, X1: 40, Y1: 60}},
		{"round", path.Rectangle(10, 20, 100, 40, [4]float64{10, 10, 10, 10}), 4000 - 100*round, path.Rect{X0: 10, Y0: 20, X1: 110, Y1: 60}},
		{"one corner", path.Rectangle(10, 20, 100, 40, [4]float64{0, 0, 20, 0}), 4000 - 100*round, path.Rect{X0: 10, Y0: 20, X1: 110, Y1: 60}},
		{"corners shrink", path.Rectangle(10, 20, 100, 40, [4]float64{100, 100, 100, 100}), 4000 - 400*round, path.Rect{X0: 10, Y0: 20, X1: 110, Y1: 60}},
		{"elliptic corners", path.RoundRectangle(10, 20, 100, 40, 10, 20), 4000 - 200*round, path.Rect{X0: 10, Y0: 20, X1: 110, Y1: 60}},
		{"circle", path.Ellipse(100, 100, 90, 90), 8100 * math.Pi, path.Rect{X0: 10, Y0: 10, X1: 190, Y1: 190}},
		{"hexagon", path.RegularPolygon(100, 100, 50, 6, 30), 2500 * 1.5 * math.Sqrt(3), path.Rect{X0: 50, Y0: 100 - 25*math.Sqrt(3), X1: 150, Y1: 100 + 25*math.Sqrt(3)}},
		{"star", path.Star(100, 100, 50, 50, 5, 0.5), 10 * 0.5 * 50 * 25 * math.Sin(math.Pi/5), path.Rect{X0: 100 - 50*math.Sin(2*math.Pi/5), Y0: 50, X1: 100 + 50*math.Sin(2*math.Pi/5), Y1: 100 + 50*math.Cos(math.Pi/5)}},
		{"sharp burst", path.Burst(100, 100, 50, 50, 5, 0.5, 0), 10 * 0.5 * 50 * 25 * math.Sin(math.Pi/5), path.Rect{X0: 100 - 50*math.Sin(2*math.Pi/5), Y0: 50, X1: 100 + 50*math.Sin(2*math.Pi/5), Y1: 100 + 50*math.Cos(math.Pi/5)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := covered(c.p, area, path.NonZero); math.Abs(got-c.want) > 0.002*c.want {
				t.Errorf("area: expected %.2f; found %.2f", c.want, got)
			}
			b, ok := c.p.Bounds()
			if !ok || math.Abs(b.X0-c.box.X0)+math.Abs(b.Y0-c.box.Y0)+math.Abs(b.X1-c.box.X1)+math.Abs(b.Y1-c.box.Y1) > 0.01 {
				t.Errorf("bounds: expected %v; found %v", c.box, b)
			}
		})
	}
}

func TestNoShape(t *testing.T) {
	for name, p := range map[string]*path.Path{
		"rectangle": path.Rectangle(1, 1, 0, 4, [4]float64{}),
		"NaN":       path.Rectangle(1, 1, math.NaN(), 4, [4]float64{}),
		"ellipse":   path.Ellipse(1, 1, -1, 1),
		"polygon":   path.RegularPolygon(0, 0, 9, 2, 0),
		"star":      path.Star(0, 0, 9, 9, 1, 0.5),
		"burst":     path.Burst(0, 0, 9, 9, 1, 0.5, 0.5),
		"points":    path.Polygon(nil),
	} {
		if !p.Empty() {
			t.Errorf("%s: expected an empty path; found %d steps", name, p.Segments())
		}
	}
}

func TestMatrix(t *testing.T) {
	near := func(name string, got, want path.Point) {
		if math.Abs(got.X-want.X)+math.Abs(got.Y-want.Y) > 1e-9 {
			t.Errorf("%s: expected %v; found %v", name, want, got)
		}
	}
	p := path.Point{X: 3, Y: 4}
	near("translate", path.Translate(1, 2).Apply(p), path.Point{X: 4, Y: 6})
	near("rotate", path.Rotate(90).Apply(p), path.Point{X: -4, Y: 3})
	near("skew", path.Skew(45, 0).Apply(p), path.Point{X: 7, Y: 4})
	near("order", path.Translate(10, 0).Mul(path.Scale(2, 3)).Apply(p), path.Point{X: 16, Y: 12})
	m := path.Matrix{1, 2, -3, 4, 5, 6}
	inverse, ok := m.Invert()
	if !ok {
		t.Fatal("expected an inverse")
	}
	near("inverse", inverse.Apply(m.Apply(p)), p)
	if _, ok := path.Scale(0, 1).Invert(); ok {
		t.Error("expected no inverse of a matrix without area")
	}
	if s := path.Rotate(30).Mul(path.Scale(2, 5)).Stretch(); math.Abs(s-5) > 1e-9 {
		t.Errorf("stretch: expected 5; found %g", s)
	}
	for d := -720.0; d <= 720; d += 7.5 {
		got := path.Rotate(d).Apply(path.Point{X: 1})
		near("angle", got, path.Point{X: math.Cos(d * math.Pi / 180), Y: math.Sin(d * math.Pi / 180)})
	}
}
