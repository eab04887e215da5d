package typeset_test

import (
	"math"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/typeset"
)

// plain is a style with room for everything.
var plain = typeset.Style{Font: typeset.Font{Families: "Go", Weight: 400}, Size: 20, LineHeight: 1.2, Width: 1e6}

var (
	builtin = typeset.NewFonts(nil)        // parsed once
	ruler   = typeset.New(builtin, 16<<20) // measures
)

func newSetter() *typeset.Setter { return typeset.New(builtin, 16<<20) }

func set(t testing.TB, s *typeset.Setter, words string, style typeset.Style) *typeset.Layout {
	t.Helper()
	l, err := s.Layout(words, style)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// width is what a text measures on one line.
func width(t testing.TB, words string, style typeset.Style) float64 {
	t.Helper()
	style.Width, style.Height, style.MaxLines, style.MinSize = 1e6, 0, 0, 0
	return set(t, ruler, words, style).Width
}

// expectLines compares a layout with the texts of its lines.
func expectLines(t *testing.T, l *typeset.Layout, style typeset.Style, want ...string) {
	t.Helper()
	if len(l.Lines) != len(want) {
		t.Fatalf("expected %d lines %q; found %d", len(want), want, len(l.Lines))
	}
	style.Size = l.Size
	widest := 0.0
	for i, text := range want {
		w := width(t, text, style)
		if math.Abs(l.Lines[i].Width-w) > 1e-9 {
			t.Errorf("line %d: expected %q, %v wide; found %v", i, text, w, l.Lines[i].Width)
		}
		widest = max(widest, w)
	}
	if math.Abs(l.Width-widest) > 1e-9 {
		t.Errorf("expected a width of %v; found %v", widest, l.Width)
	}
	if height := float64(len(want)) * l.Size * style.LineHeight; math.Abs(l.Height-height) > 1e-9 {
		t.Errorf("expected a height of %v; found %v", height, l.Height)
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		words string
		fit   string // what the box is just as wide as
		want  []string
	}{
		{"one line", "red shoes", "red shoes", []string{"red shoes"}},
		{"words", "red shoes for all", "red shoes", []string{"red shoes", "for all"}},
		{"space at a line's end takes no room", "red     shoes", "shoes", []string{"red", "shoes"}},
		{"space at the text's end", "red \n \u200b", "red", []string{"red"}},
		{"newlines", "a\nb\n\nc", "abc", []string{"a", "b", "", "c"}},
		{"other line breaks", "a\r\nb\rc\u2028d\u2029e\vf\fg\u0085h", "abc", []string{"a", "b", "c", "d", "e", "f", "g", "h"}},
		{"newlines only", "\n\n\r\n", "a", []string{""}},
		{"nothing", "", "a", []string{""}},
		{"tab", "a\tb", "ab", []string{"a", "b"}},
		{"tab in a line", "a\tb", "a b", []string{"a b"}},
		{"other controls", "a\x00b\x1b\x7f", "ab", []string{"ab"}},
		{"no-break space", "a\u00a0b c", "a\u00a0b", []string{"a\u00a0b", "c"}},
		{"hyphen", "well-known", "known", []string{"well-", "known"}},
		{"zero-width space", "one\u200btwo", "one", []string{"one", "two"}},
		{"zero-width space in a line", "one\u200btwo", "onetwo", []string{"onetwo"}},
		{"long word", "xxxxx", "xx", []string{"xx", "xx", "x"}},
		{"long word among others", "a xxxxx b", "xxx", []string{"a", "xxx", "xx", "b"}},
		{"accents stay with their letter", "e\u0301e\u0301e\u0301", "e", []string{"e\u0301", "e\u0301", "e\u0301"}},
		{"ideographs", "漢字かな", "漢字", []string{"漢字", "かな"}},
		{"not UTF-8", "a\xffb", "a\ufffdb", []string{"a\ufffdb"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			style := plain
			style.Width = width(t, test.fit, style)
			expectLines(t, set(t, newSetter(), test.words, style), style, test.want...)
		})
	}
}

// A line that is wider than the box by a hair is broken.
func TestLinesNearTheLimit(t *testing.T) {
	t.Parallel()
	s := newSetter()
	for _, spacing := range []float64{0, 3, -1, 0.3} {
		style := plain
		style.LetterSpacing = spacing
		exact := width(t, "Weekender bag", style)
		for _, slack := range []float64{-1, -0.02, 0, 0.02, 1} {
			style.Width = exact + slack
			want := 1
			if slack < -1.0/64 {
				want = 2
			}
			if got := len(set(t, s, "Weekender bag", style).Lines); got != want {
				t.Errorf("letter spacing %v, %v px more than it needs: expected %d lines; found %d", spacing, slack, want, got)
			}
		}
	}
}

func TestBoxWithoutWidth(t *testing.T) {
	t.Parallel()
	for _, wide := range []float64{0, -5, 3} {
		style := plain
		style.Width = wide
		expectLines(t, set(t, newSetter(), "a be\n\nc  d", style), style, "a", "b", "e", "", "c", "d")
	}
}

func TestLetterSpacing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		words   string
		letters int
	}{
		{"abcd", 4}, {"a", 1}, {"", 1}, {"a b", 3}, {"a\u200bb", 2}, {"a\u2060b", 2}, {"e\u0301x", 2},
	} {
		style := plain
		before := width(t, test.words, style)
		style.LetterSpacing = 7
		if got, want := width(t, test.words, style)-before, 7*float64(test.letters-1); math.Abs(got-want) > 1e-9 {
			t.Errorf("%q: expected letter spacing to add %v; found %v", test.words, want, got)
		}
	}
	style := plain
	style.LetterSpacing = 30
	style.Width = width(t, "abc", style)
	expectLines(t, set(t, newSetter(), "abc def gh", style), style, "abc", "def", "gh")
	// Accents are no letters: they do not count against the box.
	accents := strings.Repeat("e\u0301", 3)
	style.Width = width(t, "eee", style)
	expectLines(t, set(t, newSetter(), accents, style), style, accents)
}

func TestMaxLinesAndHeight(t *testing.T) {
	t.Parallel()
	const words = "one two three, four five six"
	for _, test := range []struct {
		name     string
		maxLines int
		height   float64
		ellipsis bool
		want     []string
	}{
		{"no limit", 0, 0, true, []string{"one two", "three,", "four five", "six"}},
		{"as many as there are", 4, 0, true, []string{"one two", "three,", "four five", "six"}},
		{"lines", 3, 0, false, []string{"one two", "three,", "four five"}},
		{"height", 0, 2 * 24, false, []string{"one two", "three,"}},
		{"height of nearly three lines", 0, 71.9, false, []string{"one two", "three,"}},
		{"height of no line", 0, 1, false, []string{"one two"}},
		{"the lower of both", 1, 48, false, []string{"one two"}},
		{"ellipsis", 3, 0, true, []string{"one two", "three,", "four fi…"}},
		{"ellipsis instead of punctuation", 2, 0, true, []string{"one two", "three…"}},
		{"ellipsis on the only line", 1, 0, true, []string{"one t…"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			style := plain
			style.MaxLines, style.Height, style.Ellipsis = test.maxLines, test.height, test.ellipsis
			style.Width = width(t, "four five", style)
			expectLines(t, set(t, newSetter(), words, style), style, test.want...)
		})
	}
}

func TestEllipsis(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, words, fit, want string }{
		{"long word", "Donaudampfschiff", "Donau…", "Donau…"},
		{"nothing fits", "wide", "i", "…"},
		{"only itself fits", "wide", "…", "…"},
		{"before a line break", "a\nb", "a…", "a…"},
		{"on an empty line", "\nb", "abc", "…"},
		{"no space before it", "ab cd ef", "ab …", "ab…"},
		{"whole graphemes", "e\u0301e\u0301e\u0301e\u0301", "ee…", "e\u0301e\u0301…"},
		{"nothing is left to show", "ab \n\t", "ab", "ab"},
		{"punctuation only", "----------", "---", "…"},
	} {
		t.Run(test.name, func(t *testing.T) {
			style := plain
			style.MaxLines, style.Ellipsis = 1, true
			style.Width = width(t, test.fit, style)
			expectLines(t, set(t, newSetter(), test.words, style), style, test.want)
		})
	}
}

func TestStyleOutOfRange(t *testing.T) {
	t.Parallel()
	s := newSetter()
	for name, change := range map[string]func(*typeset.Style, float64){
		"size":           func(s *typeset.Style, v float64) { s.Size = v },
		"smallest size":  func(s *typeset.Style, v float64) { s.MinSize = v },
		"line height":    func(s *typeset.Style, v float64) { s.LineHeight = v },
		"letter spacing": func(s *typeset.Style, v float64) { s.LetterSpacing = v },
		"width":          func(s *typeset.Style, v float64) { s.Width = v },
		"height":         func(s *typeset.Style, v float64) { s.Height = v },
	} {
		for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1e7, 1e7} {
			style := plain
			change(&style, v)
			if _, err := s.Layout("words", style); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s of %v: expected an error that names it; found %v", name, v, err)
			}
		}
	}
	if s.Bytes() != 0 {
		t.Errorf("expected that nothing is kept; found %d bytes", s.Bytes())
	}
}

// Soft hyphens that do not break lines are not seen, also where a word is broken behind
// one because nothing else fits.
func TestNoHyphens(t *testing.T) {
	t.Parallel()
	style := plain
	style.Width = width(t, "abcdef-", style) + 1
	style.NoHyphens = true
	expectLines(t, set(t, newSetter(), "abcdef\u00admnop", style), style, "abcdef", "mnop")
	style.NoHyphens = false
	if l := set(t, newSetter(), "abcdef\u00admnop", style); len(l.Lines) != 2 || l.Lines[0].Width <= width(t, "abcdef", style) {
		t.Errorf("expected a first line with a hyphen; found %d lines, the first one %v wide", len(l.Lines), l.Lines[0].Width)
	}
}
