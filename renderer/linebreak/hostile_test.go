package linebreak_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/adloom/adloom/renderer/linebreak"
)

// Texts that are made to take long take about as long as others.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	f := func(piece string) {
		t.Helper()
		text := []rune(strings.Repeat(piece, 1<<18/len([]rune(piece))))
		start := time.Now()
		kinds := linebreak.Find(text, "th", nil)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q: expected a few seconds at most; found %v", piece, took)
		}
		if len(kinds) != len(text)+1 || kinds[0] != linebreak.None || kinds[len(text)] != linebreak.Mandatory {
			t.Errorf("%q: expected a kind for each place; found %d", piece, len(kinds))
		}
	}
	f(" ")
	f("\u0301")
	f("«\u0301")
	f("\u200d")
	f("🇫")
	f("(((")
	f("1,")
	f("ก")
	f("เ")
	f("า")
	f("ตา")
	f("มากกว่า")
	f("ๆ")
	f("\u0e48")
	f("က")
	f("ក")
	f("ກ")
}

func FuzzFind(f *testing.F) {
	f.Add("Hand-woven “linen” 50% 水、")
	f.Add("รองเท้าวิ่งๆ ລາຄາ ថ្ងៃ ယနေ့")
	f.Add("a\u200d\u0301\r\n🇫🇮\U0001f8ff")
	f.Fuzz(func(t *testing.T, s string) {
		text := []rune(s)
		for _, lang := range []string{"", "zh"} {
			kinds := linebreak.Find(text, lang, nil)
			if len(kinds) != len(text)+1 || kinds[0] == linebreak.Allowed || kinds[len(text)] != linebreak.Mandatory {
				t.Errorf("%q: expected a kind for each place; found %v", s, kinds)
			}
		}
		ends := linebreak.Graphemes(text, nil)
		if len(text) > 0 && ends[len(ends)-1] != len(text) {
			t.Errorf("%q: expected the last to end at %d; found %v", s, len(text), ends)
		}
	})
}

// What is no character counts as a letter.
func TestNoCharacters(t *testing.T) {
	t.Parallel()
	text := []rune{-1, math.MaxInt32, math.MinInt32, 0xd800, 0x10ffff, 0x110000}
	for i, kind := range linebreak.Find(text, "", nil)[:len(text)] {
		if kind != linebreak.None {
			t.Errorf("at %d: got %d, want none", i, kind)
		}
	}
}
