package typeset

import (
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
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
	setter *Setter
	set    *faceSet // of the text at hand
	shaper shaping.HarfbuzzShaper
	raster vector.Rasterizer
	known  map[*face]*font.Face
}

// keptFaces bounds what a worker remembers.
const keptFaces = 64

// worker lends one out; the caller gives it back.
func (s *Setter) worker(set *faceSet) (w *worker, giveBack func()) {
	w, ok := s.workers.Get().(*worker)
	if !ok || len(w.known) > keptFaces {
		w = &worker{setter: s, known: map[*face]*font.Face{}}
	}
	w.set = set
	return w, func() { s.workers.Put(w) }
}

// face is the worker's own instance of a font of its set.
func (w *worker) face(i int) *font.Face {
	f := w.set.faces[i]
	if w.known[f] == nil {
		w.known[f] = font.NewFace(f.parsed) // parsed when the set was made
	}
	return w.known[f]
}

// ResolveFace picks the first face that has a rune, as the shaper asks.
func (w *worker) ResolveFace(r rune) *font.Face {
	for i := range w.set.faces {
		if _, ok := w.face(i).NominalGlyph(r); ok {
			return w.face(i)
		}
	}
	return w.face(0)
}

// index is where a face stands in the set.
func (w *worker) index(f *font.Face) int {
	for i := range w.set.faces {
		if w.face(i) == f {
			return i
		}
	}
	return 0
}
