package typeset

import (
	"math"
	"strings"
	"testing"
)

// A piece between two edges that may be cut is what shaping it alone gives.
func TestPieces(t *testing.T) {
	t.Parallel()
	w := New(NewFonts(nil), 0).worker()
	style := Style{Font: Font{Families: "Go", Weight: 400}, Size: 20, LineHeight: 1}
	shape := func(words string) *shaped {
		of := one(words, &style)
		w.graphemes = w.graphemes[:0]
		return w.shaped(&of, of.begin(len(words), read{}), &style)
	}
	whole := func(s *shaped) run {
		r := s.rough(0, len(s.edges)-1)
		_, r.glyphs = s.seen(0, len(s.edges)-1, nil, nil)
		return r
	}
	text := []rune("To. fi e\u0301V\u0301\u0323a\u200b\u00ad\u2060b\n\nc d")
	all := shape(string(text))
	cut := 0
	for i := range all.edges {
		for j := i; j < len(all.edges); j++ {
			if !all.edges[i].cut || !all.edges[j].cut {
				continue
			}
			cut++
			piece, alone := all.rough(i, j), whole(shape(string(text[i:j])))
			_, piece.glyphs = all.seen(i, j, nil, nil)
			if math.Abs(piece.width-alone.width) > 1e-9 || piece.letters != alone.letters || len(piece.glyphs) != len(alone.glyphs) {
				t.Errorf("%q: expected %v wide, %d letters; found %v, %d", string(text[i:j]), alone.width, alone.letters, piece.width, piece.letters)
			}
		}
	}
	if cut < 100 {
		t.Errorf("expected more than 100 pieces; found %d", cut)
	}
	for i, r := range text {
		if r == '\u0301' && all.edges[i].cut {
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

func TestPrefixNear(t *testing.T) {
	t.Parallel()
	for n := range 40 {
		for want := range n + 1 {
			for about := range n + 1 {
				asked := 0
				got := prefixNear(about, n, func(i int) bool {
					asked++
					return i < want
				})
				if most := 2 + 5*min(max(want-about, about-want), 4); got != want || asked > most {
					t.Errorf("about %d of %d: expected %d, asked at most %d times; found %d, asked %d times", about, n, want, most, got, asked)
				}
			}
		}
	}
}

// A size at which a word has to be broken is known not to fit before the rest is broken.
func TestSizesThatDoNotFit(t *testing.T) {
	t.Parallel()
	s := New(NewFonts(nil), 1<<20)
	style := Style{Size: 20, LineHeight: 1.2, Width: 100}
	of := one("one "+strings.Repeat("w", 200), &style)
	w := s.worker()
	p := w.paragraph(&of, of.begin(1000, read{}), &style)
	if p.fitting(20) || len(p.lines) != 1 {
		t.Errorf("expected that it does not fit, known after 1 line; found %d lines", len(p.lines))
	}
	if next, fits := p.broken(20); fits || next != 204 || len(p.lines) < 10 {
		t.Errorf("expected all lines, and that it does not fit; found %d lines up to %d", len(p.lines), next)
	}
}
