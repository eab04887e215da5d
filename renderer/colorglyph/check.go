package colorglyph

import (
	"encoding/binary"
	"fmt"

	ot "github.com/go-text/typesetting/font/opentype"
)

// What the tables of a font may unpack to. The largest fonts of emoji have some hundred thousand paints.
const (
	mostUnpacked = 2 << 20 // paints and colour stops, counting those that are shared each time
	mostStrikes  = 64
)

// Check tells whether go-text may read a font's tables of colour forms. It unpacks the paints of a COLR table as trees,
// so that a few kilobytes, in which paints share others, can fill any memory or go deeper than the stack; and it makes
// a list of all glyphs for every strike of sbix. Nothing is wrong with a font without these tables.
func Check(font *ot.Loader) error {
	if colr, err := font.RawTable(ot.MustNewTag("COLR")); err == nil {
		if err := checkPaints(colr); err != nil {
			return fmt.Errorf("check font: table COLR: %w", err)
		}
	}
	if sbix, err := font.RawTable(ot.MustNewTag("sbix")); err == nil && len(sbix) >= 8 {
		if n := binary.BigEndian.Uint32(sbix[4:]); n > mostStrikes {
			return fmt.Errorf("check font: table sbix: expected at most %d strikes; found %d", mostStrikes, n)
		}
	}
	return nil
}

// checkPaints weighs all paints of a table.
func checkPaints(colr []byte) error {
	const version1 = 34 // bytes of the header
	if len(colr) < version1 || binary.BigEndian.Uint16(colr) == 0 {
		return nil
	}
	s := scales{colr: colr, known: map[int]weight{}}
	for _, list := range []struct{ at, record, offset int }{{14, 6, 2}, {18, 4, 0}} { // of base glyphs, of layers
		start := int(binary.BigEndian.Uint32(colr[list.at:]))
		if start == 0 || start+4 > len(colr) {
			continue
		}
		n := int(binary.BigEndian.Uint32(colr[start:]))
		for i := range min(n, (len(colr)-start-4)/list.record) {
			at := start + 4 + i*list.record + list.offset
			w, err := s.weigh(start+int(binary.BigEndian.Uint32(colr[at:])), 0)
			if err != nil {
				return err
			}
			if s.total += w.paints; s.total > mostUnpacked {
				return fmt.Errorf("expected at most %d paints; found more", mostUnpacked)
			}
		}
	}
	return nil
}

// scales weigh paints, each once.
type scales struct {
	colr  []byte
	known map[int]weight
	total int
}

// weight is how many paints and stops are below a paint, with itself, and how deep they go.
type weight struct{ paints, height int }

// weigh weighs the paint at a place. Offsets lead forward, so there are no circles.
func (s *scales) weigh(at, depth int) (weight, error) {
	w, ok := s.known[at]
	if !ok {
		if depth > maxDepth {
			return w, fmt.Errorf("expected paints nested at most %d deep; found more", maxDepth)
		}
		w = weight{paints: 1 + s.stops(at), height: 1}
		for _, child := range s.children(at) {
			c, err := s.weigh(child, depth+1)
			if err != nil {
				return w, err
			}
			w.paints, w.height = min(w.paints+c.paints, mostUnpacked+1), max(w.height, c.height+1)
		}
		s.known[at] = w
	}
	if depth+w.height > maxDepth+1 {
		return w, fmt.Errorf("expected paints nested at most %d deep; found more", maxDepth)
	}
	return w, nil
}

// children are the places of the paints that one at a place has offsets of.
func (s *scales) children(at int) []int {
	var places []int
	add := func(from int) {
		if to := s.offset(at, from); to != at {
			places = append(places, to)
		}
	}
	switch format := s.byte(at); {
	case format == 10 || format >= 12 && format <= 31:
		add(1)
	case format == 32:
		add(1)
		add(5)
	}
	return places
}

// stops is the number of colour stops of the gradient at a place.
func (s *scales) stops(at int) int {
	if format := s.byte(at); format < 4 || format > 9 {
		return 0
	}
	line := s.offset(at, 1)
	return s.byte(line+1)<<8 | s.byte(line+2)
}

// offset is the place that the 24 bits behind another count from there.
func (s *scales) offset(at, from int) int {
	return at + (s.byte(at+from)<<16 | s.byte(at+from+1)<<8 | s.byte(at+from+2))
}

// byte is a byte of the table; behind its end there are zeros.
func (s *scales) byte(at int) int {
	if at < 0 || at >= len(s.colr) {
		return 0
	}
	return int(s.colr[at])
}
