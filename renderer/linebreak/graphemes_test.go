package linebreak_test

import (
	"slices"
	"testing"

	"github.com/adloom/adloom/renderer/linebreak"
)

func TestGraphemes(t *testing.T) {
	t.Parallel()
	f := func(text string, want ...int) {
		t.Helper()
		if got := linebreak.Graphemes([]rune(text), nil); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	f("")
	f("né!", 1, 2, 3)
	f("ne\u0301e", 1, 3, 4)
	f("a\r\nb", 1, 3, 4)
	f("👍🏽🇫🇮👨‍👩‍👧", 2, 4, 9)
	f("กำไร", 2, 3, 4)
}

func TestGraphemesAllocations(t *testing.T) {
	buf := make([]int, 0, 8)
	text := []rune("buttons")
	if n := testing.AllocsPerRun(100, func() { buf = linebreak.Graphemes(text, buf) }); n != 0 {
		t.Errorf("expected no allocations; found %v", n)
	}
}
