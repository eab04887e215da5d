package typeset

import (
	"image"
	"math"

	"github.com/adloom/adloom/renderer/fontfile"
	"github.com/adloom/adloom/renderer/path"
)

// mark is something drawn: a glyph or a line, where it lies.
type mark struct {
	glyph
	area image.Rectangle
	span uint8
}

// sheet is what a layout shows.
type sheet struct {
	marks   []mark // glyphs, and lines below and through them
	strokes []mark // lines along the glyphs
}

func (s *sheet) reset() {
	clear(s.marks)
	clear(s.strokes)
	s.marks, s.strokes = s.marks[:0], s.strokes[:0]
}

// outreach is how far, in ems, glyphs stick out of their line: swashes, accents
// stacked on each other.
const outreach = 4

// place finds what can be seen of a layout.
func (w *worker) place(l *Layout, ink *Ink, seen image.Rectangle) {
	largest := l.Size
	for _, s := range l.spans {
		largest = max(largest, l.Size*s.scale)
	}
	for i := range l.Lines {
		line := &l.Lines[i]
		baseline := ink.Top + line.top + line.baseline
		if ink.Turn != nil {
			w.placeLine(l, line, ink, baseline, seen)
			continue
		}
		baseline = math.Round(baseline)
		if far := outreach*largest + line.height; baseline+far < float64(seen.Min.Y) || baseline-far > float64(seen.Max.Y) {
			continue
		}
		w.placeLine(l, line, ink, baseline, seen)
	}
}

// begin is where a line begins, and how much wider its spaces are than they were.
func (l *Layout) begin(line *Line, ink *Ink) (x, stretch float64) {
	free := ink.Width - line.Width
	align := ink.Align
	if align == Justify {
		spaces := line.run.inner()
		if !line.last && spaces > 0 && free > 0 {
			return ink.X, free / float64(spaces)
		}
		align = Start
	}
	share := 0.0
	switch {
	case align == Center:
		share = 0.5
	case align == Right, align == End && !l.Backward, align == Start && l.Backward:
		share = 1
	}
	return ink.X + float64(free*share), 0
}

// inner is how many spaces a run has between its words.
func (r *run) inner() int {
	n := 0
	for i := range r.glyphs {
		if r.glyphs[i].space {
			n++
		}
	}
	return n
}

func (w *worker) placeLine(l *Layout, line *Line, ink *Ink, baseline float64, seen image.Rectangle) {
	x, stretch := l.begin(line, ink)
	pen := 0.0   // in ems
	wider := 0.0 // in pixels
	letters := 0 // begun
	from := x    // of the glyphs of one span in a row
	glyphs := line.run.glyphs
	first := len(w.sheet.marks)
	spacing := l.style.LetterSpacing
	for i := range glyphs {
		p := &glyphs[i]
		if p.letter {
			letters++
		}
		origin := x + wider + float64(pen*l.Size) + float64(spacing*float64(max(0, letters-1)))
		w.placeGlyph(p, l, ink, origin, baseline, seen)
		if p.bitmap {
			wider += math.Round(float64(p.advance) * l.Size)
		} else {
			pen += float64(p.advance)
		}
		if p.space {
			wider += stretch
		}
		if i+1 == len(glyphs) || glyphs[i+1].span != p.span {
			to := x + wider + float64(pen*l.Size) + float64(spacing*float64(max(0, letters-1)))
			if i+1 < len(glyphs) { // where the lines of two spans meet, no gap is seen
				to = math.Round(to)
			}
			w.placeBars(p, l, ink, from, to, baseline, first, seen)
			from, first = to, len(w.sheet.marks)
		}
	}
}

func (w *worker) placeGlyph(p *placed, l *Layout, ink *Ink, x, baseline float64, seen image.Rectangle) {
	at := x + float64(float64(p.dx)*l.Size)
	if ink.Turn != nil {
		w.placeTurned(p, l, ink, at, baseline+float64(float64(p.dy)*l.Size), seen)
		return
	}
	quarter := math.Floor(at*subpixels + 0.5)
	whole := math.Floor(quarter / subpixels)
	down := math.Round(baseline + float64(float64(p.dy)*l.Size))
	origin := image.Pt(int(whole), int(down))
	dress := ink.dress(p.span)
	key := glyphKey{face: p.face, id: p.id, size: l.Size * l.spans[p.span].scale, color: dress.Color, sub: uint8(quarter - whole*subpixels)}
	add := func(marks []mark, g *glyph) []mark {
		m := mark{glyph: *g, span: p.span}
		switch {
		case g.mask != nil:
			m.area = g.mask.Rect.Add(origin)
		case g.picture != nil:
			m.area = g.picture.Rect.Add(origin)
		}
		if m.area.Overlaps(seen) {
			marks = append(marks, m)
		}
		return marks
	}
	w.sheet.marks = add(w.sheet.marks, w.glyph(key))
	if dress.lined() {
		key.stroke = dress.StrokeWidth
		w.sheet.strokes = add(w.sheet.strokes, w.glyph(key))
	}
}

// placeTurned adds a glyph of a text that is turned.
func (w *worker) placeTurned(p *placed, l *Layout, ink *Ink, x, y float64, seen image.Rectangle) {
	dress := ink.dress(p.span)
	key := glyphKey{face: p.face, id: p.id, size: l.Size * l.spans[p.span].scale, color: dress.Color}
	add := func(marks []mark, g glyph) []mark {
		switch {
		case g.mask != nil:
			return append(marks, mark{g, g.mask.Rect, p.span})
		case g.picture != nil:
			return append(marks, mark{g, g.picture.Rect, p.span})
		}
		return marks
	}
	w.sheet.marks = add(w.sheet.marks, w.turned(&key, x, y, *ink.Turn, seen))
	if dress.lined() {
		key.stroke = dress.StrokeWidth
		w.sheet.strokes = add(w.sheet.strokes, w.turned(&key, x, y, *ink.Turn, seen))
	}
}

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

// Box is a rectangle around the text of a line, in pixels: as wide as its glyphs and
// as high as the line.
type Box struct{ X, Y, Width, Height float64 }

// Boxes are those of the lines that show something.
func (l *Layout) Boxes(ink Ink) []Box {
	var boxes []Box
	for i := range l.Lines {
		line := &l.Lines[i]
		if line.Width <= 0 {
			continue
		}
		x, stretch := l.begin(line, &ink)
		boxes = append(boxes, Box{x, ink.Top + line.top, line.Width + float64(stretch*float64(line.run.inner())), line.height})
	}
	return boxes
}
