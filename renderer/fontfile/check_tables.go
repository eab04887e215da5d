package fontfile

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// cmap counts the maps from characters to glyphs.
func (m *meter) cmap(d data) error {
	m.each(d, 2, 8, func(e data) {
		sub := d.from(e.u32(4))
		switch sub.u16(0) {
		case 0, 2:
			m.spend(256)
		case 4:
			m.segments(sub)
		case 6:
			m.spend(sub.u16(8))
		case 10:
			m.spend(sub.u32(16))
		case 12, 13:
			m.spend(sub.u32(12))
		case 14:
			m.selectors(sub)
		}
	})
	return nil
}

// segments counts a map of format 4, whose segments are written out one by one.
func (m *meter) segments(d data) {
	size := d.u16(6) &^ 1
	m.spend(2 * size)
	for at := 0; at < size && m.left >= 0; at += 2 {
		end, start, offset := d.u16(14+at), d.u16(16+size+at), d.u16(16+3*size+at)
		if offset != 0 {
			m.spend((end - start + 1) & 0xffff)
		}
	}
}

// selectors counts a map of format 14, for characters with a variation selector.
func (m *meter) selectors(d data) {
	for i := range min(d.u32(6), max(0, len(d)-10)/11) {
		if !m.spend(1) {
			return
		}
		for _, offset := range []int{d.u32(13 + 11*i), d.u32(17 + 11*i)} {
			if offset != 0 {
				m.spend(1 + d.from(offset).u32(0))
			}
		}
	}
}

// kern counts the old table of pairs, in the one version and format that fonts of
// OpenType have.
func (m *meter) kern(d data) error {
	if d.u16(0) != 0 {
		return nil
	}
	at := 4
	for range d.u16(2) {
		sub := d.from(at)
		length := sub.u16(2)
		if length < 6 {
			return fmt.Errorf("a subtable of %d bytes", length)
		}
		if !m.spend(1 + sub.u16(6)) {
			break
		}
		at += length
	}
	return nil
}

// bitmaps counts CBLC.
func (m *meter) bitmaps(d data) error {
	for i := range min(d.u32(4), max(0, len(d)-8)/48) {
		size := d.from(8 + 48*i)
		index := d.from(size.u32(0))
		for j := range min(size.u32(8), len(index)/8) {
			if !m.spend(1) {
				return nil
			}
			first, last := index.u16(8*j), index.u16(8*j+2)
			m.spend(max(0, last-first+2))
			if sub := index.from(index.u32(8*j + 4)); sub.u16(0) >= 4 {
				m.spend(min(max(sub.u32(8), sub.u32(20)), len(sub)/2))
			}
		}
	}
	return nil
}

// strikes counts sbix.
func (m *meter) strikes(d data, glyphs int) error {
	n := d.u32(4)
	if n > 64 {
		return fmt.Errorf("%d sizes, expected at most 64", n)
	}
	m.spend(n * glyphs)
	return nil
}

const (
	mostPaints  = 1 << 20 // of all glyphs, a paint that is used twice counted twice
	deepestTree = 64
)

// colours counts the paints of COLR: a graph that the parser writes out as trees.
func (m *meter) colours(d data) error {
	m.spend(d.u16(2) + d.u16(12))
	if d.u16(0) == 0 {
		return nil
	}
	p := paints{d: d, known: map[int]tree{}}
	bases := d.from(d.u32(14))
	total := 0
	for i := range min(bases.u32(0), len(bases)/6) {
		total += p.count(d.u32(14)+bases.u32(6+6*i), 0).paints
	}
	if at := d.u32(18); at != 0 {
		layers := d.from(at)
		for i := range min(layers.u32(0), len(layers)/4) {
			total += p.count(at+layers.u32(4+4*i), 0).paints
		}
	}
	if p.deep {
		return fmt.Errorf("paints within paints, more than %d deep", deepestTree)
	}
	if total > mostPaints {
		return fmt.Errorf("more than %d paints", mostPaints)
	}
	m.spend(4 * total)
	if at := d.u32(22); at != 0 {
		m.spend(min(d.from(at).u32(1), len(d)/7))
	}
	if at := d.u32(26); at != 0 {
		m.deltaMap(d.from(at))
	}
	if at := d.u32(30); at != 0 {
		m.store(d.from(at))
	}
	return nil
}

// paints counts the paints below a paint, each as often as it is used.
type paints struct {
	d     data
	known map[int]tree // by where the paint is
	deep  bool
}

type tree struct{ paints, height int }

func (p *paints) count(at, depth int) tree {
	if t, ok := p.known[at]; ok {
		p.deep = p.deep || depth+t.height > deepestTree
		return t
	}
	if depth > deepestTree {
		p.deep = true
		return tree{}
	}
	d := p.d.from(at)
	t := tree{paints: 1}
	below := func(offset int) {
		b := p.count(at+d.u24(offset), depth+1)
		t = tree{min(t.paints+b.paints, mostPaints+1), max(t.height, b.height+1)}
	}
	switch format := d.u24(0) >> 16; {
	case format >= 4 && format <= 9:
		t.paints += d.from(d.u24(1)).u24(0) & 0xffff // the stops of a gradient
	case format == 32:
		below(1)
		below(5)
	case format == 10, format >= 12 && format <= 31:
		below(1)
	}
	p.known[at] = t
	return t
}

const (
	mostDrawing  = 4 << 20  // bytes of one document, unpacked
	mostDrawings = 64 << 20 // of all
)

var errDrawings = errors.New("its drawings unpack to too much")

// drawings measures what the documents of the table SVG unpack to.
func drawings(d data) error {
	list := d.from(d.u32(2))
	seen := map[[2]int]bool{}
	room := mostDrawings
	for i := range min(list.u16(0), max(0, len(list)-2)/12) {
		at, size := list.u32(6+12*i), list.u32(10+12*i)
		document := list.slice(at, size)
		if seen[[2]int{at, size}] || len(document) < 2 || document.u16(0) != 0x1f8b {
			continue
		}
		seen[[2]int{at, size}] = true
		r, err := gzip.NewReader(bytes.NewReader(document))
		if err != nil {
			continue // nor will the parser unpack it
		}
		n, _ := io.Copy(io.Discard, io.LimitReader(r, mostDrawing+1))
		if room -= int(n); n > mostDrawing || room < 0 {
			return errDrawings
		}
	}
	return nil
}
