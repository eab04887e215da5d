package typeset

import (
	"image"
	"math"

	"github.com/adloom/adloom/renderer/fontfile"
	"github.com/adloom/adloom/renderer/path"
)

// placeBars adds the lines below and through the glyphs of one span, which are the
// marks from first on.
func (w *worker) placeBars(p *placed, l *Layout, ink *Ink, from, to, baseline float64, first int, seen image.Rectangle) {
	dress := ink.dress(p.span)
	if to <= from || !dress.Underline && !dress.Strike {
		return
	}
	span := &l.spans[p.span]
	glyphs := w.sheet.marks[first:]
	if dress.Underline {
		line, size := w.metricsOf(span.under.Font).Underline, l.Size*span.under.Scale
		if under := lineOf(line, size, from, to, baseline-float64(span.under.Rise*l.Size), ink.Turn, seen); under != nil {
			if ink.Turn == nil {
				skip(under, glyphs, max(1, line.Thickness*size))
			}
			w.sheet.marks = append(w.sheet.marks, mark{glyph{mask: under}, under.Rect, p.span})
		}
	}
	if dress.Strike {
		line := w.metricsOf(span.font).Strikeout
		if through := lineOf(line, l.Size*span.scale, from, to, baseline-float64(span.rise*l.Size), ink.Turn, seen); through != nil {
			w.sheet.marks = append(w.sheet.marks, mark{glyph{mask: through}, through.Rect, p.span})
		}
	}
}

// metricsOf are those of the first face of a font that a text is set in.
func (w *worker) metricsOf(font Font) fontfile.Metrics {
	set, err := w.setter.set(font)
	if err != nil {
		return fontfile.Metrics{}
	}
	return w.knows(set.listed[0]).metrics
}

// lineOf is a line of a font, at least a pixel thick; nil when nothing of it is seen. As
// in browsers it fills whole pixels.
func lineOf(line fontfile.Line, size, from, to, baseline float64, turn *path.Matrix, seen image.Rectangle) *image.Alpha {
	thick := max(1, line.Thickness*size)
	top := baseline - float64(line.Middle*size) - thick/2
	if turn != nil {
		return covered(path.Rectangle(from, top, to-from, thick, [4]float64{}).Transform(*turn), seen)
	}
	thick = math.Round(thick)
	mask := bar(from, math.Round(baseline-float64(line.Middle*size)-thick/2), to-from, thick, seen)
	if mask.Rect.Empty() {
		return nil
	}
	return &mask
}

// skip makes gaps in a line where glyphs cross it (CSS Text Decoration 4, section
// 2.7).
func skip(line *image.Alpha, glyphs []mark, gap float64) {
	reach := int(math.Ceil(gap))
	for i := range glyphs {
		g := &glyphs[i]
		if g.mask == nil {
			continue
		}
		area := g.area.Intersect(image.Rect(line.Rect.Min.X-reach, line.Rect.Min.Y, line.Rect.Max.X+reach, line.Rect.Max.Y))
		for x := area.Min.X; x < area.Max.X; x++ {
			for y := area.Min.Y; y < area.Max.Y; y++ {
				if g.mask.Pix[(y-g.area.Min.Y)*g.mask.Stride+x-g.area.Min.X] > 64 {
					clearColumns(line, x-reach, x+reach+1)
					break
				}
			}
		}
	}
}

func clearColumns(line *image.Alpha, from, to int) {
	from, to = max(from, line.Rect.Min.X), min(to, line.Rect.Max.X)
	for y := line.Rect.Min.Y; y < line.Rect.Max.Y && from < to; y++ {
		row := line.Pix[(y-line.Rect.Min.Y)*line.Stride:]
		clear(row[from-line.Rect.Min.X : to-line.Rect.Min.X])
	}
}
