package path_test

import (
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/adloom/adloom/renderer/path"
)

func TestCoverageExact(t *testing.T) {
	for _, c := range []struct {
		name string
		p    *path.Path
		want []uint8 // of the pixels 0..3 of row 0
	}{
		{"whole", path.Rectangle(1, 0, 2, 1, [4]float64{}), []uint8{0, 255, 255, 0}},
		{"quarters", path.Rectangle(0.5, 0, 2.25, 0.5, [4]float64{}), []uint8{64, 128, 96, 0}},
		{"triangle", parse(t, "M0 0L4 0L0 1z"), []uint8{223, 159, 96, 32}},
		{"to the left", path.Rectangle(-1e6, -5, 1e6+1.5, 99, [4]float64{}), []uint8{255, 128, 0, 0}},
		{"around", path.Rectangle(-1e6, -1e6, 2e6, 2e6, [4]float64{}), []uint8{255, 255, 255, 255}},
		{"right of it", path.Rectangle(4, 0, 5, 5, [4]float64{}), []uint8{0, 0, 0, 0}},
		{"open", parse(t, "M1 0V1H2V0"), []uint8{0, 255, 0, 0}},
	} {
		got := c.p.Coverage(image.Rect(0, 0, 4, 1), path.NonZero).Pix
		if string(got) != string(c.want) {
			t.Errorf("%s: expected %v; found %v", c.name, c.want, got)
		}
	}
}

func TestRules(t *testing.T) {
	area := image.Rect(0, 0, 20, 20)
	same := "M0 0h20v20h-20z M5 5h10v10h-10z"
	other := "M0 0h20v20h-20z M5 5v10h10v-10z"
	for _, c := range []struct {
		d    string
		rule path.FillRule
		want float64
	}{
		{same, path.NonZero, 400}, {same, path.EvenOdd, 300}, {other, path.NonZero, 300}, {other, path.EvenOdd, 300},
	} {
		if got := covered(parse(t, c.d), area, c.rule); got != c.want {
			t.Errorf("%s by rule %d: expected %g; found %g", c.d, c.rule, c.want, got)
		}
	}
}

// TestSamples compares random polygons with the winding number at many points of each pixel.
func TestSamples(t *testing.T) {
	const side, fine = 24, 16
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 20 {
		points := make([]path.Point, 3)
		for i := range points {
			points[i] = path.Point{X: random.Float64()*40 - 8, Y: random.Float64()*40 - 8}
		}
		got := path.Polygon(points).Coverage(image.Rect(0, 0, side, side), path.FillRule(round&1))
		for y := range side {
			for x := range side {
				in := 0
				for k := range fine * fine {
					q := path.Point{X: float64(x) + (float64(k%fine)+0.5)/fine, Y: float64(y) + (float64(k/fine)+0.5)/fine}
					if inside(points, q) {
						in++
					}
				}
				want := float64(in) * 255 / (fine * fine)
				if d := math.Abs(want - float64(got.AlphaAt(x, y).A)); d > 10 {
					t.Fatalf("polygon %v: expected about %.0f at %d,%d; found %d", points, want, x, y, got.AlphaAt(x, y).A)
				}
			}
		}
	}
}

func inside(points []path.Point, q path.Point) bool {
	winding := 0
	for i, a := range points {
		b := points[(i+1)%len(points)]
		if (a.Y <= q.Y) != (b.Y <= q.Y) && a.X+(q.Y-a.Y)*(b.X-a.X)/(b.Y-a.Y) > q.X {
			if b.Y > a.Y {
				winding++
			} else {
				winding--
			}
		}
	}
	return winding != 0
}

// TestWindow checks that an area shows what a larger one shows there, and that a rasterizer forgets.
func TestWindow(t *testing.T) {
	p := parse(t, "M-30 10C200-90 10 130 90 60L10 95z")
	all := image.Rect(-40, -30, 120, 110)
	whole := p.Coverage(all, path.EvenOdd)
	var r path.Rasterizer
	for _, area := range []image.Rectangle{image.Rect(3, 5, 60, 70), image.Rect(-20, 0, 115, 9), image.Rect(50, 50, 51, 51)} {
		got := image.NewAlpha(area)
		r.Fill(got, p, path.EvenOdd)
		for y := area.Min.Y; y < area.Max.Y; y++ {
			for x := area.Min.X; x < area.Max.X; x++ {
				if d := int(got.AlphaAt(x, y).A) - int(whole.AlphaAt(x, y).A); max(d, -d) > 1 {
					t.Fatalf("%v: expected %d at %d,%d; found %d", area, whole.AlphaAt(x, y).A, x, y, got.AlphaAt(x, y).A)
				}
			}
		}
	}
}

func TestNotFinite(t *testing.T) {
	area := image.Rect(0, 0, 9, 9)
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		p := &path.Path{}
		p.MoveTo(0, 0)
		p.CubicTo(1, 1, v, 2, 9, 9)
		if got := covered(p, area, path.NonZero); got != 0 {
			t.Errorf("%g: expected no coverage; found %g", v, got)
		}
		if !p.Stroke(path.Style{Width: 2}).Empty() || !parse(t, "M0 0h5").Stroke(path.Style{Width: v}).Empty() {
			t.Errorf("%g: expected no stroke", v)
		}
	}
	huge := parse(t, "M-1 -1H9V9H-1z").Transform(path.Scale(1e300, 1e300))
	if got := covered(huge, area, path.NonZero); got != 81 {
		t.Errorf("expected all covered; found %g", got)
	}
}

func TestFillAllocatesNothing(t *testing.T) {
	var r path.Rasterizer
	p := path.Ellipse(50, 50, 40, 30)
	dst := image.NewAlpha(image.Rect(0, 0, 100, 100))
	if n := testing.AllocsPerRun(10, func() { r.Fill(dst, p, path.NonZero) }); n != 0 {
		t.Errorf("expected no allocation; found %g", n)
	}
}
