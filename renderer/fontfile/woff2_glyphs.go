package fontfile

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// rebuilt is the outlines of a WOFF2 font as TrueType has them.
type rebuilt struct {
	glyf, loca []byte
	left       []int // the least x of each glyph
}

// glyphStreams are the parts of a transformed glyf table, by WOFF2, section 5.1.
type glyphStreams struct {
	contours, points, flags, glyphs, composites, boxes, instructions stream

	boxed   data // a bit for each glyph with a box of its own
	overlap data // a bit for each glyph whose contours overlap
}

// rebuildGlyphs makes glyf and loca of a transformed glyf table. Offsets are long.
func rebuildGlyphs(body data) (rebuilt, error) {
	s := stream{rest: body}
	s.u16() // reserved
	options, count := s.u16(), s.u16()
	s.u16() // the format of the offsets as they were
	var sizes [7]int
	for i := range sizes {
		sizes[i] = s.u32()
	}
	var g glyphStreams
	for i, part := range []*stream{&g.contours, &g.points, &g.flags, &g.glyphs, &g.composites, &g.boxes, &g.instructions} {
		part.rest = s.take(sizes[i])
	}
	g.boxed = g.boxes.take(4 * ((count + 31) / 32))
	if options&1 != 0 {
		g.overlap = s.take((count + 7) / 8)
	}
	if s.short || g.boxes.short {
		return rebuilt{}, fmt.Errorf("its outlines: %w", errShort)
	}
	out := rebuilt{loca: make([]byte, 0, 4*count+4), left: make([]int, count)}
	for i := range count {
		out.loca = binary.BigEndian.AppendUint32(out.loca, uint32(len(out.glyf)))
		var err error
		start := len(out.glyf)
		if out.glyf, err = g.glyph(out.glyf, i); err != nil {
			return rebuilt{}, fmt.Errorf("outline of glyph %d: %w", i, err)
		}
		out.left[i] = data(out.glyf[start:]).i16(2)
		if len(out.glyf) > mostUnpacked {
			return rebuilt{}, fmt.Errorf("its outlines unpack to more than %d bytes", mostUnpacked)
		}
	}
	out.loca = binary.BigEndian.AppendUint32(out.loca, uint32(len(out.glyf)))
	return out, nil
}

// glyph appends one glyph, at an even length.
func (g *glyphStreams) glyph(b []byte, i int) ([]byte, error) {
	contours := int(int16(g.contours.u16()))
	boxed := g.boxed[i/8]&(0x80>>(i%8)) != 0
	if contours == 0 {
		if boxed {
			return nil, errors.New("it has a box and no contours")
		}
		return b, g.ended()
	}
	start := len(b)
	b = append(b, make([]byte, 10)...)
	binary.BigEndian.PutUint16(b[start:], uint16(contours))
	if boxed {
		copy(b[start+2:], g.boxes.take(8))
	}
	if contours < 0 {
		if !boxed {
			return nil, errors.New("it is made of others and has no box")
		}
		b = g.composite(b)
	} else {
		b = g.simple(b, start, contours, i, boxed)
	}
	if len(b)%2 == 1 {
		b = append(b, 0)
	}
	return b, g.ended()
}

func (g *glyphStreams) ended() error {
	for _, s := range []*stream{&g.contours, &g.points, &g.flags, &g.glyphs, &g.composites, &g.boxes, &g.instructions} {
		if s.short {
			return errShort
		}
	}
	return nil
}

// Flags of a component, by OpenType, table glyf.
const (
	wordArguments    = 1 << 0
	oneScale         = 1 << 3
	moreComponents   = 1 << 5
	twoScales        = 1 << 6
	fourScales       = 1 << 7
	withInstructions = 1 << 8
)

func (g *glyphStreams) composite(b []byte) []byte {
	instructed := false
	for more := true; more && !g.composites.short; {
		flags := g.composites.rest.u16(0)
		more = flags&moreComponents != 0
		instructed = instructed || flags&withInstructions != 0
		b = append(b, g.composites.take(componentSize(flags))...)
	}
	if instructed {
		b = g.instruct(b)
	}
	return b
}

// componentSize is how many bytes a component of these flags has.
func componentSize(flags int) int {
	size := 6
	if flags&wordArguments != 0 {
		size += 2
	}
	switch {
	case flags&oneScale != 0:
		size += 2
	case flags&twoScales != 0:
		size += 4
	case flags&fourScales != 0:
		size += 8
	}
	return size
}

func (g *glyphStreams) instruct(b []byte) []byte {
	n := g.glyphs.short255()
	b = binary.BigEndian.AppendUint16(b, uint16(n))
	return append(b, g.instructions.take(n)...)
}

// simple appends a glyph of contours of its own. Each point is written with two bytes
// a coordinate, and its flag with it: no shorter than need be, and right.
func (g *glyphStreams) simple(b []byte, start, contours, i int, boxed bool) []byte {
	total := 0
	for range contours {
		total += g.points.short255()
		b = binary.BigEndian.AppendUint16(b, uint16(total-1))
	}
	if total > 1<<16 || total > len(g.flags.rest) {
		g.flags.short = true
		return b
	}
	flags := g.flags.take(total)
	xs, ys := make([]int16, total), make([]int16, total)
	var box bounds
	x, y := 0, 0
	for k, f := range flags {
		dx, dy := g.move(int(f & 0x7f))
		x, y = x+dx, y+dy
		xs[k], ys[k] = int16(dx), int16(dy)
		box.extend(int(int16(x)), int(int16(y)), k == 0)
	}
	if !boxed {
		for k, v := range []int{box.left, box.bottom, box.right, box.top} {
			binary.BigEndian.PutUint16(b[start+2+2*k:], uint16(v))
		}
	}
	b = g.instruct(b)
	for k, f := range flags {
		const onCurve, overlapping = 1 << 0, 1 << 6
		flag := byte(0)
		if f&0x80 == 0 {
			flag = onCurve
		}
		if k == 0 && g.overlap != nil && g.overlap[i/8]&(0x80>>(i%8)) != 0 {
			flag |= overlapping
		}
		b = append(b, flag)
	}
	for _, v := range xs {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	for _, v := range ys {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	return b
}

// bounds of a glyph's points.
type bounds struct{ left, bottom, right, top int }

func (b *bounds) extend(x, y int, first bool) {
	if first {
		*b = bounds{x, y, x, y}
		return
	}
	*b = bounds{min(b.left, x), min(b.bottom, y), max(b.right, x), max(b.top, y)}
}

// move reads the way from one point to the next, by the table of WOFF2, section 5.2.
// The lowest bits of a flag are the signs.
func (g *glyphStreams) move(flag int) (dx, dy int) {
	sign := func(v, bit int) int {
		if flag&bit == 0 {
			return -v
		}
		return v
	}
	s := &g.glyphs
	switch {
	case flag < 10:
		return 0, sign((flag&14)<<7+s.u8(), 1)
	case flag < 20:
		return sign(((flag-10)&14)<<7+s.u8(), 1), 0
	case flag < 84:
		k, b := flag-20, s.u8()
		return sign(1+k&0x30+b>>4, 1), sign(1+(k&0x0c)<<2+b&15, 2)
	case flag < 120:
		k := flag - 84
		dx, dy = 1+(k/12)<<8+s.u8(), 1+(k%12>>2)<<8+s.u8()
		return sign(dx, 1), sign(dy, 2)
	case flag < 124:
		b := s.take(3)
		if b == nil {
			return 0, 0
		}
		return sign(int(b[0])<<4+int(b[1])>>4, 1), sign(int(b[1]&15)<<8+int(b[2]), 2)
	default:
		dx, dy = s.u16(), s.u16()
		return sign(dx, 1), sign(dy, 2)
	}
}

// rebuildMetrics makes the table hmtx of one whose bearings are left out because they
// are the least x of each glyph, by WOFF2, section 5.4.
func rebuildMetrics(body data, left []int, advances int) ([]byte, error) {
	s := stream{rest: body}
	flags := s.u8()
	if flags&3 == 0 || flags > 3 || advances > len(left) {
		return nil, fmt.Errorf("flags %d and %d advances for %d glyphs", flags, advances, len(left))
	}
	widths := stream{rest: s.take(2 * advances)}
	bearing := func(i, omitted int) int {
		if flags&omitted != 0 {
			return left[i]
		}
		return s.u16()
	}
	b := make([]byte, 0, 2*advances+2*len(left))
	for i := range left {
		if i < advances {
			b = binary.BigEndian.AppendUint16(b, uint16(widths.u16()))
			b = binary.BigEndian.AppendUint16(b, uint16(bearing(i, 1)))
		} else {
			b = binary.BigEndian.AppendUint16(b, uint16(bearing(i, 2)))
		}
	}
	if s.short {
		return nil, errShort
	}
	return b, nil
}
