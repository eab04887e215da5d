package typeset

import (
	"image"
	"image/color"
	"math"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/path"
)

// Align is where lines lie in their box.
type Align uint8

const (
	Start Align = iota // where the text's direction begins
	Left
	Center
	Right
	End
	Justify // as wide as the box, but for the last line of a paragraph
)

// Dress says in which colours glyphs are drawn, and with which lines.
type Dress struct {
	Color color.NRGBA
	// Paint lays something else over what a mask covers. It must not keep the mask.
	Paint func(dst *image.RGBA, mask *image.Alpha)

	Underline, Strike bool // lines below and through the text

	Stroke      color.NRGBA // of a line along the outlines, below the glyphs
	StrokeWidth float64     // half of it is seen; at most 1000
}

// Ink says where and how a layout is drawn.
type Ink struct {
	X, Top, Width float64 // of the box, in pixels
	Align         Align
	Dress
	Spans []Dress // of each span; nil: Dress for all
	// Turn, if there is one, turns what is drawn; lines below text have no gaps then.
	Turn *path.Matrix
}

// placed tells whether the ink lies where pixels can be.
func (k *Ink) placed() bool {
	for _, v := range [...]float64{k.X, k.Top, k.Width} {
		if !(math.Abs(v) <= mostLength) { // so that NaN fails
			return false
		}
	}
	return true
}

// dress is what a span wears.
func (k *Ink) dress(span uint8) *Dress {
	if int(span) < len(k.Spans) {
		return &k.Spans[span]
	}
	return &k.Dress
}

// mostStroke is the widest line along outlines.
const mostStroke = 1000

// lined tells whether there is a line along the outlines.
func (d *Dress) lined() bool {
	return d.Stroke.A > 0 && d.StrokeWidth > 0 && d.StrokeWidth <= mostStroke
}

// Draw draws a layout. Ink farther than a million pixels off is not seen.
func (s *Setter) Draw(dst *image.RGBA, l *Layout, ink Ink) {
	if dst.Rect.Empty() || !ink.placed() {
		return
	}
	w := s.worker()
	w.sheet.reset()
	w.place(l, &ink, dst.Rect)
	dresses := max(1, len(ink.Spans))
	for span := range dresses {
		if d := ink.dress(uint8(span)); d.lined() {
			lay(dst, w.sheet.strokes[:], uint8(span), dresses > 1, &Dress{Color: d.Stroke}, &w.masks)
		}
	}
	for span := range dresses {
		lay(dst, w.sheet.marks, uint8(span), dresses > 1, ink.dress(uint8(span)), &w.masks)
	}
	w.sheet.reset() // glyphs are for the caches to keep
	clear(w.masks)
	s.workers.Put(w)
}

// lay draws the marks of one span.
func lay(dst *image.RGBA, marks []mark, span uint8, spans bool, dress *Dress, scratch *[]image.Alpha) {
	masks := (*scratch)[:0]
	for i := range marks {
		m := &marks[i]
		switch {
		case spans && m.span != span:
		case m.picture != nil:
			if dress.Paint == nil && dress.Color.A == 0 {
				continue
			}
			alpha := dress.Color.A
			if dress.Paint != nil {
				alpha = 255
			}
			moved := *m.picture
			moved.Rect = m.area
			blend.OverFaded(dst, &moved, alpha)
		default:
			masks = append(masks, image.Alpha{Pix: m.mask.Pix, Stride: m.mask.Stride, Rect: m.area})
		}
	}
	*scratch = masks
	switch {
	case len(masks) == 0:
	case dress.Paint != nil:
		dress.Paint(dst, union(masks, dst.Rect))
	case dress.Color.A == 255:
		c := blend.Premultiplied(dress.Color)
		for i := range masks {
			blend.Tint(dst, &masks[i], c)
		}
	case dress.Color.A > 0:
		// Where glyphs overlap, ink that can be seen through must not be laid twice.
		blend.Tint(dst, union(masks, dst.Rect), blend.Premultiplied(dress.Color))
	}
}
