package bidi_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/bidi"
)

// FuzzResolve checks what holds for any text. It spells runes in bytes, so that all classes are near.
func FuzzResolve(f *testing.F) {
	alphabet := []rune("a1א٣ب+$,\u2029\t !()[]〈\u232a\u200b\u0300\u061c" + formats)
	f.Add([]byte("abc"), uint8(0))
	f.Add([]byte(strings.Repeat("\x15\x16(", 100)), uint8(2))
	f.Fuzz(func(t *testing.T, spelled []byte, direction uint8) {
		text := make([]rune, len(spelled))
		for i, b := range spelled {
			text[i] = alphabet[int(b)%len(alphabet)]
			if b >= 240 {
				text[i] = rune(b-240) << 17 // some anywhere, and some beyond Unicode
			}
		}
		base := bidi.Direction(direction % 4)
		var p bidi.Paragraph
		levels, own := p.Resolve(text, base)
		if len(levels) != len(text) || own > 1 {
			t.Fatalf("expected %d levels over 0 or 1; found %d over %d", len(text), len(levels), own)
		}
		for i, l := range levels {
			if l < own || l > 126+own {
				t.Fatalf("rune %d: expected a level from %d; found %d", i, own, l)
			}
			if own == 0 && base != bidi.RightToLeft && l != 0 && bidi.Simple(text) {
				t.Fatalf("rune %d of a simple text: expected level 0; found %d", i, l)
			}
		}
		checkRuns(t, p.Line(0, len(text), nil), len(text))
		checkParagraphs(t, text, levels, own)
	})
}

// checkRuns sees that every rune stands somewhere, once.
func checkRuns(t *testing.T, levels []bidi.Level, n int) {
	order := visual(bidi.Runs(levels, 0, nil), nil)
	slices.Sort(order)
	for i, at := range order {
		if i != at {
			t.Fatalf("expected each rune once; found %v", order)
		}
	}
	if len(order) != n {
		t.Fatalf("expected %d runes in order; found %d", n, len(order))
	}
}

// checkParagraphs sees that each paragraph of a text has the levels that it has by itself.
func checkParagraphs(t *testing.T, text []rune, levels []bidi.Level, own bidi.Level) {
	var p bidi.Paragraph
	base := bidi.LeftToRight
	if own == 1 {
		base = bidi.RightToLeft
	}
	for len(text) > 0 {
		end := slices.Index(text, '\u2029') + 1
		if end == 0 {
			end = len(text)
		}
		if got, _ := p.Resolve(text[:end], base); !slices.Equal(got, levels[:end]) {
			t.Fatalf("%q: expected the levels %v; found %v", string(text[:end]), levels[:end], got)
		}
		text, levels = text[end:], levels[end:]
	}
}
