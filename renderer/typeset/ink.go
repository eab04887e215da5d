package typeset

import (
	"image"
	"image/color"
	"math"

	"github.com/go-text/typesetting/font"

	"github.com/adloom/adloom/renderer/blend"
)

// Ink says where and how a layout is drawn.
type Ink struct {
	X, Top, Width float64 // of the box, in pixels
	Align         float64 // where lines lie in it: 0 left, 0.5 middle, 1 right
	Color         color.NRGBA
	Strike        bool // a line through the text
}

// placed tells whether the ink lies where pixels can be.
func (k *Ink) placed() bool {
	for _, v := range [...]float64{k.X, k.Top, k.Width, k.Align} {
		if !(math.Abs(v) <= mostLength) { // so that NaN fails
			return false
		}
	}
	return true
}

// Draw draws a layout. Ink farther than a million pixels off is not seen.
func (s *Setter) Draw(dst *image.RGBA, l *Layout, ink Ink) {
	if ink.Color.A == 0 || dst.Rect.Empty() || !ink.placed() {
		return
	}
	c := blend.Premultiplied(ink.Color)
	w := s.worker(l.faces)
	masks := w.cover(l, &ink, dst.Rect)
	if c.A == 255 {
		for i := range masks {
			blend.Tint(dst, &masks[i], c)
		}
	} else {
		// Where glyphs overlap, ink that can be seen through must not be laid twice.
		blend.Tint(dst, union(masks, dst.Rect), c)
	}
	clear(masks) // glyphs are for the caches to keep
	s.workers.Put(w)
}

// outreach is how far, in ems, glyphs stick out of their line: swashes, accents
// stacked on each other.
const outreach = 4

// cover is the coverage of each glyph where it lies, then that of the lines through
// them, as far as they can be seen. It belongs to the worker.
func (w *worker) cover(l *Layout, ink *Ink, seen image.Rectangle) []image.Alpha {
	w.masks = w.masks[:0]
	ascent, descent := w.extents(l.Size)
	height := l.Size * l.style.LineHeight
	leading := (height - ascent - descent) / 2
	for i := range l.Lines {
		line := &l.Lines[i]
		x := ink.X + float64((ink.Width-line.Width)*ink.Align)
		baseline := math.Round(ink.Top + float64(float64(i)*height) + leading + ascent)
		if far := outreach * l.Size; baseline+far < float64(seen.Min.Y) || baseline-far > float64(seen.Max.Y) {
			continue
		}
		w.coverLine(line.run.glyphs, l, x, baseline, seen)
		if ink.Strike && line.Width > 0 {
			w.masks = append(w.masks, w.strike(l.Size, x, baseline, line.Width, seen))
		}
	}
	return w.masks
}

func (w *worker) coverLine(glyphs []placed, l *Layout, x, baseline float64, seen image.Rectangle) {
	pen := 0.0   // in ems
	letters := 0 // begun
	for i := range glyphs {
		p := &glyphs[i]
		if p.letter {
			letters++
		}
		at := x + float64((pen+float64(p.dx))*l.Size) + float64(l.style.LetterSpacing*float64(max(0, letters-1)))
		pen += float64(p.advance)
		quarter := math.Floor(at*subpixels + 0.5)
		whole := math.Floor(quarter / subpixels)
		g := w.glyph(p.face, p.id, l.Size, uint8(quarter-whole*subpixels))
		if g.mask == nil {
			continue
		}
		down := math.Round(baseline + float64(float64(p.dy)*l.Size))
		area := g.mask.Rect.Add(image.Pt(int(whole), int(down)))
		if area.Overlaps(seen) {
			w.masks = append(w.masks, image.Alpha{Pix: g.mask.Pix, Stride: g.mask.Stride, Rect: area})
		}
	}
}

// extents are the ascent and descent of the first face, in whole pixels as
// browsers round them.
func (w *worker) extents(size float64) (ascent, descent float64) {
	e, ok := w.faces[0].FontHExtents()
	if !ok {
		return math.Round(size * 0.8), math.Round(size * 0.2)
	}
	scale := size / float64(w.faces[0].Upem())
	return math.Round(float64(e.Ascender) * scale), math.Round(-float64(e.Descender) * scale)
}

// strike is the line through a text, where its font wants it.
func (w *worker) strike(size, x, baseline, width float64, seen image.Rectangle) image.Alpha {
	face := w.faces[0]
	scale := size / float64(face.Upem())
	thick := max(1, float64(face.LineMetric(font.StrikethroughThickness))*scale)
	top := baseline - float64(float64(face.LineMetric(font.StrikethroughPosition))*scale) - thick/2
	return bar(x, top, width, thick, seen)
}
