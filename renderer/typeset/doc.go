// Package typeset turns words into lines of glyphs, and glyphs into coverage.
//
// Text is shaped once, in units of an em, and broken into lines at any size by
// adding up advances; a line whose end decides by a hair is shaped by itself.
// Glyphs are rasterized at the quarters of a pixel across and at whole pixels
// down, as browsers do, and kept for the next text.
package typeset

import (
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/adloom/adloom/internal/bytecache"
)

// Setter sets text. It is safe for concurrent use.
type Setter struct {
	fonts   *Fonts
	workers sync.Pool
	sets    *lru.Cache[setKey, *faceSet]
	runs    *bytecache.Cache[runKey, *run]
	layouts *bytecache.Cache[layoutKey, *Layout]
	glyphs  *bytecache.Cache[glyphKey, *glyph]
}

// keptSets is how many lists of font families the setter remembers the faces of.
const keptSets = 1000

// New returns a setter that keeps at most so many bytes of what it has set.
func New(fonts *Fonts, budget int64) *Setter {
	sets, err := lru.New[setKey, *faceSet](keptSets)
	if err != nil {
		panic(err) // the size is right
	}
	return &Setter{
		fonts: fonts, sets: sets,
		runs:    bytecache.New[runKey, *run](budget / 4),
		layouts: bytecache.New[layoutKey, *Layout](budget / 4),
		glyphs:  bytecache.New[glyphKey, *glyph](budget / 2),
	}
}

// Bytes is what the setter keeps now.
func (s *Setter) Bytes() int64 { return s.runs.Bytes() + s.layouts.Bytes() + s.glyphs.Bytes() }

// Style says how a text is set. Lengths are pixels.
type Style struct {
	Families      string // by preference, with commas between
	Weight        int    // 100 to 900
	Italic        bool
	Size          float64 // of an em
	MinSize       float64 // the smallest that a text may shrink to; Size for none
	LineHeight    float64 // a multiple of the size
	LetterSpacing float64
	Width         float64 // of the box
	Height        float64 // of the box; 0: as tall as the lines
	MaxLines      int     // 0: as many as the box holds
	Ellipsis      bool    // lines that do not fit leave a … behind; else they are left out
}

// Layout is a set text. It is immutable.
type Layout struct {
	Lines  []Line
	Size   float64 // of an em, as chosen
	Width  float64 // of the longest line
	Height float64 // of all lines

	style Style
	faces *faceSet
}

// Line is one line of a layout.
type Line struct {
	Width float64 // without space at its end
	run   *run
}

type layoutKey struct {
	words string
	style Style
}

// Layout breaks words into lines at the largest size that the style allows and
// the box holds. Nothing is cut without the style's consent: what does not fit at
// the smallest size ends in an ellipsis or is left out.
func (s *Setter) Layout(words string, style Style) (*Layout, error) {
	key := layoutKey{words, style}
	if l, ok := s.layouts.Get(key); ok {
		return l, nil
	}
	faces, err := s.set(style.Families, style.Weight, style.Italic)
	if err != nil {
		return nil, err
	}
	w, giveBack := s.worker(faces)
	defer giveBack()
	l := w.layout(words, style)
	s.layouts.Add(key, l, l.bytes(words))
	return l, nil
}

func (l *Layout) bytes(words string) int64 {
	n := int64(len(words)) + 256
	for _, line := range l.Lines {
		n += line.run.bytes() + 32
	}
	return n
}
