package typeset_test

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/adloom/adloom/renderer/typeset"
)

var (
	black = color.NRGBA{A: 255}
	glass = color.NRGBA{R: 200, G: 100, B: 50, A: 128} // can be seen through
)

// drawn is a text on a transparent picture of 200x80.
func drawn(t testing.TB, s *typeset.Setter, words string, style typeset.Style, ink typeset.Ink) *image.RGBA {
	t.Helper()
	dst := image.NewRGBA(image.Rect(0, 0, 200, 80))
	s.Draw(dst, set(t, s, words, style), ink)
	return dst
}

// inked is the smallest rectangle around what is drawn.
func inked(img *image.RGBA) image.Rectangle {
	var area image.Rectangle
	for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
		for x := img.Rect.Min.X; x < img.Rect.Max.X; x++ {
			if img.RGBAAt(x, y).A > 0 {
				area = area.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return area
}

// same tells whether two pictures show the same in all pixels that both have.
func same(a, b *image.RGBA) bool {
	r := a.Rect.Intersect(b.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		if !bytes.Equal(a.Pix[a.PixOffset(r.Min.X, y):][:4*r.Dx()], b.Pix[b.PixOffset(r.Min.X, y):][:4*r.Dx()]) {
			return false
		}
	}
	return true
}

func shifted(img *image.RGBA, x, y int) *image.RGBA {
	moved := *img
	moved.Rect = moved.Rect.Add(image.Pt(x, y))
	return &moved
}

func TestDrawPlace(t *testing.T) {
	t.Parallel()
	s := newSetter()
	at := func(x, top float64) *image.RGBA {
		return drawn(t, s, "E", plain, typeset.Ink{X: x, Top: top, Dress: typeset.Dress{Color: black}})
	}
	from := at(20, 20)
	// At 20 px the font's ascent and descent are 18 and 5, and half of what the line
	// is higher, in whole pixels, goes above; a capital is 14.4 px high.
	const baseline = 20 + 18
	if r := inked(from); r.Min.X < 21 || r.Min.X > 23 || r.Max.Y != baseline || r.Min.Y != baseline-15 {
		t.Errorf("expected a letter from 20 on that stands on %d; found %v", baseline, r)
	}
	for _, move := range []struct {
		name   string
		x, top float64
		dx, dy int // by which the same is found; something else where not equal
		equal  bool
	}{
		{"whole pixels", 31, 14, 11, -6, true},
		{"less than an eighth of a pixel across", 20.1, 20, 0, 0, true},
		{"a quarter of a pixel across", 20.25, 20, 0, 0, false},
		{"a pixel less an eighth", 20.9, 20, 1, 0, true},
		{"less than half a pixel down", 20, 20.4, 0, 0, true},
		{"more than half a pixel up", 20, 19.4, 0, -1, true},
		{"to the left of the picture", -5, 20, -25, 0, true},
		{"quarters left of the picture", -5.75, 20, -25, 0, false},
	} {
		if got := same(at(move.x, move.top), shifted(from, move.dx, move.dy)); got != move.equal {
			t.Errorf("%s: expected the same letters to be %v; found %v", move.name, move.equal, got)
		}
	}
}

func TestAlign(t *testing.T) {
	t.Parallel()
	s := newSetter()
	l := set(t, s, "Hello", plain)
	at := func(x float64, align typeset.Align) *image.RGBA {
		return drawn(t, s, "Hello", plain, typeset.Ink{X: x, Width: l.Width + 40, Align: align, Dress: typeset.Dress{Color: black}})
	}
	left := at(10, typeset.Left)
	if !same(at(10, typeset.Center), shifted(left, 20, 0)) || !same(at(10, typeset.Right), shifted(left, 40, 0)) {
		t.Error("expected the middle 20 px to the right of left, and right 40")
	}
	// Each line for itself, without the space behind it.
	style := plain
	style.Width = width(t, "Hello", plain)
	two := set(t, s, "Hello I", style)
	dst := image.NewRGBA(image.Rect(0, 0, 200, 80))
	s.Draw(dst, two, typeset.Ink{X: 10, Width: 100, Align: typeset.Right, Dress: typeset.Dress{Color: black}})
	for y, row := range []image.Rectangle{image.Rect(0, 0, 200, 24), image.Rect(0, 24, 200, 48)} {
		if r := inked(dst.SubImage(row).(*image.RGBA)); r.Max.X < 106 || r.Max.X > 110 {
			t.Errorf("line %d: expected it to end at 110; found %v", y, r)
		}
	}
}

func TestStrike(t *testing.T) {
	t.Parallel()
	s := newSetter()
	for _, c := range []color.NRGBA{black, glass} {
		ink := typeset.Ink{X: 10, Top: 10, Dress: typeset.Dress{Color: c}}
		without := drawn(t, s, "i i", plain, ink)
		ink.Strike = true
		with := drawn(t, s, "i i", plain, ink)
		// Through the small letters, as wide as the text, no darker than its ink.
		end := 10 + int(width(t, "i i", plain))
		const baseline = 10 + 18
		for x := 11; x < end-1; x++ {
			thick := 0.0
			for y := baseline - 10; y < baseline-2; y++ {
				thick += float64(with.RGBAAt(x, y).A) / float64(c.A)
			}
			if thick < 0.9 {
				t.Fatalf("alpha %d: expected a line of about a pixel above %d,%d; found %v of one", c.A, x, baseline, thick)
			}
		}
		if r := inked(with); r.Min.X != 10 || r.Max.X > end+1 || r.Dy() != inked(without).Dy() {
			t.Errorf("expected a line from 10 to %d within the letters' height; found %v", end, r)
		}
		if same(with, without) {
			t.Error("expected a line; found none")
		}
	}
	if r := inked(drawn(t, s, "", plain, typeset.Ink{X: 10, Dress: typeset.Dress{Color: black, Strike: true}})); !r.Empty() {
		t.Errorf("expected no line through nothing; found %v", r)
	}
}

// Ink that can be seen through is laid once where glyphs overlap.
func TestTranslucentInk(t *testing.T) {
	t.Parallel()
	s := newSetter()
	style := plain
	style.LetterSpacing = -8
	for _, words := range []string{"HHHH", "mmmm", "O\u0338"} {
		img := drawn(t, s, words, style, typeset.Ink{X: 40, Top: 10, Dress: typeset.Dress{Color: glass, Strike: true}})
		full := 0
		for i := 3; i < len(img.Pix); i += 4 {
			if img.Pix[i] > glass.A {
				t.Fatalf("%s: expected an alpha of at most %d; found %d", words, glass.A, img.Pix[i])
			}
			if img.Pix[i] == glass.A {
				full++
			}
		}
		if full == 0 {
			t.Errorf("%s: expected pixels that are fully covered; found none", words)
		}
	}
	// Two letters in one place leave open what both do.
	one := drawn(t, s, "o", plain, typeset.Ink{X: 10, Dress: typeset.Dress{Color: color.NRGBA{A: 254}}})
	style.LetterSpacing = -width(t, "o", plain)
	two := drawn(t, s, "oo", style, typeset.Ink{X: 10, Dress: typeset.Dress{Color: color.NRGBA{A: 254}}})
	for i := 3; i < len(one.Pix); i += 4 {
		open := 1 - float64(one.Pix[i])/254
		if want := 254 * (1 - open*open); math.Abs(float64(two.Pix[i])-want) > 2 {
			t.Fatalf("pixel %d: expected a coverage of %v; found %d", i/4, want, two.Pix[i])
		}
	}
	// Where nothing overlaps, it covers what opaque ink covers.
	opaque := drawn(t, s, "H o", plain, typeset.Ink{X: 10, Dress: typeset.Dress{Color: black}})
	seen := drawn(t, s, "H o", plain, typeset.Ink{X: 10, Dress: typeset.Dress{Color: color.NRGBA{A: 254}}})
	for i := 3; i < len(opaque.Pix); i += 4 {
		if math.Abs(float64(opaque.Pix[i])-float64(seen.Pix[i])) > 2 {
			t.Fatalf("pixel %d: expected a coverage of %d; found %d", i/4, opaque.Pix[i], seen.Pix[i])
		}
	}
}

// A part of a picture gets what the whole would show there.
func TestDrawIntoAPart(t *testing.T) {
	t.Parallel()
	s := newSetter()
	style := plain
	style.Width = 120
	const words = "Some words on a few lines e\u0301\u0301\u0301"
	for _, c := range []color.NRGBA{black, glass} {
		ink := typeset.Ink{X: 15.3, Top: -8, Width: 120, Align: typeset.Center, Dress: typeset.Dress{Color: c, Strike: true}}
		whole := drawn(t, s, words, style, ink)
		for _, r := range []image.Rectangle{
			image.Rect(0, 0, 60, 80), image.Rect(60, 10, 61, 11), image.Rect(50, 70, 200, 80), image.Rect(30, 30, 30, 30), image.Rect(0, 17, 200, 18),
		} {
			part := image.NewRGBA(whole.Rect).SubImage(r).(*image.RGBA)
			s.Draw(part, set(t, s, words, style), ink)
			if !same(whole, part) {
				t.Errorf("%v: expected what the whole picture shows there", r)
			}
		}
	}
}

func TestDrawNothing(t *testing.T) {
	t.Parallel()
	s := newSetter()
	nan := math.NaN()
	for name, ink := range map[string]typeset.Ink{
		"no colour":   {X: 10, Top: 10, Dress: typeset.Dress{Color: color.NRGBA{R: 255}}},
		"NaN":         {X: nan, Dress: typeset.Dress{Color: black}},
		"NaN down":    {Top: nan, Dress: typeset.Dress{Color: glass}},
		"NaN wide":    {Width: nan, Align: typeset.Center, Dress: typeset.Dress{Color: black}},
		"infinite":    {X: math.Inf(-1), Dress: typeset.Dress{Color: glass}},
		"far away":    {X: 1e300, Dress: typeset.Dress{Color: black}},
		"right of it": {X: 9e5, Dress: typeset.Dress{Color: black, Strike: true}},
		"below it":    {Top: 9e5, Dress: typeset.Dress{Color: glass, Strike: true}},
	} {
		if r := inked(drawn(t, s, "words", plain, ink)); !r.Empty() {
			t.Errorf("%s: expected nothing; found ink in %v", name, r)
		}
	}
	s.Draw(&image.RGBA{}, set(t, s, "words", plain), typeset.Ink{Dress: typeset.Dress{Color: black}})
}
