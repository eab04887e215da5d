package typeset

import (
	"image"
	"math"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/vector"
)

// faceSet is what a text is drawn with: the matched face of each family that it
// lists, then the built-in one.
type faceSet struct{ faces []*face }

type setKey struct {
	families string
	weight   int
	italic   bool
}

func (s *Setter) set(families string, weight int, italic bool) (*faceSet, error) {
	key := setKey{families, weight, italic}
	if set, ok := s.sets.Get(key); ok {
		return set, nil
	}
	set := &faceSet{}
	for _, family := range append(strings.Split(families, ","), "Go") {
		match := s.fonts.match(strings.TrimSpace(family), weight, italic)
		if match == nil || slices.Contains(set.faces, match) {
			continue // a later one stands in
		}
		if len(set.faces) == math.MaxUint8 {
			break // a glyph names its face by a byte
		}
		if _, err := match.parse(); err != nil {
			return nil, err
		}
		set.faces = append(set.faces, match)
	}
	s.sets.Add(key, set)
	return set, nil
}

// worker shapes and rasterizes. It keeps what that learns about fonts, and so
// belongs to one goroutine at a time.
type worker struct {
	setter    *Setter
	set       *faceSet     // of the text at hand
	faces     []*font.Face // of the set
	known     map[*face]*font.Face
	shaper    shaping.HarfbuzzShaper
	segmenter segmenter.Segmenter
	raster    vector.Rasterizer

	// Kept from text to text.
	text      []rune
	breaks    []lineBreak
	graphemes []int
	lines     []span
	masks     []image.Alpha
}

// keptFaces bounds what a worker remembers.
const keptFaces = 64

// worker lends one out; the caller puts it back. One that panics is lost, as it may
// be broken.
func (s *Setter) worker(set *faceSet) *worker {
	w, ok := s.workers.Get().(*worker)
	if !ok || len(w.known) > keptFaces {
		w = &worker{setter: s, known: map[*face]*font.Face{}}
	}
	if w.set != set {
		w.set, w.faces = set, w.faces[:0]
		for _, f := range set.faces {
			w.faces = append(w.faces, w.instance(f))
		}
	}
	return w
}

// instance is the worker's own of a face.
func (w *worker) instance(f *face) *font.Face {
	own := w.known[f]
	if own == nil {
		own = font.NewFace(f.parsed) // parsed when the set was made
		w.known[f] = own
	}
	return own
}

// ResolveFace picks the first face that has a rune, as the shaper asks.
func (w *worker) ResolveFace(r rune) *font.Face {
	for _, f := range w.faces {
		if _, ok := f.NominalGlyph(r); ok {
			return f
		}
	}
	return w.faces[0]
}

// index is where a face stands in the set.
func (w *worker) index(f *font.Face) int { return max(0, slices.Index(w.faces, f)) }
