package typeset_test

import (
	"errors"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/image/font/gofont/goregular"

	"github.com/adloom/adloom/renderer/fontfile"
	"github.com/adloom/adloom/renderer/typeset"
)

// Which face of a family stands in for a weight and slant that it lacks, as CSS
// Fonts 4, section 5.2 says.
func TestNearestFace(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		has    []int // weights; negative: italic
		weight int
		italic bool
		want   int
	}{
		{[]int{300, 400, 700}, 400, false, 400},
		{[]int{300, 500, 700}, 400, false, 500},
		{[]int{300, 600}, 400, false, 300},
		{[]int{600, 700}, 500, false, 600},
		{[]int{300, 400, 700}, 500, false, 400},
		{[]int{100, 400}, 300, false, 100},
		{[]int{400, 700}, 300, false, 400},
		{[]int{400, 900}, 600, false, 900},
		{[]int{400, 500}, 600, false, 500},
		{[]int{400, -900}, 400, true, -900},
		{[]int{-400, 900}, 400, false, 900},
	} {
		loaded := 0
		var files []typeset.FontFile
		for _, w := range test.has {
			files = append(files, typeset.FontFile{Face: fontfile.Face{Family: "Test", Weight: [2]float64{math.Abs(float64(w)), math.Abs(float64(w))}, Italic: w < 0}, Load: func() ([]byte, error) {
				loaded = w
				return goregular.TTF, nil
			}})
		}
		style := plain
		style.Families, style.Weight, style.Italic = "test", test.weight, test.italic
		set(t, typeset.New(typeset.NewFonts(files), 0), "x", style)
		if loaded != test.want {
			t.Errorf("of %v for %d (italic: %v): expected %d; found %d", test.has, test.weight, test.italic, test.want, loaded)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	fonts := typeset.NewFonts([]typeset.FontFile{{Face: fontfile.Face{Family: "Source Sans"}}, {Face: fontfile.Face{Family: "source sans", Weight: [2]float64{700, 700}}}, {Face: fontfile.Face{Family: "Arial"}}})
	if got, index, err := fonts.Find([]string{"Missing", "SourceSans"}); got != "Source Sans" || index != 1 || err != nil {
		t.Errorf("expected Source Sans, the second; found %q, %d, %v", got, index, err)
	}
	if _, _, err := fonts.Find([]string{"Missing", "Neither"}); err == nil || !strings.Contains(err.Error(), "Missing, Neither") {
		t.Errorf("expected an error that names what was wanted; found %v", err)
	}
	if got := strings.Join(fonts.Families(), ","); got != "Arial,Go,Source Sans" {
		t.Errorf("expected each family once, by name; found %s", got)
	}
}

// A family that is not there is passed over; a font that cannot be loaded is an
// error, and tried again.
// A broken font that stands in is read once, however many characters it is asked for.
func TestBrokenFontIsReadOnce(t *testing.T) {
	t.Parallel()
	var reads atomic.Int32
	s := typeset.New(typeset.NewFonts([]typeset.FontFile{{
		Face: fontfile.Face{Family: "Noto Sans", Names: []string{"Noto Sans"}, Weight: [2]float64{400, 400}},
		Load: func() ([]byte, error) { reads.Add(1); return goregular.TTF[:1000], nil },
	}}), 1<<20)
	if l := set(t, s, strings.Repeat("漢字", 50), plain); len(l.Missing) != 2 {
		t.Errorf("expected 2 characters without a font; found %q", l.Missing)
	}
	if n := reads.Load(); n != 1 {
		t.Errorf("expected that the font is read once; found %d times", n)
	}
}

func TestFontsThatFail(t *testing.T) {
	t.Parallel()
	var tries atomic.Int32
	fonts := typeset.NewFonts([]typeset.FontFile{
		{Face: fontfile.Face{Family: "Late", Weight: [2]float64{400, 400}}, Load: func() ([]byte, error) {
			if tries.Add(1) == 1 {
				return nil, errors.New("not yet")
			}
			return goregular.TTF, nil
		}},
		{Face: fontfile.Face{Family: "Broken", Weight: [2]float64{400, 400}}, Load: func() ([]byte, error) { return goregular.TTF[:1000], nil }},
	})
	s := typeset.New(fonts, 1<<20)
	layout := func(families string) error {
		style := plain
		style.Families = families
		_, err := s.Layout("x", style)
		return err
	}
	if err := layout("Late"); err == nil || !strings.Contains(err.Error(), "Late") || !strings.Contains(err.Error(), "not yet") {
		t.Errorf("expected an error that names the font and the cause; found %v", err)
	}
	if err := layout("Late"); err != nil {
		t.Errorf("expected that it is tried again; found %v", err)
	}
	if err := layout("Go, Broken"); err == nil || !strings.Contains(err.Error(), "Broken") {
		t.Errorf("expected an error that names the font; found %v", err)
	}
	for range 3 {
		if err := layout("Broken"); err == nil {
			t.Error("expected an error of a font that stays broken")
		}
	}
	for _, families := range []string{"", ",,", "Missing", "Missing, Go ,Go"} {
		if err := layout(families); err != nil {
			t.Errorf("%q: expected the built-in font; found %v", families, err)
		}
	}
}
