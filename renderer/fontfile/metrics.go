package fontfile

import (
	"math"

	"github.com/go-text/typesetting/font"
)

// Metrics are what a font says about lines of text, in ems. Heights count upwards from
// the baseline; Descent is how far letters reach below it, so it is positive too.
type Metrics struct {
	Ascent, Descent, LineGap float64
	XHeight, CapHeight       float64

	Underline, Strikeout   Line
	Superscript, Subscript Script
}

// Line is a line through or under text.
type Line struct {
	Middle    float64 // below zero for one under the baseline
	Thickness float64
}

// Script is text above or below the line.
type Script struct {
	Size  float64 // of its em
	Shift float64 // of its baseline; below zero for a subscript
}

// lineTables is what the tables say before a font is varied, in units of the em.
type lineTables struct {
	ascender, descender, gap float64 // as browsers choose them
	parsed                   font.FontExtents
	os2                      data
	version                  int // of OS/2; -1 without it
}

// readLines chooses among the three heights that a font may have as FreeType does
// (sfobjs.c, sfnt_load_face), and through it Skia and Chromium on Linux: those of hhea
// unless OS/2 asks for its own, or hhea has none.
func readLines(tables map[string]data) lineTables {
	hhea, os2 := tables["hhea"], tables["OS/2"]
	t := lineTables{version: -1}
	if len(os2) >= 78 && os2.u16(0) != 0xffff {
		t.os2, t.version = os2, os2.u16(0)
	}
	t.ascender, t.descender, t.gap = float64(hhea.i16(4)), float64(hhea.i16(6)), float64(hhea.i16(8))
	typo := func() {
		t.ascender, t.descender, t.gap = float64(os2.i16(68)), float64(os2.i16(70)), float64(os2.i16(72))
	}
	const useTypo = 1 << 7
	none := t.ascender == 0 && t.descender == 0
	switch {
	case t.version < 0:
	case os2.u16(62)&useTypo != 0:
		typo()
	case none && (os2.i16(68) != 0 || os2.i16(70) != 0):
		typo()
	case none:
		t.ascender, t.descender, t.gap = float64(os2.u16(74)), -float64(os2.u16(76)), 0
	}
	return t
}

// Metrics of a face of the font, as its variations are set. What the font does not say
// is what Chromium takes instead, or what most fonts say.
func (f *Font) Metrics(face *font.Face) (m Metrics) {
	em := float64(f.Upem())
	if em == 0 {
		em = 1000
	}
	t := f.lines
	up, down, gap := f.varied(face)
	m.Ascent = math.Abs(t.ascender+up) / em
	m.Descent = math.Abs(t.descender+down) / em
	m.LineGap = max(0, t.gap+gap) / em
	of := func(metric font.LineMetric) float64 { return float64(face.LineMetric(metric)) / em }
	m.XHeight, m.CapHeight = f.heights(face, em)

	m.Underline = Line{of(font.UnderlinePosition), of(font.UnderlineThickness)}
	if m.Underline.Thickness <= 0 {
		m.Underline = Line{-0.1, 0.05}
	}
	m.Underline.Middle -= m.Underline.Thickness / 2 // post says where its top is
	m.Strikeout = Line{m.XHeight / 2, m.Underline.Thickness}
	m.Superscript, m.Subscript = Script{0.65, 0.35}, Script{0.65, -0.14}
	if t.version < 0 {
		return m
	}
	if thick, top := of(font.StrikethroughThickness), of(font.StrikethroughPosition); thick > 0 && top > 0 {
		m.Strikeout = Line{top - thick/2, thick}
	}
	if size, shift := of(font.SubscriptEmYSize), of(font.SubscriptEmYOffset); size > 0 && size < 2 {
		m.Subscript = Script{size, -shift}
	}
	if size, shift := of(font.SuperscriptEmYSize), float64(t.os2.i16(24))/em; size > 0 && size < 2 {
		m.Superscript = Script{size, shift}
	}
	return m
}

// varied is how far variations move the heights of a line.
func (f *Font) varied(face *font.Face) (up, down, gap float64) {
	e, ok := face.FontHExtents()
	if !ok {
		return 0, 0, 0
	}
	base := f.lines.parsed
	return float64(e.Ascender - base.Ascender), float64(e.Descender - base.Descender), float64(e.LineGap - base.LineGap)
}

// heights are those of x and H: what OS/2 says, else the glyphs', else a part of the
// ascent, as Blink has it (simple_font_data.cc).
func (f *Font) heights(face *font.Face, em float64) (x, capital float64) {
	if f.lines.version >= 2 {
		x = float64(face.LineMetric(font.XHeight)) / em
		capital = float64(face.LineMetric(font.CapHeight)) / em
	}
	ascent := f.lines.ascender / em
	if x <= 0 || x > 2 {
		x = glyphTop(face, 'x') / em
	}
	if x <= 0 {
		x = 0.56 * ascent
	}
	if capital <= 0 || capital > 2 {
		capital = glyphTop(face, 'H') / em
	}
	if capital <= 0 {
		capital = 0.7
	}
	return x, capital
}

// glyphTop is how high a letter reaches; zero without it.
func glyphTop(face *font.Face, letter rune) float64 {
	glyph, ok := face.NominalGlyph(letter)
	if !ok {
		return 0
	}
	outline, _ := Outline(face, glyph)
	top := 0.0
	for _, s := range outline.Segments {
		for _, p := range s.ArgsSlice() {
			top = max(top, float64(p.Y))
		}
	}
	return top
}
