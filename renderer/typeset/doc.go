// Package typeset turns words into lines of glyphs, and glyphs into coverage.
//
// A text is cut into items that one font draws in one direction (UAX #9 for
// directions, UAX #24 for scripts, fonts by user-perceived character), and each is
// shaped once, in units of an em, and broken into lines at any size by adding up
// advances. The shaper tells where its result may be cut; a line that ends elsewhere,
// such as within a kerned pair, is shaped by itself. Lines end where browsers end
// them (package linebreak). Glyphs are rasterized at the quarters of a pixel across
// and at whole pixels down, as browsers do, and kept for the next text.
//
// What is drawn does not depend on what is kept.
package typeset

import (
	"fmt"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/adloom/adloom/internal/bytecache"
	"github.com/adloom/adloom/renderer/fontfile"
)

// Setter sets text. It is safe for concurrent use. What it keeps refers to its fonts,
// and is forgotten with it.
type Setter struct {
	fonts  *Fonts
	faces  *lru.Cache[variant, *face]
	sets   *lru.Cache[Font, *faceSet]
	stands *lru.Cache[standInKey, []*face]

	workers sync.Pool // of *worker
	shapes  *bytecache.Cache[shapeKey, *shaped]
	layouts *bytecache.Cache[layoutKey, *Layout]
	glyphs  *bytecache.Cache[glyphKey, *glyph]
}

// keptFonts is how many fonts the setter remembers the faces of, and how many faces.
const keptFonts = 1000

// entryBytes is about what a cache needs for an entry besides its value.
const entryBytes = 256

// New returns a setter that keeps at most so many bytes of what it has set.
func New(fonts *Fonts, budget int64) *Setter {
	return &Setter{
		fonts: fonts, faces: remembered[variant, *face](), sets: remembered[Font, *faceSet](), stands: remembered[standInKey, []*face](),
		shapes:  bytecache.New[shapeKey, *shaped](budget / 4),
		layouts: bytecache.New[layoutKey, *Layout](budget / 4),
		glyphs:  bytecache.New[glyphKey, *glyph](budget / 2),
	}
}

// Fonts are those that the setter knows.
func (s *Setter) Fonts() *Fonts { return s.fonts }

// Metrics are those of the first font that a text in a font takes.
func (s *Setter) Metrics(want Font) (fontfile.Metrics, error) {
	set, err := s.set(want)
	if err != nil {
		return fontfile.Metrics{}, err
	}
	w := s.worker()
	defer s.workers.Put(w)
	return w.knows(set.listed[0]).metrics, nil
}

func remembered[K comparable, V any]() *lru.Cache[K, V] {
	c, err := lru.New[K, V](keptFonts)
	if err != nil {
		panic(err) // the size is right
	}
	return c
}

// Bytes is what the setter keeps now.
func (s *Setter) Bytes() int64 { return s.shapes.Bytes() + s.layouts.Bytes() + s.glyphs.Bytes() }

type layoutKey struct {
	words, spans string
	style        Style
}

// MostText is the longest text that is set, in bytes.
const MostText = 64 << 10

// Layout breaks words into lines at the largest size that the style allows and
// the box holds. Nothing is cut without the style's consent: what does not fit at
// the smallest size ends in an ellipsis or is left out, and Whole says so. It fails
// when the words are longer than MostText, a length of the style is out of its range,
// or a font cannot be loaded.
func (s *Setter) Layout(words string, style Style) (*Layout, error) {
	if err := style.check(); err != nil { // first: a NaN in a key is never found again
		return nil, fmt.Errorf("set text: %w", err)
	}
	if l, ok := s.layouts.Get(layoutKey{words, "", style}); ok {
		return l, nil
	}
	return s.lay(one(words, &style), style)
}

// LayoutSpans is Layout for a text of several fonts and sizes.
func (s *Setter) LayoutSpans(spans []Span, style Style) (*Layout, error) {
	if err := style.check(); err != nil {
		return nil, fmt.Errorf("set text: %w", err)
	}
	t, err := rich(spans, &style)
	if err != nil {
		return nil, fmt.Errorf("set text: %w", err)
	}
	if l, ok := s.layouts.Get(layoutKey{t.words, t.key, style}); ok {
		return l, nil
	}
	return s.lay(t, style)
}

func (s *Setter) lay(t typed, style Style) (*Layout, error) {
	if len(t.words) > MostText {
		return nil, fmt.Errorf("set text: expected at most %d bytes; found %d", MostText, len(t.words))
	}
	key := layoutKey{strings.Clone(t.words), t.key, style} // they may be a piece of something large
	if _, err := s.setsOf(&t); err != nil {
		return nil, err
	}
	if _, err := s.set(style.Font); err != nil {
		return nil, err
	}
	w := s.worker()
	l := w.layout(&t, &style)
	s.workers.Put(w)
	s.layouts.Add(key, l, l.bytes()+int64(len(key.words)+len(key.spans)))
	return l, nil
}
