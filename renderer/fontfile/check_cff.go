package fontfile

import (
	"fmt"

	ps "github.com/go-text/typesetting/font/cff/interpreter"
)

// charstrings is what drawing the glyphs of a CFF font runs.
type charstrings struct {
	glyphs  [][]byte
	global  [][]byte
	dicts   []dict // by font dictionary
	choice  []byte // of a dictionary for each glyph; nil for the first
	regions []int  // of a variable font, by the index of its item variations
}

// dict is one font dictionary.
type dict struct {
	local  [][]byte
	region int // the index of item variations to begin with
}

// cff refuses a table CFF that would cost too much, by Adobe's Technical Note 5176.
func (m *meter) cff(d data) error {
	at := 4
	_, at = m.index(d, at, 2) // names
	tops, at := m.index(d, at, 2)
	_, at = m.index(d, at, 2) // strings
	c := charstrings{}
	c.global, _ = m.index(d, at, 2)
	if len(tops) != 1 {
		return fmt.Errorf("%d fonts, expected one", len(tops))
	}
	top := readOperands(tops[0])
	c.glyphs, _ = m.index(d, top.last(opCharStrings), 2)
	if _, many := top[opFDArray]; many {
		m.dicts(&c, d, top, 2)
	} else {
		c.dicts = append(c.dicts, m.private(d, top, 2))
	}
	return m.run(c)
}

// cff2 does so for CFF2, by OpenType.
func (m *meter) cff2(d data) error {
	if len(d) < 5 {
		return errShort
	}
	at := int(d[2])
	top := readOperands(d.slice(at, d.u16(3)))
	c := charstrings{}
	c.global, _ = m.index(d, at+d.u16(3), 4)
	c.glyphs, _ = m.index(d, top.last(opCharStrings), 4)
	m.dicts(&c, d, top, 4)
	if at := top.last(opVariations); at != 0 {
		store := d.from(at + 2)
		m.store(store)
		m.each(store, 6, 4, func(e data) { c.regions = append(c.regions, store.from(e.u32(0)).u16(4)) })
	}
	return m.run(c)
}

// dicts reads the font dictionaries and which glyph has which.
func (m *meter) dicts(c *charstrings, d data, top operands, count int) {
	fonts, _ := m.index(d, top.last(opFDArray), count)
	for _, f := range fonts {
		if m.left < 0 {
			return
		}
		c.dicts = append(c.dicts, m.private(d, readOperands(f), count))
	}
	at := top.last(opFDSelect)
	if at == 0 || len(fonts) < 2 {
		return
	}
	c.choice = choose(d.from(at), len(c.glyphs))
}

// choose writes out which font dictionary each glyph has.
func choose(d data, glyphs int) []byte {
	if len(d) == 0 {
		return nil
	}
	choice := make([]byte, glyphs)
	first, wide := 3, 2
	n := d.u16(1)
	switch d[0] {
	case 0:
		copy(choice, d[1:])
		return choice
	case 4:
		first, wide, n = 5, 4, d.u32(1)
	}
	glyph := func(i int) int {
		at := first + i*(wide*3/2)
		if wide == 4 {
			return d.u32(at)
		}
		return d.u16(at)
	}
	for i := range min(n, len(d)/(wide*3/2)) {
		font := d.from(first + i*(wide*3/2) + wide)
		value := font.u16(0)
		if wide == 2 {
			value >>= 8
		}
		for g := glyph(i); g < min(glyph(i+1), glyphs); g++ {
			choice[g] = byte(value)
		}
	}
	return choice
}

// private reads the private dictionary of a font: its subroutines.
func (m *meter) private(d data, font operands, count int) dict {
	sizes := font[opPrivate]
	if len(sizes) != 2 {
		return dict{}
	}
	at := int(sizes[1])
	p := readOperands(d.slice(at, int(sizes[0])))
	found := dict{region: p.last(opRegion)}
	if subroutines := p.last(opSubrs); subroutines != 0 {
		found.local, _ = m.index(d, at+subroutines, count)
	}
	return found
}

// index reads an INDEX whose count has so many bytes, and where it ends.
func (m *meter) index(d data, at, count int) ([][]byte, int) {
	d = d.from(at)
	n := d.u16(0)
	if count == 4 {
		n = d.u32(0)
	}
	if n == 0 || len(d) <= count {
		return nil, at + count
	}
	wide := int(d[count])
	first := count + 1
	if wide < 1 || wide > 4 || n > len(d)/wide || !m.spend(1+n) {
		return nil, at + count
	}
	offset := func(i int) int {
		v := 0
		for _, b := range d.slice(first+i*wide, wide) {
			v = v<<8 | int(b)
		}
		return v
	}
	body := first + (n+1)*wide - 1 // offsets count from one
	items := make([][]byte, n)
	end := offset(0)
	for i := range items {
		start := end
		end = offset(i + 1)
		items[i] = d.slice(body+start, end-start)
	}
	return items, at + body + end
}

// run runs all glyphs, without drawing them.
func (m *meter) run(c charstrings) error {
	if m.left < 0 {
		return nil // and the caller says so
	}
	var machine ps.Machine
	left := mostSteps
	for i, glyph := range c.glyphs {
		font := dict{}
		if k := c.choose(i); k < len(c.dicts) {
			font = c.dicts[k]
		}
		r := runner{left: mostDrawn, regions: c.regions, region: font.region}
		_ = machine.Run(glyph, font.local, c.global, &r) // a glyph that is wrong is not drawn
		if r.left < 0 {
			return errIntricate(i)
		}
		if left -= mostDrawn - r.left; left < 0 {
			return fmt.Errorf("its glyphs take more than %d steps to draw", mostSteps)
		}
	}
	return nil
}

func (c charstrings) choose(glyph int) int {
	if glyph < len(c.choice) {
		return int(c.choice[glyph])
	}
	return 0
}
