package typeset

import "testing"

func TestBaseLevel(t *testing.T) {
	t.Parallel()
	f := func(words, lang string, auto, firstLetter uint8) {
		t.Helper()
		for direction, want := range map[Direction]uint8{Auto: auto, FirstLetter: firstLetter, LeftToRight: 0, RightToLeft: 1} {
			if got := baseLevel([]rune(words), &Style{Direction: direction, Language: lang}); uint8(got) != want {
				t.Errorf("%q in %s, direction %d: expected level %d; found %d", words, lang, direction, want, got)
			}
		}
	}
	f("", "en", 0, 0)
	f("", "ar", 0, 1)
	f("12 %", "he-IL", 0, 1)
	f("12 %", "de", 0, 0)
	f("12 %", "uz-Latn", 0, 0)
	f("12 %", "ku-Arab", 0, 0)
	f("(א)", "en", 1, 1)
	f("“خصم” Nike", "en", 1, 1)
	f("Nike خصم", "ar", 0, 0)
	f("1. Größe", "ar", 0, 0)
	f("\u200eریال 1,299", "fa", 0, 1) // as CLDR writes it
	f("\u200f719.20 \u200f₪", "he", 1, 1)
	f("\u200fiPhone 15", "en", 1, 1)
	f("\u2068חולצה\u2069 Nike", "en", 0, 1)
	f("from \u2068719.20 \u200f₪\u2069", "he", 0, 0)
	f("𞤀𞤁 x", "ff", 1, 1)
}
