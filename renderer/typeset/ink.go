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
	X, Top, Width float64 // of the box
	Align         float64 // where lines lie in it: 0 left, 0.5 middle, 1 right
	Color         color.NRGBA
	Strike        bool // a line through the text
}

// Draw draws a layout.
func (s *Setter) Draw(dst *image.RGBA, l *Layout, ink Ink) {
	c := color.RGBAModel.Convert(ink.Color).(color.RGBA)
	if c.A == 0 {
		return
	}
	w, giveBack := s.worker(l.faces)
	defer giveBack()
	lay := func(mask *image.Alpha) { blend.Tint(dst, mask, c) }
	if c.A == 255 {
		w.draw(l, ink, lay)
		return
	}
	// Where glyphs overlap, ink that can be seen through must not be laid twice.
	sheet := image.NewAlpha(l.reach(ink).Intersect(dst.Rect))
	w.draw(l, ink, func(mask *image.Alpha) { join(sheet, mask) })
	lay(sheet)
}

// reach is what a layout can cover: glyphs may stick out of their line by an em,
// such as a swash or a stacked accent.
func (l *Layout) reach(ink Ink) image.Rectangle {
	return image.Rect(int(math.Floor(ink.X-l.Size)), int(math.Floor(ink.Top-l.Size)),
		int(math.Ceil(ink.X+max(ink.Width, l.Width)+l.Size)), int(math.Ceil(ink.Top+l.Height+l.Size)))
}

// draw hands out the coverage of each glyph where it lies, then that of the lines
// through them.
func (w *worker) draw(l *Layout, ink Ink, lay func(*image.Alpha)) {
	ascent, descent := w.extents(l.Size)
	height := l.Size * l.style.LineHeight
	leading := (height - ascent - descent) / 2
	for i, line := range l.Lines {
		x := ink.X + (ink.Width-line.Width)*ink.Align
		baseline := ink.Top + float64(i)*height + leading + ascent
		w.line(line.run, l, x, math.Round(baseline), lay)
		if ink.Strike && line.Width > 0 {
			lay(w.strike(l.Size, x, math.Round(baseline), line.Width))
		}
	}
}

func (w *worker) line(r *run, l *Layout, x, baseline float64, lay func(*image.Alpha)) {
	for _, g := range r.glyphs {
		at := x + float64(g.x)*l.Size + l.style.LetterSpacing*float64(g.after)
		quarter := math.Floor(at*subpixels + 0.5)
		whole := math.Floor(quarter / subpixels)
		cover := w.glyph(int(g.face), g.id, l.Size, uint8(quarter-whole*subpixels))
		if cover.mask == nil {
			continue
		}
		mask := *cover.mask
		mask.Rect = mask.Rect.Add(image.Pt(int(whole), int(math.Round(baseline+float64(g.y)*l.Size))))
		lay(&mask)
	}
}

// extents are the ascent and descent of the first face, in whole pixels as
// browsers round them.
func (w *worker) extents(size float64) (ascent, descent float64) {
	e, ok := w.face(0).FontHExtents()
	if !ok {
		return math.Round(size * 0.8), math.Round(size * 0.2)
	}
	scale := size / float64(w.face(0).Upem())
	return math.Round(float64(e.Ascender) * scale), math.Round(-float64(e.Descender) * scale)
}

// strike is the line through a text, where its font wants it.
func (w *worker) strike(size, x, baseline, width float64) *image.Alpha {
	face := w.face(0)
	scale := size / float64(face.Upem())
	thick := max(1, float64(face.LineMetric(font.StrikethroughThickness))*scale)
	top := baseline - float64(face.LineMetric(font.StrikethroughPosition))*scale - thick/2
	return bar(x, top, width, thick)
}

// bar is the coverage of a rectangle.
func bar(x, y, w, h float64) *image.Alpha {
	area := image.Rect(int(math.Floor(x)), int(math.Floor(y)), int(math.Ceil(x+w)), int(math.Ceil(y+h)))
	mask := image.NewAlpha(area)
	for py := area.Min.Y; py < area.Max.Y; py++ {
		row := mask.Pix[mask.PixOffset(area.Min.X, py):][:area.Dx()]
		down := overlap(float64(py), y, y+h)
		for i := range row {
			row[i] = uint8(255*down*overlap(float64(area.Min.X+i), x, x+w) + 0.5)
		}
	}
	return mask
}

// overlap is how much of the pixel from at on lies between two edges.
func overlap(at, from, to float64) float64 { return max(0, min(at+1, to)-max(at, from)) }

// join adds what a mask covers to a sheet: what lies over each other covers what
// both leave open only once.
func join(sheet, mask *image.Alpha) {
	area := mask.Rect.Intersect(sheet.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		to := sheet.Pix[sheet.PixOffset(area.Min.X, y):][:area.Dx()]
		from := mask.Pix[mask.PixOffset(area.Min.X, y):][:area.Dx()]
		for i, a := range from {
			to[i] = uint8(255 - (uint32(255-to[i])*uint32(255-a)+127)/255)
		}
	}
}
