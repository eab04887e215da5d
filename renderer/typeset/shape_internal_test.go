package typeset

import (
	"math"
	"testing"
)

// A piece between two edges that may be cut is what shaping it alone gives.
func TestPieces(t *testing.T) {
	t.Parallel()
	s := New(NewFonts(nil), 0)
	set, err := s.set("Go", 400, false)
	if err != nil {
		t.Fatal(err)
	}
	w := s.worker(set)
	text := []rune("To. fi e\u0301V\u0301\u0323a\u200b\u00ad\u2060b\n\nc d")
	whole := w.shape(text)
	cut := 0
	for i := range whole.edges {
		for j := i; j < len(whole.edges); j++ {
			if !whole.edges[i].cut || !whole.edges[j].cut {
				continue
			}
			cut++
			piece, alone := whole.piece(i, j), w.shape(text[i:j]).whole()
			if math.Abs(piece.width-alone.width) > 1e-9 || piece.letters != alone.letters || len(piece.glyphs) != len(alone.glyphs) {
				t.Errorf("%q: expected %v wide, %d letters; found %v, %d", string(text[i:j]), alone.width, alone.letters, piece.width, piece.letters)
			}
		}
	}
	if cut < 100 {
		t.Errorf("expected more than 100 pieces; found %d", cut)
	}
	for i, r := range text {
		if r == '\u0301' && whole.edges[i].cut {
			t.Errorf("expected that an accent is not cut off; found a cut at %d", i)
		}
	}
}

func TestPrefix(t *testing.T) {
	t.Parallel()
	for n := range 40 {
		for want := range n + 1 {
			farthest := -1
			got := prefix(n, func(i int) bool {
				farthest = max(farthest, i)
				return i < want
			})
			if got != want || farthest > 2*want {
				t.Errorf("of %d: expected %d, and a look at %d at the farthest; found %d and %d", n, want, 2*want, got, farthest)
			}
		}
	}
}
