package typeset

import (
	"iter"
	"math"
	"slices"
	"sort"

	"github.com/adloom/adloom/renderer/bidi"
)

// run is a piece of a shaped text: what a line shows, from left to right.
type run struct {
	glyphs  []placed
	width   float64 // in ems, without space between letters
	bitmaps int     // glyphs that come on top
	bitmap  float64 // the advance of each of those, in ems
	letters int
}

// at returns the run's width at a size.
func (r *run) at(size, spacing float64) float64 {
	width := float64(r.width*size) + float64(spacing*float64(max(0, r.letters-1)))
	if r.bitmaps > 0 {
		width += float64(float64(r.bitmaps) * math.Round(r.bitmap*size))
	}
	return width
}

// rough measures what lies between two edges, give or take a letter at each that
// may not be cut.
func (s *shaped) rough(start, end int) run {
	from, to := &s.edges[start], &s.edges[end]
	return run{width: to.x - from.x, letters: int(to.letters - from.letters), bitmaps: int(to.bitmaps - from.bitmaps), bitmap: float64(s.bitmap)}
}

// within goes over what lies between two edges of the items.
func (s *shaped) within(start, end int) iter.Seq[item] {
	return func(yield func(item) bool) {
		first := sort.Search(len(s.items), func(i int) bool { return s.items[i].end > start })
		for _, it := range s.items[first:] {
			if it.start >= end {
				return
			}
			it.start, it.end = max(start, it.start), min(end, it.end)
			if !yield(it) {
				return
			}
		}
	}
}

// seen appends to glyphs what lies between two edges that may be cut, as it is seen
// from left to right (UAX #9, rule L2).
func (s *shaped) seen(start, end int, pieces []bidi.Run, glyphs []placed) ([]bidi.Run, []placed) {
	pieces = pieces[:0]
	for it := range s.within(start, end) {
		pieces = append(pieces, bidi.Run{Start: it.start, End: it.end, Level: it.level})
	}
	bidi.Order(pieces)
	for _, p := range pieces {
		from, to := s.edges[p.Start].glyphs, s.edges[p.End].glyphs
		at := len(glyphs)
		glyphs = append(glyphs, s.glyphs[from:to]...)
		if p.Level.RightToLeft() {
			slices.Reverse(glyphs[at:])
		}
	}
	return pieces, glyphs
}
