package typeset_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/typeset"
)

// fits tells whether all of a text stands in its box at one size, no word broken.
func fits(t *testing.T, s *typeset.Setter, words string, style typeset.Style, size float64) bool {
	t.Helper()
	style.Size, style.MinSize = size, 0
	for _, word := range strings.Fields(words) {
		if width(t, word, style) > style.Width+1.0/64 {
			return false
		}
	}
	all := style
	all.MaxLines, all.Height = 0, 0
	lines := len(set(t, s, words, all).Lines)
	return (style.MaxLines == 0 || lines <= style.MaxLines) &&
		(style.Height == 0 || float64(lines)*size*style.LineHeight <= style.Height+1e-6 || lines == 1)
}

// Shrinking finds the same size as trying all of them.
func TestShrink(t *testing.T) {
	t.Parallel()
	s := newSetter()
	shrunk := 0
	for i, words := range []string{
		"Waterproof Leather Weekender with a Very Long Name Indeed", "Donaudampfschifffahrtsgesellschaft", "one two three four five six", "x", "",
		"a b c d e f g h i j k l m n o p",
	} {
		for _, box := range []typeset.Style{
			{Width: 200, Height: 100}, {Width: 200, MaxLines: 2}, {Width: 90, Height: 40, MaxLines: 3}, {Width: 500}, {Width: 333.3, Height: 61.7, LetterSpacing: 1.5},
		} {
			for _, sizes := range [][2]float64{{40, 8}, {41.3, 12.2}, {20, 20}, {30, 29.9}, {10, 30}} {
				style := box
				style.Families, style.Weight, style.LineHeight = "Go", 400, 1.2
				style.Size, style.MinSize = sizes[0], sizes[1]
				got := set(t, s, words, style).Size
				want := style.Size
				if smallest := min(style.Size, style.MinSize); !fits(t, s, words, style, want) {
					want = smallest
					for size := smallest; size < style.Size; size += 0.5 {
						if fits(t, s, words, style, size) {
							want = size
						}
					}
				}
				if diff := got - want; diff > 1e-9 || diff < -1e-9 {
					t.Errorf("text %d, %s: expected a size of %v; found %v", i, describe(style), want, got)
				}
				if got < style.Size && got > style.MinSize {
					shrunk++
				}
			}
		}
	}
	if shrunk < 20 {
		t.Errorf("expected that most of the texts shrink; found %d", shrunk)
	}
}

func describe(s typeset.Style) string {
	return fmt.Sprintf("%v to %v in %vx%v, %d lines", s.Size, s.MinSize, s.Width, s.Height, s.MaxLines)
}
