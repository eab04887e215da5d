package path_test

import (
	"image"
	"math"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/path"
)

// TestParse compares spellings of the same path by what they cover.
func TestParse(t *testing.T) {
	for _, c := range []struct{ d, same string }{
		{"m10 10 20 0 0 20z", "M10,10L30,10L30,30Z"},
		{"M10 10h20v20z", "M10,10H30V30z"},
		{"M.5.5l1e1-.5-5+2e+1Z", "M0.5 0.5L10.5 0L5.5 20Z"},
		{"M10 10q10 20 20 0t20 0z", "M10 10Q20 30 30 10Q40 -10 50 10Z"},
		{"M10 10T30 30L40 10", "M10 10L30 30L40 10"},
		{"M10 10c0 20 10 20 20 0s20 20 30 10z", "M10 10C10 30 20 30 30 10C40 -10 50 30 60 20Z"},
		{"M10 10S20 40 30 10z", "M10 10C10 10 20 40 30 10Z"},
		{"M10 10h10v10zl-5 20h9z", "M10 10h10v10z M10 10 L5 30H14Z"},
		{"M40 20a20 10 0 11-.001 0", "M40 20A20 10 0 1 1 39.999 20"},
		{"M10 30A20 20 0 0150 30", "M10 30a20,20,0,0,1,40,0"},
		{"M10 30A1 1 0 0150 30", "M10 30a20 20 0 0140 0"},
		{"M10 30A0 5 0 0150 30L40 50", "M10 30L50 30L40 50"},
		{" \n ", ""},
		{"M5 5", ""},
	} {
		got, want := parse(t, c.d), parse(t, c.same)
		area := image.Rect(0, 0, 70, 50)
		a, b := got.Coverage(area, path.NonZero), want.Coverage(area, path.NonZero)
		for i := range a.Pix {
			if d := int(a.Pix[i]) - int(b.Pix[i]); max(d, -d) > 1 {
				t.Errorf("%q: expected the pixels of %q; found %d instead of %d at %d,%d", c.d, c.same, a.Pix[i], b.Pix[i], i%70, i/70)
				break
			}
		}
	}
}

// TestArc checks the four arcs between two points.
func TestArc(t *testing.T) {
	const r = 20.0
	small := r * r * (math.Pi/4 - 0.5) // a quarter less its triangle
	large := r*r*math.Pi - small
	for _, c := range []struct {
		d         string
		want      float64
		right, up bool // of the chord's middle lies most of it
	}{
		{"M50 30A20 20 0 0 1 70 50z", small, true, true},
		{"M50 30A20 20 0 1 1 70 50z", large, true, true},
		{"M50 30A20 20 0 0 0 70 50z", small, false, false},
		{"M50 30A20 20 0 1 0 70 50z", large, false, false},
	} {
		p := parse(t, c.d)
		if got := covered(p, image.Rect(0, 0, 120, 120), path.NonZero); math.Abs(got-c.want) > 0.003*c.want {
			t.Errorf("%s: expected the area %.1f; found %.1f", c.d, c.want, got)
		}
		b, _ := p.Bounds()
		if right, up := b.X0+b.X1 >= 120, b.Y0+b.Y1 <= 80; c.want == large && (right != c.right || up != c.up) {
			t.Errorf("%s: expected it to the right: %t, up: %t; found %v", c.d, c.right, c.up, b)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ d, want string }{
		{"L1 1", "byte 0: expected M or m first; found 'L'"},
		{"M1", "byte 2: expected a number; found the end"},
		{"M1 1 x", "byte 5: expected a command; found 'x'"},
		{"M1 1L2,,3", "byte 7: expected a number; found ','"},
		{"M1 1L2 3,", "byte 9: expected a number; found the end"},
		{"M1 1A1 1 0 2 0 3 3", "byte 11: expected a flag, 0 or 1; found '2'"},
		{"M1. 1", "byte 3: expected a number; found ' '"},
		{"M1e400 1", "byte 1: expected a coordinate within ±1000000; found 1e400"},
		{"M1 2000000", "byte 3: expected a coordinate within"},
		{"M0 0" + strings.Repeat("h999999", 2), "expected a coordinate within ±1000000; found 1.999998e+06"},
		{"M0 0" + strings.Repeat("h1", 20000), "expected at most 20000 segments"},
		{strings.Repeat(" ", 70000), "expected at most 65536 bytes; found 70000"},
		{"M0 0zz1", "byte 6: expected a command"},
	} {
		if _, err := path.Parse(c.d); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q: expected %q; found %v", c.d, c.want, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, d := range []string{
		"M10 10q10 20 20 0t20 0z", "m.5.5-1e3 2", "M0 0a1 2 30 0110 10z", "M0 0A1e6 1e-6 45 1 1 1e6 1e6", "M1 1c1 2 3 4 5 6s7 8 9 9z",
		"M1e6-1e6L-1e6 1e6h1v1zz", "M0 0zm5 5a3 3 0 1 0 1e-9 0",
	} {
		f.Add(d, 2.0, uint8(0))
	}
	f.Fuzz(func(t *testing.T, d string, width float64, kind uint8) {
		p, err := path.Parse(d)
		if err != nil {
			return
		}
		area := image.Rect(-7, 3, 57, 41)
		fill := p.Coverage(area, path.FillRule(kind&1))
		if again := p.Coverage(area, path.FillRule(kind&1)); string(again.Pix) != string(fill.Pix) {
			t.Fatal("expected the same coverage again")
		}
		style := path.Style{Width: width, Join: path.Join(kind >> 1 & 3 % 3), Cap: path.Cap(kind >> 3 & 3 % 3)}
		if kind&0x80 != 0 {
			style.Dash = []float64{math.Abs(width), 3}
		}
		p.Stroke(style).Coverage(area, path.NonZero)
		p.Transform(path.Matrix{width, 1, -width, width, 1, width}).Coverage(area, path.NonZero)
		if c := p.Cost(area); c < 0 {
			t.Fatalf("expected a cost of at least 0; found %d", c)
		}
	})
}
