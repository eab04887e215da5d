package typeset

import (
	"math"
	"slices"
	"testing"

	"github.com/go-text/typesetting/language"
)

// What stands around a piece of a text has a say in how wide it is. The figures are
// those of Chromium 156, at 72 pixels.
func TestWidthsInContext(t *testing.T) {
	t.Parallel()
	s, style := New(worldFonts(), 8<<20), worldStyle(t)
	style.Font.Weight, style.Size, style.Width = 700, 72, 960
	for _, test := range []struct {
		name, words string
		line        int
		want        float64
	}{
		{"a dot between Cyrillic letters leans to neither", "А·ч)", 0, 147.28},
		{"a comma leans to the space at the end of a line that is shaped by itself", "Дитячий комбінезон-трансформер 0–18 міс., об'єм", 1, 862.78},
	} {
		t.Run(test.name, func(t *testing.T) {
			l, err := s.Layout(test.words, style)
			if err != nil {
				t.Fatal(err)
			}
			if got := l.Lines[test.line].Width; math.Abs(got-test.want) > 0.1 {
				t.Errorf("expected a width of %.2f; found %.2f", test.want, got)
			}
		})
	}
}

func width(t *testing.T, s *Setter, style Style, words string) float64 {
	t.Helper()
	style.Width = 1e4
	l, err := s.Layout(words, style)
	if err != nil {
		t.Fatal(err)
	}
	return l.Lines[0].Width
}

func TestScripts(t *testing.T) {
	t.Parallel()
	const (
		none     = language.Common
		latin    = language.Latin
		cyrillic = language.Cyrillic
	)
	for words, want := range map[string][]language.Script{
		"€ 5":   {none, none, none},
		"5 a":   {latin, latin, latin},
		"а·б":   {cyrillic, latin, cyrillic},
		"a·b":   {latin, latin, latin},
		"a (б)": {latin, latin, latin, cyrillic, latin},
		"a «б»": {latin, latin, latin, cyrillic, cyrillic}, // a quotation mark is no bracket
	} {
		var runs scriptRuns
		if got := runs.of([]rune(words)); !slices.Equal(got, want) {
			t.Errorf("%q: expected %v; found %v", words, want, got)
		}
	}
}

// Which half of the middle one of three characters goes.
func TestHalves(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		words, lang string
		left, right bool
	}{
		{"漢（漢", "ja", false, false},
		{"（（漢", "ja", true, false},
		{"((漢", "ja", false, false},
		{"(（漢", "ja", true, false},
		{"[「漢", "ko", true, false},
		{"„（漢", "en", true, false},
		{"·（漢", "ja", true, false},
		{"漢）)", "ja", false, true},
		{"漢。]", "ja", false, true},
		{"漢。]", "zh-Hant", false, false}, // it stands in the middle
		{"漢、·", "ja", false, true},
		{"漢）(", "ja", false, false},
		{"漢〟）", "ja", false, true},
		{"（〝漢", "ja", true, false},
	} {
		left, right := half([]rune(test.words), 1, test.lang)
		if left != test.left || right != test.right {
			t.Errorf("%q in %s: expected left %v, right %v; found %v, %v", test.words, test.lang, test.left, test.right, left, right)
		}
	}
}

// Letters keep the forms that join them where a word is broken.
func TestBrokenWordsStayJoined(t *testing.T) {
	t.Parallel()
	s, style := New(worldFonts(), 8<<20), worldStyle(t)
	style.Font.Families, style.Size = "Noto Sans Arabic", 30
	broken, err := s.Layout("سسسسسسسسس", func() Style { style.Width = 70; return style }())
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, line := range broken.Lines {
		sum += line.Width
	}
	if one := width(t, s, style, "سسسسسسسسس"); len(broken.Lines) < 2 || math.Abs(sum-one) > 0.01 {
		t.Errorf("expected several lines that are %.2f wide together; found %d, %.2f", one, len(broken.Lines), sum)
	}
}

// A hyphen that begins a line because its word was broken is a number's sign.
func TestHyphenBeforeNumber(t *testing.T) {
	t.Parallel()
	s := New(NewFonts(nil), 0)
	style := Style{Font: Font{Families: Builtin, Weight: 400}, Size: 20, LineHeight: 1}
	style.Width = width(t, s, style, "0000")
	l, err := s.Layout("9999-55-x", style)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	text := Runes("9999-55-x")
	for _, line := range l.Lines {
		got = append(got, string(text[line.Start:line.End]))
	}
	if want := []string{"9999", "-55", "-x"}; !slices.Equal(got, want) {
		t.Errorf("expected %q; found %q", want, got)
	}
}

func TestKeepWords(t *testing.T) {
	t.Parallel()
	s := New(worldFonts(), 1<<20)
	style := worldStyle(t)
	f := func(words string, width float64, normal, kept []string) {
		t.Helper()
		for keep, want := range map[bool][]string{false: normal, true: kept} {
			style.Width, style.KeepWords, style.Language = width, keep, "ko"
			l, err := s.Layout(words, style)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, line := range l.Lines {
				got = append(got, string([]rune(words)[line.Start:line.End]))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q, kept %v: expected %q; found %q", words, keep, want, got)
			}
		}
	}
	f("방수 백팩, 15인치 노트북", 168, []string{"방수 백팩, 15인", "치 노트북"}, []string{"방수 백팩,", "15인치 노트북"})
	f("軽量シューズ、男性用", 170, []string{"軽量シューズ、", "男性用"}, []string{"軽量シューズ、", "男性用"})
	f("軽量シューズ男性用", 170, []string{"軽量シューズ男", "性用"}, []string{"軽量シューズ男", "性用"}) // nothing else fits
}
