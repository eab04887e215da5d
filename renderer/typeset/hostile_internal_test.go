package typeset

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// hostile are texts that no shop has, of as much as a field may hold.
var hostile = map[string]string{
	"combining marks":              "\u0301\u0323",
	"marks on one letter":          "\u0301",
	"newlines":                     "\n",
	"spaces":                       " ",
	"zero-width spaces":            "\u200b",
	"word joiners":                 "\u2060",
	"breaks without width":         "\u200b\u2060",
	"joiners":                      "\u200d",
	"emoji sequences":              "👩\u200d👩\u200d👧",
	"flags":                        "🇩",
	"right to left":                "سلام עולם ",
	"direction marks":              "\u202e\u2066a",
	"variation selectors":          "a\ufe0f",
	"lone surrogates":              "\xed\xa0\x80",
	"not UTF-8":                    "\xff",
	"zero bytes":                   "\x00",
	"no characters":                "\U0010ffff\ufffe",
	"accents behind spaces":        " \u0301",
	"Hangul letters":               "\u1100\u1161\u11a8",
	"Devanagari":                   "क्ष्म",
	"soft hyphens":                 "a\u00ad",
	"one wide ligature":            "\ufdfd",
	"brackets and quotes":          "(«\"",
	"numbers":                      "1.000,00",
	"tabs":                         "\t\r",
	"ideographs and accents":       "漢\u0301",
	"tags":                         "\U000e0061",
	"Hangul fillers":               "\u3164\u115f",
	"no-break spaces and a letter": "x\u00a0",
}

func TestHostileText(t *testing.T) {
	t.Parallel()
	fonts := NewFonts(nil)
	for _, test := range []struct {
		begin  string // of the text
		length int    // of the rest, in bytes: 16 KiB is what a field may hold
		style  Style
	}{
		{"wwww", 16 << 10, Style{Size: 20, MinSize: 6, LineHeight: 1.2, Width: 100, Height: 60, Ellipsis: true}},
		{"wwww", 2 << 10, Style{Size: 20, LineHeight: 1.2, Width: 1e6, MaxLines: 1, Ellipsis: true}},
		{"", 512, Style{Size: 300, MinSize: 10, LineHeight: 0.5, Width: 40, LetterSpacing: -4096}},
		{"", 1 << 10, Style{Size: 20, MinSize: 1, LineHeight: 1, Width: 300, Height: 300, LetterSpacing: 4096, Ellipsis: true}},
		{"w", 512, Style{Size: 12, MinSize: 11, LineHeight: 1}},
	} {
		s := New(fonts, 1<<20)
		for name, unit := range hostile {
			checkSetting(t, s, test.begin+strings.Repeat(unit, test.length/len(unit)), test.style)
			if t.Failed() {
				t.Fatalf("%s behind %q", name, test.begin)
			}
		}
	}
}

// checkSetting sets and draws a text, and compares the lines with the rules.
func checkSetting(t testing.TB, s *Setter, words string, style Style) {
	t.Helper()
	l, err := s.Layout(words, style)
	if err != nil {
		return // out of range
	}
	dst := image.NewRGBA(image.Rect(0, 0, 64, 64))
	s.Draw(dst, l, Ink{X: 3, Width: 50, Align: Center, Dress: Dress{Color: color.NRGBA{A: 255}, Strike: true}})
	s.Draw(dst, l, Ink{X: 3, Width: 50, Align: Right, Dress: Dress{Color: color.NRGBA{G: 9, A: 99}}})

	w := s.worker()
	of := one(words, &style)
	of.trim()
	beginning := of.begin(len(words), read{})
	text := beginning.runes
	p := w.paragraph(&of, beginning, &style)
	next, _ := p.broken(l.Size)
	if len(p.lines) != len(l.Lines) {
		t.Fatalf("expected the %d lines of the whole text; found %d", len(p.lines), len(l.Lines))
	}
	if most := style.most(l.Size); len(l.Lines) > most {
		t.Errorf("expected at most %d lines; found %d", most, len(l.Lines))
	}
	end := 0
	for i, line := range p.lines {
		// The lines follow each other, and only what is blank lies between them.
		if line.start < end || line.end < line.start {
			t.Fatalf("line %d: expected it from %d on; found %v", i, end, line)
		}
		if gap := text[end:line.start]; slices.ContainsFunc(gap, func(r rune) bool { return !blank(r) }) {
			t.Errorf("before line %d: expected space; found %q", i, string(gap))
		}
		if i == len(p.lines)-1 && next < len(text) && style.Ellipsis {
			if l.Lines[i].Width > style.limit() && l.Lines[i].run.letters > 1 {
				t.Errorf("line %d, with an ellipsis: expected at most %v; found %v", i, style.limit(), l.Lines[i].Width)
			}
			break
		}
		alone := p.ended(line, l.Size)
		if l.Lines[i].Width != alone.at(l.Size, style.LetterSpacing) {
			t.Errorf("line %d: expected the width of the same piece of the whole text; found %v", i, l.Lines[i].Width)
		}
		if l.Lines[i].Width > style.limit() && len(p.graphemesIn(line.start, line.end)) > 1 {
			t.Errorf("line %d: expected at most %v; found %v for %q", i, style.limit(), l.Lines[i].Width, string(text[line.start:line.end]))
		}
		end = line.end
	}
	if !style.Ellipsis && style.MaxLines == 0 && style.Height <= 0 && next != len(text) {
		t.Errorf("expected all %d runes; found %d", len(text), next)
	}
	s.workers.Put(w)
}

func FuzzSetting(f *testing.F) {
	for _, unit := range hostile {
		f.Add("wa "+strings.Repeat(unit, 10)+" b", 20.0, 8.0, 1.2, 0.0, 60.0, 50.0, 2, true)
	}
	f.Add("fi ffl AVA To.", 30.0, 30.0, 0.5, -2.0, 50.0, 0.0, 0, false)
	fonts := NewFonts(nil)
	setter := New(fonts, 1<<20)
	f.Fuzz(func(t *testing.T, words string, size, minSize, lineHeight, spacing, width, height float64, maxLines int, ellipsis bool) {
		if len(words) > 16<<10 || size > 200 {
			return // only slower
		}
		checkSetting(t, setter, words, Style{
			Size: size, MinSize: minSize, LineHeight: lineHeight, LetterSpacing: spacing,
			Width: width, Height: height, MaxLines: maxLines, Ellipsis: ellipsis,
		})
	})
}

// Controls are gone, line breaks are newlines, and nothing is read twice.
func FuzzLeading(f *testing.F) {
	f.Add("a\r\nb\tc\x00\xff", 3)
	f.Fuzz(func(t *testing.T, words string, most int) {
		text, read := leading(words, most, nil)
		if len(text) > max(0, most) || read > len(words) || read < len(words) && len(text) < most {
			t.Fatalf("expected at most %d runes of %d bytes; found %d of %d", most, len(words), len(text), read)
		}
		for _, r := range text {
			if r < ' ' && r != '\n' || r == '\x7f' || r == '\u2028' || !utf8.ValidRune(r) {
				t.Errorf("expected no controls; found %q", r)
			}
		}
	})
}
