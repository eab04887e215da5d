package typeset

import (
	"image"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/vector"

	"github.com/adloom/adloom/renderer/bidi"
	"github.com/adloom/adloom/renderer/colorglyph"
	"github.com/adloom/adloom/renderer/fontfile"
	"github.com/adloom/adloom/renderer/linebreak"
)

// worker shapes and rasterizes. It keeps what that learns about fonts, and so
// belongs to one goroutine at a time.
type worker struct {
	setter *Setter
	known  map[*face]known
	shaper shaping.HarfbuzzShaper
	levels bidi.Paragraph
	raster vector.Rasterizer
	colors colorglyph.Drawer

	// Kept from text to text.
	read      read
	breaks    []lineBreak
	kinds     []linebreak.Kind
	graphemes []int
	lines     []extent
	scripts   scriptRuns
	pieces    []piece
	sheet     sheet
	features  []shaping.FontFeature
	masks     []image.Alpha
}

// known is what a worker keeps of a face.
type known struct {
	instance *font.Face // nil: it cannot be loaded
	metrics  fontfile.Metrics
}

// keptFaces bounds what a worker remembers.
const keptFaces = 64

// worker lends one out; the caller puts it back. One that panics is lost, as it may
// be broken.
func (s *Setter) worker() *worker {
	w, ok := s.workers.Get().(*worker)
	if !ok || len(w.known) > keptFaces {
		w = &worker{known: map[*face]known{}}
	}
	w.setter = s
	return w
}

// knows makes the worker's own of a face.
func (w *worker) knows(f *face) known {
	own, ok := w.known[f]
	if !ok {
		instance, metrics, err := f.instance()
		if err != nil {
			return known{}
		}
		own = known{instance, metrics}
		w.known[f] = own
	}
	return own
}

// instance is the worker's own of a face; nil when it cannot be loaded.
func (w *worker) instance(f *face) *font.Face { return w.knows(f).instance }
