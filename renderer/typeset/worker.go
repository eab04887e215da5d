package typeset

import (
	"image"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
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
	plans  map[plan]struct{} // that the shaper has made
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
	pieces    []bidi.Run
	sheet     sheet
	features  []shaping.FontFeature
	masks     []image.Alpha
}

// known is what a worker keeps of a face.
type known struct {
	instance *font.Face // nil: it cannot be loaded
	metrics  fontfile.Metrics
}

// plan is what the shaper plans for. It forgets no plan, and looks through all of a
// face's.
type plan struct {
	face             *face
	script           language.Script
	lang, features   string
	spaced, backward bool
}

// What a worker remembers at most when it is put back.
const (
	keptFaces = 64
	keptPlans = 500
)

// worker lends one out; the caller puts it back. One that panics is lost, as it may
// be broken.
func (s *Setter) worker() *worker {
	w, ok := s.workers.Get().(*worker)
	if !ok || len(w.known) > keptFaces || len(w.plans) > keptPlans {
		w = &worker{setter: s, known: map[*face]known{}, plans: map[plan]struct{}{}}
	}
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
