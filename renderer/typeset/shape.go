package typeset

import (
	"strings"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// run is a shaped text. Lengths are multiples of an em. It is immutable.
type run struct {
	glyphs   []placed
	edges    []float32 // edges[i] is how far the text reaches before its rune i
	width    float64
	clusters int // letters, for the space between them
}

// placed is a glyph on the baseline.
type placed struct {
	x, y  float32 // of its origin; y grows downward
	after int32   // clusters before it, for the space between letters
	id    font.GID
	face  uint8 // in the set
}

func (r *run) bytes() int64 { return int64(20*len(r.glyphs)+4*len(r.edges)) + 96 }

// at returns the run's width at a size.
func (r *run) at(size, spacing float64) float64 {
	return r.width*size + spacing*float64(max(0, r.clusters-1))
}

type runKey struct {
	set  *faceSet
	text string
}

// run shapes a text without line breaks.
func (w *worker) run(text []rune) *run {
	key := runKey{w.set, string(text)}
	if r, ok := w.setter.runs.Get(key); ok {
		return r
	}
	r := w.shape(text)
	w.setter.runs.Add(key, r, r.bytes()+int64(len(key.text)))
	return r
}

// shape positions the glyphs of a text from left to right. Each rune is drawn with
// the first face that has it.
func (w *worker) shape(text []rune) *run {
	r := &run{edges: make([]float32, len(text)+1)}
	if len(text) == 0 {
		return r
	}
	input := shaping.Input{
		Text: text, RunEnd: len(text),
		Direction: di.DirectionLTR,
		Script:    language.Latin,
		Language:  "en",
	}
	r.glyphs = make([]placed, 0, len(text))
	pen, last := 0.0, -1
	for _, part := range shaping.SplitByFace(input, w) {
		// Shaped at one pixel a unit, so that nothing is rounded.
		upem := float64(part.Face.Upem())
		part.Size = fixed.I(int(part.Face.Upem()))
		out := w.shaper.Shape(part)
		face := uint8(w.index(part.Face))
		for _, g := range out.Glyphs {
			if c := g.TextIndex(); c != last {
				for i := last + 1; i <= c; i++ {
					r.edges[i] = float32(pen)
				}
				last = c
				r.clusters++
			}
			r.glyphs = append(r.glyphs, placed{
				x: float32(pen + fromFixed(g.XOffset)/upem), y: float32(-fromFixed(g.YOffset) / upem),
				after: int32(r.clusters - 1), id: g.GlyphID, face: face,
			})
			pen += fromFixed(g.Advance) / upem
		}
	}
	for i := last + 1; i <= len(text); i++ {
		r.edges[i] = float32(pen)
	}
	r.width = pen
	return r
}

// trimmed is where a text ends without the space at its end.
func trimmed(text []rune, start, end int) int {
	for end > start && strings.ContainsRune(" \t\n\u200b", text[end-1]) {
		end--
	}
	return end
}

func fromFixed(v fixed.Int26_6) float64 { return float64(v) / 64 }
