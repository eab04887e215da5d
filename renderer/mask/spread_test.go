package mask_test

import (
	"bytes"
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/adloom/adloom/renderer/mask"
)

func TestSpreadOfDisc(t *testing.T) {
	t.Parallel()
	var s mask.Scratch
	for _, radius := range []float64{0.4, 2.5, 15.3, -0.5, -3.3, -8} {
		for _, c := range [][3]float64{{30, 30, 12}, {30.3, 29.6, 17.4}} {
			m := disc(image.Rect(10, 10, 50, 50), c[0], c[1], c[2])
			got := mask.Spread(m, radius, &s)
			expectNear(t, got, disc(got.Rect, c[0], c[1], c[2]+radius), 24)
		}
	}
}

// The coverage along a straight edge moves by the radius, whatever the edge's slope.
func TestSpreadOfSlope(t *testing.T) {
	t.Parallel()
	for _, degrees := range []float64{0, 3, 11, 27, 45, 61, 88} {
		sin, cos := math.Sincos(degrees * math.Pi / 180)
		shape := func(offset float64) func(x, y float64) bool {
			return func(x, y float64) bool { return (x-40)*cos+(y-40)*sin <= 0.3+offset }
		}
		m := sampled(image.Rect(0, 0, 80, 80), shape(0))
		middle := image.Rect(25, 25, 55, 55) // away from the ends of the edge
		for _, radius := range []float64{1.7, 6, -2.2, -9} {
			got := mask.Spread(m, radius, nil).SubImage(middle).(*image.Alpha)
			expectNear(t, got, sampled(middle, shape(radius)), 20)
		}
	}
}

func TestSpreadOfSquareIsRound(t *testing.T) {
	t.Parallel()
	m := painted(image.Rect(0, 0, 20, 14), func(x, y int) byte { return 255 })
	for _, radius := range []float64{1, 3, 8.5} {
		got := mask.Spread(m, radius, nil)
		r := radius
		expectNear(t, got, mask.RoundedRectangle(got.Rect, -r, -r, 20+2*r, 14+2*r, [4]float64{r, r, r, r}), 16)
	}
	got := mask.Spread(m, -3, nil)
	expectNear(t, got, mask.RoundedRectangle(got.Rect, 3, 3, 14, 8, [4]float64{}), 2)
}

// A hairline that covers no pixel by half is still stroked, and haze is not.
func TestSpreadOfHairlineAndHaze(t *testing.T) {
	t.Parallel()
	line := sampled(image.Rect(0, 0, 40, 30), func(x, y float64) bool { return math.Abs(x-20.5) < 0.2 })
	got := mask.Spread(line, 4, nil).SubImage(image.Rect(0, 8, 40, 22)).(*image.Alpha)
	expectNear(t, got, sampled(got.Rect, func(x, y float64) bool { return math.Abs(x-20.5) < 4.2 }), 10)

	random := rand.New(rand.NewPCG(1, 1))
	haze := painted(image.Rect(0, 0, 40, 30), func(x, y int) byte { return byte(random.IntN(12)) })
	for _, v := range mask.Spread(haze, 5, nil).Pix {
		if v != 0 {
			t.Fatalf("expected haze not to grow, found %d", v)
		}
	}
}

func TestSpreadOfHostileMasks(t *testing.T) {
	t.Parallel()
	var s mask.Scratch
	random := rand.New(rand.NewPCG(3, 1))
	for range 16 {
		kind := random.IntN(3)
		m := painted(image.Rect(-2, 3, -2+random.IntN(50), 3+random.IntN(50)), func(x, y int) byte {
			return []byte{byte(random.Uint32()), byte(255 * random.IntN(2)), byte(200 * ((x + y) & 1))}[kind]
		})
		radius := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0.1, -0.1, 3, -2, 20, 1e9}[random.IntN(9)]
		got := mask.Spread(m, radius, &s)
		if again := mask.Spread(m, radius, nil); !bytes.Equal(got.Pix, again.Pix) {
			t.Fatalf("%v by %v: expected the same with a used scratch", m.Rect, radius)
		}
		mask.OuterStroke(m, radius, &s)
		mask.Drop(m, radius, -radius, math.Abs(radius)/3, radius, &s)
		mask.Inner(m, radius, radius, 2, -radius, &s)
	}
}

// Columns whose squares an int32 does not hold.
func TestSpreadOfLongMask(t *testing.T) {
	t.Parallel()
	m := painted(image.Rect(0, 0, 100_000, 1), func(x, y int) byte { return byte(255 * (x / 40_000 & 1)) })
	got := mask.Spread(m, 3, nil)
	for _, c := range []struct {
		x    int
		want byte
	}{{0, 0}, {39_996, 0}, {39_998, 255}, {60_000, 255}, {80_001, 255}, {80_004, 0}, {99_999, 0}} {
		if v := got.AlphaAt(c.x, 0).A; v != c.want {
			t.Errorf("column %d: expected %d, found %d", c.x, c.want, v)
		}
	}
}

// Painted below its shape, a stroke leaves no gap.
func TestOuterStroke(t *testing.T) {
	t.Parallel()
	m := disc(image.Rect(0, 0, 60, 60), 30.2, 29.7, 18.3)
	for _, width := range []float64{1, 2, 5.5} {
		stroke := mask.OuterStroke(m, width, nil)
		got := mask.Union(stroke, m)
		expectNear(t, got, mask.Spread(m, width, nil), 1)
		if v := stroke.AlphaAt(30, 30).A; v != 0 {
			t.Errorf("expected nothing below the middle of the shape, found %d", v)
		}
	}
}

func TestDrop(t *testing.T) {
	t.Parallel()
	m := disc(image.Rect(0, 0, 60, 60), 30, 30, 18)
	for _, c := range [][5]float64{{0, 0, 0, 0}, {5, -7, 0, 0}, {2.5, 3.25, 4, 0}, {-1.5, 0.75, 9, 3}, {1, 1, 2, -4}, {0.25, 0, 0.5, 0}} {
		dx, dy, sigma, spread := c[0], c[1], c[2], c[3]
		got := mask.Drop(m, dx, dy, sigma, spread, nil)
		want := disc(got.Rect, 30+dx, 30+dy, 18+spread)
		if sigma > 0 {
			blurred := gauss(want, want.Rect, sigma, nothing)
			for i, v := range blurred {
				want.Pix[i] = byte(math.Round(v))
			}
		}
		expectNear(t, got, want, 28)
	}
}

func TestInner(t *testing.T) {
	t.Parallel()
	m := painted(image.Rect(0, 0, 40, 40), func(x, y int) byte { return 255 })
	got := mask.Inner(m, 3, 0, 0, 2, nil)
	expectNear(t, got, painted(m.Rect, func(x, y int) byte {
		if x < 5 || x >= 41 || y < 2 || y >= 38 {
			return 255
		}
		return 0
	}), 6)
	soft := mask.Inner(m, 0, 0, 4, 0, nil)
	if edge, deep := soft.AlphaAt(0, 20).A, soft.AlphaAt(20, 20).A; edge < 100 || edge > 128 || deep != 0 {
		t.Errorf("expected about half at the edge and nothing deep inside, found %d and %d", edge, deep)
	}
}

func BenchmarkSpread(b *testing.B) {
	m := disc(image.Rect(0, 0, 560, 560), 280, 280, 200)
	var s mask.Scratch
	b.ReportAllocs()
	for b.Loop() {
		mask.Spread(m, 8, &s)
	}
}

func BenchmarkDrop(b *testing.B) {
	m := disc(image.Rect(0, 0, 560, 560), 280, 280, 200)
	var s mask.Scratch
	b.ReportAllocs()
	for b.Loop() {
		mask.Drop(m, 0, 8.5, 12, 0, &s)
	}
}

func BenchmarkRoundedRectangle(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		mask.RoundedRectangle(image.Rect(0, 0, 560, 560), 0, 0, 560, 560, [4]float64{24, 24, 24, 24})
	}
}
