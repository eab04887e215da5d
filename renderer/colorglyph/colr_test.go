package colorglyph_test

// The tables and paints of COLR, written by hand.

// layer is a glyph and its colour.
type layer struct{ glyph, colour uint16 }

// colr0 is a table of version 0 for the glyph drawn.
func colr0(layers ...layer) table {
	data := pack(uint16(0), uint16(1), uint32(14), uint32(20), uint16(len(layers)), uint16(drawn), uint16(0), uint16(len(layers)))
	for _, l := range layers {
		data = append(data, pack(l.glyph, l.colour)...)
	}
	return table{"COLR", data}
}

// colr1 is a table of version 1: the paints of glyphs from drawn on, and a list of layers.
func colr1(paints, layers [][]byte, clips []byte) table {
	const header = 34
	base := pack(uint32(len(paints)))
	at := len(base) + 6*len(paints)
	var bodies []byte
	for i, p := range paints {
		base = append(base, pack(uint16(drawn+i), uint32(at+len(bodies)))...)
		bodies = append(bodies, p...)
	}
	base = append(base, bodies...)
	list := pack(uint32(len(layers)))
	at, bodies = len(list)+4*len(layers), nil
	for _, l := range layers {
		list = append(list, pack(uint32(at+len(bodies)))...)
		bodies = append(bodies, l...)
	}
	list = append(list, bodies...)
	clipAt := 0
	if clips != nil {
		clipAt = header + len(base) + len(list)
	}
	head := pack(uint16(1), uint16(0), uint32(0), uint32(0), uint16(0),
		uint32(header), uint32(header+len(base)), uint32(clipAt), uint32(0), uint32(0))
	return table{"COLR", append(append(append(head, base...), list...), clips...)}
}

// clipTo is a list of clips with a box for the glyph drawn.
func clipTo(x0, y0, x1, y1 int16) []byte {
	return pack(byte(1), uint32(1), uint16(drawn), uint16(drawn), u24(12), byte(1), x0, y0, x1, y1)
}

// with is a paint of a format that has another: an offset to it, then values.
func with(format byte, inner []byte, values ...any) []byte {
	rest := pack(values...)
	return pack(format, u24(4+len(rest)), rest, inner)
}

// transformed is a paint with a matrix of numbers of 16 fractional bits.
func transformed(inner []byte, matrix ...float64) []byte {
	p := with(12, inner, u24(7+len(inner)))
	for _, v := range matrix {
		p = append(p, pack(int32(v*(1<<16)))...)
	}
	return p
}

func solid(colour uint16) []byte { return pack(byte(2), colour, fixed(1)) }

func inGlyph(glyph uint16, inner []byte) []byte { return with(10, inner, glyph) }

func colrGlyph(glyph uint16) []byte { return pack(byte(11), glyph) }

func listed(n byte, first uint32) []byte { return pack(byte(1), n, first) }

func composite(source []byte, mode byte, backdrop []byte) []byte {
	return pack(byte(32), u24(8), mode, u24(8+len(source)), source, backdrop)
}

// line is a colour line of an extend mode: pairs of a place and a colour.
func line(extend byte, stops ...any) []byte {
	b := pack(extend, uint16(len(stops)/2))
	for i := 0; i < len(stops); i += 2 {
		b = append(b, pack(fixed(stops[i].(float64)), uint16(stops[i+1].(int)), fixed(1))...)
	}
	return b
}

func linear(line []byte, points ...int16) []byte { return with(4, line, points) }

// fixed is a number of 14 fractional bits.
func fixed(v float64) int16 { return int16(v * (1 << 14)) }
