package typeset

import (
	"image"
	"math"
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
