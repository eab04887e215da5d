package fastpng

import "encoding/binary"

// pass is one of the pictures that an interlaced one is made of, or all of a plain one. Its pixels lie in the whole
// picture from (left, top) on, a step apart.
type pass struct{ left, top, stepX, stepY, width, height int }

// passes returns those that have pixels (PNG 8.1).
func (h header) passes() []pass {
	if !h.interlaced {
		return []pass{{0, 0, 1, 1, h.width, h.height}}
	}
	all := []pass{
		{left: 0, top: 0, stepX: 8, stepY: 8},
		{left: 4, top: 0, stepX: 8, stepY: 8},
		{left: 0, top: 4, stepX: 4, stepY: 8},
		{left: 2, top: 0, stepX: 4, stepY: 4},
		{left: 0, top: 2, stepX: 2, stepY: 4},
		{left: 1, top: 0, stepX: 2, stepY: 2},
		{left: 0, top: 1, stepX: 1, stepY: 2},
	}
	used := all[:0]
	for _, p := range all {
		p.width = max(0, (h.width-p.left+p.stepX-1)/p.stepX)
		p.height = max(0, (h.height-p.top+p.stepY-1)/p.stepY)
		if p.width > 0 && p.height > 0 {
			used = append(used, p)
		}
	}
	return used
}

// scatter puts the pixels of a line into a row, from left on, a step apart.
func scatter(row, line []byte, left, step int) {
	row = row[4*left:]
	for ; len(line) > 4; line = line[4:] {
		binary.LittleEndian.PutUint32(row, binary.LittleEndian.Uint32(line))
		row = row[4*step:]
	}
	copy(row, line)
}
