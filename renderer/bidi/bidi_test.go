package bidi_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/bidi"
)

// script is the letters that capitals stand for in a test, A to Z.
type script string

const (
	hebrew script = "אבגדהוזחטיךכלםמןנסעףפץצקרש"
	arabic script = "ابتثجحخدذرزسشصضطظعغفقكلمنه"
)

const formats = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"

// signs are what formatting characters are written as in a test.
var signs = strings.NewReplacer("<LRE>", "\u202a", "<RLE>", "\u202b", "<PDF>", "\u202c",
	"<LRO>", "\u202d", "<RLO>", "\u202e",
	"<LRI>", "\u2066", "<RLI>", "\u2067", "<FSI>", "\u2068", "<PDI>", "\u2069", "<LRM>", "\u200e", "<RLM>", "\u200f")

func (s script) text(written string) []rune {
	text, letters := []rune(signs.Replace(written)), []rune(s)
	for i, r := range text {
		if r >= 'A' && r <= 'Z' {
			text[i] = letters[r-'A']
		}
	}
	return text
}

// seen is what a reader sees of a line from left to right, with brackets mirrored, in capitals again.
func (s script) seen(text []rune, levels []bidi.Level, start int) string {
	var out strings.Builder
	letters := []rune(s)
	for _, i := range visual(bidi.Runs(levels, start, nil), nil) {
		r := text[i]
		if at := slices.Index(letters, r); at >= 0 {
			r = 'A' + rune(at)
		}
		if at := strings.IndexRune("()[]", r); at >= 0 && levels[i-start].RightToLeft() {
			r = rune("()[]"[at^1])
		}
		if !strings.ContainsRune(formats, r) {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// TestLines shows what becomes of the titles of an ad. Capitals stand for letters that run right to left.
func TestLines(t *testing.T) {
	t.Parallel()
	f := func(s script, written string, base bidi.Direction, want string) {
		t.Helper()
		var p bidi.Paragraph
		text := s.text(written)
		p.Resolve(text, base)
		if got := s.seen(text, p.Line(0, len(text), nil), 0); got != want {
			t.Errorf("%q: expected %q; found %q", written, want, got)
		}
	}
	const auto, ltr, rtl = bidi.Auto, bidi.LeftToRight, bidi.RightToLeft

	f(hebrew, "", auto, "")
	f(hebrew, "sale", auto, "sale")
	f(hebrew, "SALE", auto, "ELAS")
	f(hebrew, "!?", auto, "!?")
	f(hebrew, "!?", rtl, "?!")
	f(hebrew, "sale!", rtl, "!sale")

	// Prices.
	f(hebrew, "PRICE 99.90", auto, "99.90 ECIRP")
	f(hebrew, "PRICE: $99.90 ONLY", auto, "YLNO $99.90 :ECIRP")
	f(hebrew, "PRICE 1,299.90 ₪", auto, "₪ 1,299.90 ECIRP")
	f(hebrew, "PRICE 1,299.90₪", auto, "1,299.90₪ ECIRP")
	f(hebrew, "SALE -20%", auto, "20%- ELAS")
	f(arabic, "SALE 20%", auto, "%20 ELAS")
	f(hebrew, "DAYS 10-20", auto, "10-20 SYAD")
	f(arabic, "DAYS 10-20", auto, "20-10 SYAD")
	f(arabic, "PRICE ١٬٢٩٩٫٩٠ NOW", auto, "WON ١٬٢٩٩٫٩٠ ECIRP")
	f(hebrew, "only 5 SHOES 42 left", auto, "only 5 42 SEOHS left")

	// Part numbers.
	f(hebrew, "MODEL ab-12/3c", auto, "ab-12/3c LEDOM")
	f(hebrew, "MODEL 12-ab", auto, "ab-12 LEDOM")
	f(hebrew, "MODEL <LRI>12-ab<PDI>", auto, "12-ab LEDOM")
	f(hebrew, "MODEL <LRM>12-ab", auto, "12-ab LEDOM")
	f(arabic, "MODEL x200 (v2)", auto, "x200 (v2) LEDOM")
	f(arabic, "MODEL x200 (v2) NEW", auto, "WEN x200 (v2) LEDOM")

	// Brackets.
	f(hebrew, "SHOE (nike) NEW", auto, "WEN (nike) EOHS")
	f(arabic, "SHOE (42)", auto, "(42) EOHS")
	f(hebrew, "nike (SHOE) NEW", auto, "nike (EOHS) WEN")
	f(hebrew, "nike (SHOE [42]) x", auto, "nike ([42] EOHS) x")
	f(hebrew, "SHOE (nike", auto, "nike) EOHS")

	// What the text itself demands.
	f(hebrew, "<RLO>abc 12<PDF> def", auto, "21 cba def")
	f(hebrew, "<LRO>ABC<PDF> def", auto, "ABC def")
	f(hebrew, "by <RLE>A 1 b<PDF> now", auto, "by b 1 A now")
	f(hebrew, "<FSI>SHOES<PDI> 42 cm", auto, "SEOHS 42 cm")
	f(hebrew, "<FSI>SHOES<PDI> - <FSI>HATS<PDI>", ltr, "SEOHS - STAH")
	f(hebrew, "SHOES - HATS", ltr, "STAH - SEOHS")
	f(hebrew, "<FSI>(nike) SHOES<PDI> x", auto, "(nike) SEOHS x")
	f(hebrew, "a<PDF><PDI>B C", auto, "aC B")

	// White space at the end is on the side where the paragraph ends.
	f(hebrew, "NEW  ", ltr, "WEN  ")
	f(hebrew, "new  ", rtl, "  new")
	f(hebrew, "NEW <LRI> <PDI> ", ltr, "WEN   ")
	f(hebrew, "A \tB", ltr, "A \tB")
}

// TestBrokenLines lets the lines of one paragraph begin anywhere.
func TestBrokenLines(t *testing.T) {
	t.Parallel()
	var p bidi.Paragraph
	text := hebrew.text("SHOES FOR run WITH 2 SOLES")
	p.Resolve(text, bidi.Auto)
	f := func(from, to int, want string) {
		t.Helper()
		levels := p.Line(from, to, nil)
		if got := hebrew.seen(text, levels, from); got != want {
			t.Errorf("%d to %d: expected %q; found %q", from, to, want, got)
		}
	}
	f(0, 10, " ROF SEOHS")
	f(10, 14, " run")
	f(14, 26, "SELOS 2 HTIW")
	f(26, 26, "")
}

func TestResolve(t *testing.T) {
	t.Parallel()
	var p bidi.Paragraph
	f := func(written string, base bidi.Direction, wantOwn bidi.Level, want ...bidi.Level) {
		t.Helper()
		levels, own := p.Resolve(hebrew.text(written), base)
		if own != wantOwn || !slices.Equal(levels, want) {
			t.Errorf("%q: expected %d %v; found %d %v", written, wantOwn, want, own, levels)
		}
	}
	f("", bidi.Auto, 0)
	f("", bidi.RightToLeft, 1)
	f("a1", bidi.RightToLeft, 1, 2, 2)
	f("<LRI>A<PDI>b", bidi.Auto, 0, 0, 3, 0, 0)
	f("<LRI>a<PDI>B", bidi.Auto, 1, 1, 2, 1, 1)
	f("<LRI>aB", bidi.Auto, 0, 0, 2, 3)
	f("<RLE>a<PDF>\u200b", bidi.Auto, 0, 0, 2, 2, 2)
	f("\u200ba", bidi.RightToLeft, 1, 1, 2)

	// A separator ends what is open at it, and keeps apart what it parts.
	f("<RLI>a\na", bidi.Auto, 0, 0, 2, 0, 0)
	f("A\n.A", bidi.LeftToRight, 0, 1, 0, 0, 1)
	f("(\n)A", bidi.Auto, 0, 0, 0, 0, 1)
	f("<RLE>A<PDF>\n<RLE>A", bidi.LeftToRight, 0, 0, 1, 1, 0, 0, 1)
	f("<LRE>a<PDF>\n<LRE>a", bidi.RightToLeft, 1, 1, 2, 2, 1, 1, 2)
	f("<FSI>\nA<PDI>", bidi.Auto, 0, 0, 0, 1, 0)
}

// TestDepth goes beyond the deepest level, and back.
func TestDepth(t *testing.T) {
	t.Parallel()
	var p bidi.Paragraph
	f := func(open, shut string, deepest bidi.Level) {
		t.Helper()
		text := hebrew.text(strings.Repeat(open, 300) + "x" + strings.Repeat(shut, 300) + "x")
		levels, _ := p.Resolve(text, bidi.Auto)
		if got, after := levels[300], levels[601]; got != deepest || after != 0 {
			t.Errorf("300 × %s: expected level %d, then 0; found %d, %d", open, deepest, got, after)
		}
	}
	f("<LRI>", "<PDI>", 124)
	f("<RLI>", "<PDI>", 126)
	f("<LRE>", "<PDF>", 124)
	f("<RLE>", "<PDF>", 126)
	f("<RLO>", "<PDF>", 125)
}

func TestRuns(t *testing.T) {
	t.Parallel()
	f := func(levels []bidi.Level, want ...bidi.Run) {
		t.Helper()
		if got := bidi.Runs(levels, 10, nil); !slices.Equal(got, want) {
			t.Errorf("%v: expected %v; found %v", levels, want, got)
		}
	}
	f(nil)
	f([]bidi.Level{0, 0}, bidi.Run{10, 12, 0})
	f([]bidi.Level{0, 2}, bidi.Run{10, 11, 0}, bidi.Run{11, 12, 2})
	f([]bidi.Level{1, 2, 2, 1}, bidi.Run{13, 14, 1}, bidi.Run{11, 13, 2}, bidi.Run{10, 11, 1})
	f([]bidi.Level{0, 1, 2, 3, 2, 0},
		bidi.Run{10, 11, 0}, bidi.Run{12, 13, 2}, bidi.Run{13, 14, 3}, bidi.Run{14, 15, 2}, bidi.Run{11, 12, 1}, bidi.Run{15, 16, 0})
	f([]bidi.Level{255, 254, 255}, bidi.Run{10, 11, 255}, bidi.Run{11, 12, 254}, bidi.Run{12, 13, 255})
}

func TestSimpleTexts(t *testing.T) {
	t.Parallel()
	f := func(written string, want bool) {
		t.Helper()
		if got := bidi.Simple(hebrew.text(written)); got != want {
			t.Errorf("%q: expected %t; found %t", written, want, got)
		}
	}
	f("", true)
	f("größe 42, מחיר", false)
	f("größe 42 – now €99!", true)
	f("Ελληνικά, русский, हिन्दी, ไทย, 日本語, 한국어, 👟🏽", true)
	f("a<LRM> b", true)
	f("sale 20% ١٢", false)
	f("<RLO>sale", false)
	f("<LRI>sale<PDI>", false)
}
