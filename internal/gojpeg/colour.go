package gojpeg

import "encoding/binary"

// Factors of ITU-T T.871, clause 7, with 16 bits after the point.
const (
	crToR = 91881  // 1.402
	cbToG = 22554  // 0.344136
	crToG = 46802  // 0.714136
	cbToB = 116130 // 1.772

	opaque     = 0xFF << 24
	opaquePair = opaque | opaque<<32
)

// colours adds up a pixel's channels at once. Green is in bits 16-31, with its fraction below, red in bits 32-47 and blue
// in bits 48-63. Each channel has 256 added, so that bits 8 and 9 of it tell what is to be clamped.
type colours struct {
	cb, cr [256]uint64
}

const (
	everyChannel = 1<<16 | 1<<32 | 1<<48
	rangeBits    = 0x300 * everyChannel
	inRange      = 0x100 * everyChannel
)

func newColours() *colours {
	c := new(colours)
	for i := range 256 {
		v := int64(i) - 128
		// Green's two halves take 128 each, and one of them the half that rounds.
		c.cr[i] = uint64(256+(crToR*v+1<<15)>>16)<<32 + uint64(128<<16+1<<15-crToG*v)
		c.cb[i] = uint64(256+(cbToB*v+1<<15)>>16)<<48 + uint64(128<<16-cbToG*v)
	}
	return c
}

// sum gives a pixel's channels, before clamping.
func (c *colours) sum(y, cb, cr byte) uint64 {
	return uint64(y)*everyChannel + c.cb[cb] + c.cr[cr]
}

// pack gives red, green and blue as 24 little-endian bits.
func pack(sum uint64) uint64 { return sum>>32&0xFF00FF | sum>>8&0xFF00 }

// clampPair gives channels that are too small or too large their limits.
func clampPair(s, t uint64) (uint64, uint64) {
	large, small := s>>9&everyChannel, ^(s>>8|s>>9)&everyChannel
	s = (s | large*255) &^ (small * 255)
	large, small = t>>9&everyChannel, ^(t>>8|t>>9)&everyChannel
	return s, (t | large*255) &^ (small * 255)
}

// row gives a row of RGBA; cb and cr are at least as long as y.
func (c *colours) row(dst, y, cb, cr []byte) {
	cb, cr = cb[:len(y)], cr[:len(y)]
	for i := 1; i < len(y); i += 2 {
		s, t := c.sum(y[i-1], cb[i-1], cr[i-1]), c.sum(y[i], cb[i], cr[i])
		if ((s^inRange)|(t^inRange))&rangeBits != 0 {
			s, t = clampPair(s, t)
		}
		binary.LittleEndian.PutUint64(dst[4*i-4:], pack(s)+pack(t)<<32+opaquePair)
	}
	if i := len(y) - 1; i&1 == 0 {
		c.one(dst[4*i:], y[i], cb[i], cr[i])
	}
}

// one gives a pixel of RGBA.
func (c *colours) one(dst []byte, y, cb, cr byte) {
	s, _ := clampPair(c.sum(y, cb, cr), 0)
	binary.LittleEndian.PutUint32(dst, uint32(pack(s)|opaque))
}

// rowXY is row with chroma as expandXY gives it, from the samples of two rows.
func (c *colours) rowXY(dst, y []byte, cb, cr, farCb, farCr []byte) {
	cr, farCb, farCr = cr[:len(cb)], farCb[:len(cb)], farCr[:len(cb)]
	// Both channels at once: blue in bits 0-15, red in bits 16-31.
	const one = 1 | 1<<16
	before := 3*(uint32(cb[0])|uint32(cr[0])<<16) + uint32(farCb[0]) + uint32(farCr[0])<<16
	first := before*4 + 8*one
	c.one(dst, y[0], byte(first>>4), byte(first>>20))
	for i := 1; i < len(cb); i++ {
		after := 3*(uint32(cb[i])|uint32(cr[i])<<16) + uint32(farCb[i]) + uint32(farCr[i])<<16
		p, q := before*3+after+7*one, before+after*3+8*one
		before = after
		if 2*i >= len(y) {
			c.one(dst[8*i-4:], y[2*i-1], byte(p>>4), byte(p>>20))
			return
		}
		luma := y[2*i-1:][:2]
		s, t := c.sum(luma[0], byte(p>>4), byte(p>>20)), c.sum(luma[1], byte(q>>4), byte(q>>20))
		if ((s^inRange)|(t^inRange))&rangeBits != 0 {
			s, t = clampPair(s, t)
		}
		binary.LittleEndian.PutUint64(dst[8*i-4:], pack(s)+pack(t)<<32+opaquePair)
	}
	if i := 2*len(cb) - 1; i < len(y) {
		last := before*4 + 7*one
		c.one(dst[4*i:], y[i], byte(last>>4), byte(last>>20))
	}
}

// fromGray gives a row of RGBA.
func fromGray(dst, y []byte) {
	for i, v := range y {
		binary.LittleEndian.PutUint32(dst[4*i:], uint32(v)*0x010101|opaque)
	}
}

// fromRGB gives a row of RGBA; g and b are at least as long as r.
func fromRGB(dst, r, g, b []byte) {
	g, b = g[:len(r)], b[:len(r)]
	for i, v := range r {
		binary.LittleEndian.PutUint32(dst[4*i:], uint32(v)|uint32(g[i])<<8|uint32(b[i])<<16|opaque)
	}
}
