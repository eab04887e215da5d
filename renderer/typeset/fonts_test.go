package typeset_test

import (
	"bytes"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goregular"

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
			files = append(files, typeset.FontFile{Family: "Test", Weight: max(w, -w), Italic: w < 0, Load: func() ([]byte, error) {
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
	fonts := typeset.NewFonts([]typeset.FontFile{{Family: "Source Sans"}, {Family: "source sans", Weight: 700}, {Family: "Arial"}})
	if got, err := fonts.Find([]string{"Missing", "SourceSans"}); got != "Source Sans" || err != nil {
		t.Errorf("expected Source Sans; found %q, %v", got, err)
	}
	if _, err := fonts.Find([]string{"Missing", "Neither"}); err == nil || !strings.Contains(err.Error(), "Missing, Neither") {
		t.Errorf("expected an error that names what was wanted; found %v", err)
	}
	if got := strings.Join(fonts.Families(), ","); got != "Arial,Go,Source Sans" {
		t.Errorf("expected each family once, by name; found %s", got)
	}
}

// A family that is not there is passed over; a font that cannot be loaded is an
// error, and tried again.
func TestFontsThatFail(t *testing.T) {
	t.Parallel()
	var tries atomic.Int32
	fonts := typeset.NewFonts([]typeset.FontFile{
		{Family: "Late", Weight: 400, Load: func() ([]byte, error) {
			if tries.Add(1) == 1 {
				return nil, errors.New("not yet")
			}
			return goregular.TTF, nil
		}},
		{Family: "Broken", Weight: 400, Load: func() ([]byte, error) { return goregular.TTF[:1000], nil }},
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
	for _, families := range []string{"", ",,", "Missing", "Missing, Go ,Go"} {
		if err := layout(families); err != nil {
			t.Errorf("%q: expected the built-in font; found %v", families, err)
		}
	}
}

func TestDescribeFont(t *testing.T) {
	t.Parallel()
	got, err := typeset.DescribeFont(bytes.NewReader(gobolditalic.TTF))
	if err != nil || got.Family != "Go" || got.Weight != 600 || !got.Italic {
		t.Errorf("expected Go, 600 (so the file says), italic; found %+v, %v", got, err)
	}
	for _, data := range [][]byte{nil, []byte("not a font"), goregular.TTF[:40]} {
		if _, err := typeset.DescribeFont(bytes.NewReader(data)); err == nil {
			t.Errorf("%d bytes: expected an error; found none", len(data))
		}
	}
}
