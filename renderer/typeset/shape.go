package typeset

import (
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// shaped is a text whose glyphs are chosen and placed. Lengths are multiples of an
// em. It is immutable.
type shaped struct {
	glyphs []placed
	edges  []edge // edges[i] lies before the text's rune i; one more than there are runes
}

// placed is a glyph in its line. Its origin lies where the advances of those before
// it end.
type placed struct {
	dx, dy  float32 // off its origin; dy grows downward
	advance float32
	id      font.GID
	face    uint8 // in the set
	letter  bool  // the first glyph of a letter, for the space between letters
}

// edge is a place between two runes.
type edge struct {
	x       float64 // the advances before it
	glyphs  int32   // before it
	letters int32   // before it
	cut     bool    // both sides look the same when they are shaped by themselves
}

const (
	placedBytes = 20
	edgeBytes   = 24
)

func (s *shaped) bytes() int64 {
	return int64(placedBytes*len(s.glyphs)+edgeBytes*len(s.edges)) + 48
}

// run is a piece of a shaped text: what a line shows.
type run struct {
	glyphs  []placed
	width   float64 // in ems, without space between letters
	letters int
}

// piece is what lies between two edges that may be cut.
func (s *shaped) piece(start, end int) run {
	r := s.rough(start, end)
	r.glyphs = s.glyphs[s.edges[start].glyphs:s.edges[end].glyphs]
	return r
}

// rough measures what lies between two edges, give or take a letter at each that
// may not be cut.
func (s *shaped) rough(start, end int) run {
	from, to := &s.edges[start], &s.edges[end]
	return run{width: to.x - from.x, letters: int(to.letters - from.letters)}
}

// whole is all of the text.
func (s *shaped) whole() run { return s.piece(0, len(s.edges)-1) }

// at returns the run's width at a size.
func (r *run) at(size, spacing float64) float64 {
	return float64(r.width*size) + float64(spacing*float64(max(0, r.letters-1)))
}

type shapeKey struct {
	set  *faceSet
	text string
}

// shaped shapes, or remembers.
func (w *worker) shaped(text []rune) *shaped {
	key := shapeKey{w.set, string(text)}
	if s, ok := w.setter.shapes.Get(key); ok {
		return s
	}
	s := w.shape(text)
	w.setter.shapes.Add(key, s, s.bytes()+int64(len(key.text))+entryBytes)
	return s
}

// shape sets a text from left to right. Each rune is drawn with the first face that
// has it. Line breaks show nothing, and nothing is joined across them.
func (w *worker) shape(text []rune) *shaped {
	s := &shaped{glyphs: make([]placed, 0, len(text)), edges: make([]edge, len(text)+1)}
	input := shaping.Input{
		Text:      text,
		Direction: di.DirectionLTR,
		Script:    language.Latin,
		Language:  "en",
	}
	pen := edge{cut: true}
	for start := 0; ; start = input.RunEnd + 1 {
		input.RunStart, input.RunEnd = start, lineEnd(text, start)
		s.edges[start] = pen
		if start < input.RunEnd {
			for _, part := range shaping.SplitByFace(input, w) {
				w.shapePart(s, part, &pen)
			}
		}
		s.edges[input.RunEnd] = pen
		if input.RunEnd == len(text) {
			return s
		}
	}
}

// shapePart appends what one face shows.
func (w *worker) shapePart(s *shaped, part shaping.Input, pen *edge) {
	// Shaped at one pixel a unit, so that nothing is rounded.
	upem := float64(part.Face.Upem())
	part.Size = fixed.I(int(part.Face.Upem()))
	out := w.shaper.ShapeNoExtents(part).Glyphs
	face := uint8(w.index(part.Face))
	next := part.RunStart // the first rune whose edge is open
	for len(out) > 0 {
		cluster := out[:1]
		for len(cluster) < len(out) && out[len(cluster)].TextIndex() == out[0].TextIndex() {
			cluster = out[:len(cluster)+1]
		}
		out = out[len(cluster):]

		first := cluster[0].TextIndex()
		for ; next <= first; next++ {
			at := *pen
			at.cut = next == first && cluster[0].Mask&harfbuzz.GlyphUnsafeToBreak == 0
			s.edges[next] = at
		}
		letter := false
		for i := range cluster {
			letter = letter || cluster[i].Advance != 0 // else a joiner or the like, to which CSS Text 3 gives no space
		}
		for i := range cluster {
			g := &cluster[i]
			p := placed{
				dx: float32(ems(g.XOffset, upem)), dy: float32(-ems(g.YOffset, upem)), advance: float32(ems(g.Advance, upem)),
				id: g.GlyphID, face: face, letter: letter && i == 0,
			}
			s.glyphs = append(s.glyphs, p)
			pen.x += float64(p.advance)
		}
		pen.glyphs = int32(len(s.glyphs))
		if letter {
			pen.letters++
		}
	}
	for ; next < part.RunEnd; next++ {
		at := *pen
		at.cut = false
		s.edges[next] = at
	}
}

func ems(v fixed.Int26_6, upem float64) float64 { return float64(v) / 64 / upem }
