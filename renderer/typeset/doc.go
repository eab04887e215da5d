// Package typeset turns words into lines of glyphs, and glyphs into coverage.
//
// Text is shaped once, in units of an em, and broken into lines at any size by
// adding up advances. The shaper tells where its result may be cut; a line that
// ends elsewhere, such as within a kerned pair, is shaped by itself. Glyphs are
// rasterized at the quarters of a pixel across and at whole pixels down, as
// browsers do, and kept for the next text.
//
// What is drawn does not depend on what is kept.
package typeset

import (
	"fmt"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/adloom/adloom/internal/bytecache"
)

// Setter sets text. It is safe for concurrent use.
type Setter struct {
	fonts   *Fonts
	workers sync.Pool // of *worker
	sets    *lru.Cache[setKey, *faceSet]
	shapes  *bytecache.Cache[shapeKey, *shaped]
	layouts *bytecache.Cache[layoutKey, *Layout]
	glyphs  *bytecache.Cache[glyphKey, *glyph]
}

// keptSets is how many lists of font families the setter remembers the faces of.
const keptSets = 1000

// entryBytes is about what a cache needs for an entry besides its value.
const entryBytes = 256

// New returns a setter that keeps at most so many bytes of what it has set.
func New(fonts *Fonts, budget int64) *Setter {
	sets, err := lru.New[setKey, *faceSet](keptSets)
	if err != nil {
		panic(err) // the size is right
	}
	return &Setter{
		fonts: fonts, sets: sets,
		shapes:  bytecache.New[shapeKey, *shaped](budget / 4),
		layouts: bytecache.New[layoutKey, *Layout](budget / 4),
		glyphs:  bytecache.New[glyphKey, *glyph](budget / 2),
	}
}

// Bytes is what the setter keeps now.
func (s *Setter) Bytes() int64 { return s.shapes.Bytes() + s.layouts.Bytes() + s.glyphs.Bytes() }

type layoutKey struct {
	words string
	style Style
}

// Layout breaks words into lines at the largest size that the style allows and
// the box holds. Nothing is cut without the style's consent: what does not fit at
// the smallest size ends in an ellipsis or is left out. It fails when a length of
// the style is out of its range or a font cannot be loaded.
func (s *Setter) Layout(words string, style Style) (*Layout, error) {
	if err := style.check(); err != nil { // first: a NaN in a key is never found again
		return nil, fmt.Errorf("set text: %w", err)
	}
	key := layoutKey{words, style}
	if l, ok := s.layouts.Get(key); ok {
		return l, nil
	}
	set, err := s.set(style.Families, style.Weight, style.Italic)
	if err != nil {
		return nil, err
	}
	w := s.worker(set)
	l := w.layout(words, style)
	s.workers.Put(w)
	key.words = strings.Clone(words) // it may be a piece of something large
	s.layouts.Add(key, l, l.bytes()+int64(len(words)))
	return l, nil
}
