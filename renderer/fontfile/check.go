package fontfile

import (
	"errors"
	"fmt"
)

// Limits of what a font may cost. The largest of Debian's fonts-noto and of the fonts
// that the parser is tested with use a fifth of any of them or less.
const (
	mostParsed = 16 << 20 // entries of all tables when they are parsed
	mostPoints = 16 << 20 // points of all outlines
	mostDeltas = 32 << 20 // coordinates by which a variable font moves them
	mostSteps  = 1 << 28  // of all charstrings of a CFF font
	mostDrawn  = 1 << 20  // points or steps for one glyph, with all it is made of
)

var errCostly = errors.New("it would take more memory to read than any font should")

// meter counts down what parsing a font would cost, in entries of arrays. The parser
// follows each offset and keeps a copy of what it finds there, so a few bytes that many
// offsets point to count as often.
type meter struct{ left int }

func (m *meter) spend(n int) bool {
	m.left -= n
	return m.left >= 0
}

// check refuses a font that would cost too much to parse or to draw. Tables that only
// some fonts have, and that would cost too much or make the parser fail where it does
// not look, are left out of tables where the font can do without. It tells how many
// entries, and points of outlines, there are to keep.
func check(tables map[string]data) (entries, points int, err error) {
	glyphs := tables["maxp"].u16(4)
	axes := tables["fvar"].u16(8)
	if axes > mostAxes {
		return 0, 0, fmt.Errorf("%d axes, expected at most %d", axes, mostAxes)
	}
	m := &meter{mostParsed}
	steps := []struct {
		table string
		check func(data) error
	}{
		{"cmap", m.cmap},
		{"kern", m.kern},
		{"GSUB", func(d data) error { return m.layout(d, substitutions) }},
		{"GPOS", func(d data) error { return m.layout(d, positions) }},
		{"GDEF", m.definitions},
		{"COLR", m.colours},
		{"CBLC", m.bitmaps},
		{"sbix", func(d data) error { return m.strikes(d, glyphs) }},
		{"CFF ", func(d data) error { return m.cff(d) }},
		{"CFF2", func(d data) error { return m.cff2(d) }},
		{"SVG ", drawings},
	}
	for _, s := range steps {
		if d, ok := tables[s.table]; ok {
			if err := s.check(d); err != nil {
				return 0, 0, fmt.Errorf("table %q: %w", s.table, err)
			}
			if m.left < 0 {
				return 0, 0, fmt.Errorf("table %q: %w", s.table, errCostly)
			}
		}
	}
	for _, tag := range []string{"HVAR", "VVAR", "MVAR"} {
		if d, ok := tables[tag]; ok && !m.variations(tag, d, axes) {
			delete(tables, tag)
		}
	}
	if tables["avar"] != nil && tables["avar"].u16(6) != axes {
		delete(tables, "avar")
	}
	if m.left < 0 {
		return 0, 0, errCostly
	}
	points, err = checkOutlines(tables, glyphs, axes)
	return mostParsed - m.left, points, err
}
