package fastpng

import "encoding/binary"

// converter makes premultiplied pixels of unfiltered rows.
type converter struct {
	header  header
	table   *[maxPalette]uint32 // of gray with up to 8 bits and of a palette: the pixel of each sample
	keyed   bool                // one value is transparent: that of key
	key     [6]byte             // as many as the samples have, all bytes of them
	opaque  bool                // by the header alone
	indices []byte              // scratch for samples of less than 8 bits, one a byte
	narrow  []byte              // scratch for the high bytes of 16-bit samples
}

func newConverter(f *file) *converter {
	h := f.header
	c := &converter{header: h, opaque: f.transparent == nil && h.colour != grayAlpha && h.colour != rgbAlpha}
	switch {
	case h.depth <= 8 && (h.colour == gray || h.colour == indexed):
		c.table = f.table()
	case f.transparent != nil:
		c.keyed = true
		for i := range h.samples() { // each has two bytes there, always
			v := f.transparent[2*i:][:2]
			if h.depth == 16 {
				copy(c.key[2*i:], v)
			} else {
				c.key[i] = v[1]
			}
		}
	}
	if h.depth < 8 {
		c.indices = make([]byte, h.width)
	}
	if h.depth == 16 {
		c.narrow = make([]byte, h.width*h.samples())
	}
	return c
}

// row writes width pixels, and says whether all are opaque.
func (c *converter) row(dst, src []byte, width int) (opaque bool) {
	dst = dst[:4*width]
	h := c.header
	if c.table != nil {
		if h.depth < 8 {
			src = unpack(c.indices[:width], src, h.depth)
		}
		return c.lookUp(dst, src[:width])
	}
	if h.depth == 16 && h.colour == rgbAlpha {
		return rgbAlpha16Row(dst, src[:8*width])
	}
	if h.depth == 16 && h.colour == grayAlpha {
		return grayAlpha16Row(dst, src[:4*width])
	}
	samples := src
	if h.depth == 16 {
		samples = highBytes(c.narrow[:width*h.samples()], src)
	}
	switch h.colour {
	case gray:
		grayRow(dst, samples[:width])
	case grayAlpha:
		return grayAlphaRow(dst, samples[:2*width])
	case trueColor:
		expand(dst, samples[:3*width])
	case rgbAlpha:
		return premultiply(dst, samples[:4*width])
	}
	if c.keyed {
		return c.cutOut(dst, src[:width*h.pixelBytes()])
	}
	return true
}

// lookUp takes the pixels of indices from the table.
func (c *converter) lookUp(dst, indices []byte) (opaque bool) {
	all := ^uint32(0)
	table := c.table
	for len(indices) >= 2 && len(dst) >= 8 {
		a, b := table[indices[0]], table[indices[1]]
		all &= a & b
		binary.LittleEndian.PutUint64(dst, uint64(a)|uint64(b)<<32)
		dst, indices = dst[8:], indices[2:]
	}
	if len(indices) > 0 {
		a := table[indices[0]]
		all &= a
		binary.LittleEndian.PutUint32(dst, a)
	}
	return all>>24 == 255
}

// cutOut makes the pixels of the transparent value so.
func (c *converter) cutOut(dst, src []byte) (opaque bool) {
	key, n := string(c.key[:c.header.pixelBytes()]), c.header.pixelBytes()
	opaque = true
	for len(src) >= n && len(dst) >= 4 {
		if string(src[:n]) == key {
			clear(dst[:4])
			opaque = false
		}
		src, dst = src[n:], dst[4:]
	}
	return opaque
}

func highBytes(dst, src []byte) []byte {
	src = src[:2*len(dst)]
	for i := range dst {
		dst[i] = src[2*i]
	}
	return dst
}

func grayRow(dst, src []byte) {
	for _, v := range src {
		binary.LittleEndian.PutUint32(dst, uint32(v)*0x010101|0xff000000)
		dst = dst[4:]
	}
}

func grayAlphaRow(dst, src []byte) (opaque bool) {
	all := byte(255)
	for len(src) >= 2 && len(dst) >= 4 {
		v, a := uint32(src[0]), uint32(src[1])
		all &= src[1]
		binary.LittleEndian.PutUint32(dst, times(v, a)*0x010101|a<<24)
		src, dst = src[2:], dst[4:]
	}
	return all == 255
}

func rgbAlpha16Row(dst, src []byte) (opaque bool) {
	all := byte(255)
	for len(src) >= 8 && len(dst) >= 4 {
		px := binary.BigEndian.Uint64(src)
		a := px & 0xffff
		all &= src[6]
		dst[0], dst[1], dst[2], dst[3] = times16(px>>48, a), times16(px>>32&0xffff, a), times16(px>>16&0xffff, a), src[6]
		src, dst = src[8:], dst[4:]
	}
	return all == 255
}

func grayAlpha16Row(dst, src []byte) (opaque bool) {
	all := byte(255)
	for len(src) >= 4 && len(dst) >= 4 {
		px := uint64(binary.BigEndian.Uint32(src))
		v := times16(px>>16, px&0xffff)
		all &= src[2]
		dst[0], dst[1], dst[2], dst[3] = v, v, v, src[2]
		src, dst = src[4:], dst[4:]
	}
	return all == 255
}

// times16 is the high byte of c·a/65535, as image/draw takes it.
func times16(c, a uint64) uint8 { return uint8(c * a / 0xffff >> 8) }

// times is c·a/255, rounded to nearest.
func times(c, a uint32) uint32 { return (c*a + 127) / 255 }

// expandPortable makes opaque pixels of three bytes each.
func expandPortable(dst, src []byte) {
	for len(src) >= 3 && len(dst) >= 4 {
		binary.LittleEndian.PutUint32(dst, uint32(src[0])|uint32(src[1])<<8|uint32(src[2])<<16|0xff000000)
		src, dst = src[3:], dst[4:]
	}
}

// premultiplyPortable multiplies the colours of pixels with their alphas.
func premultiplyPortable(dst, src []byte) (opaque bool) {
	all := ^uint32(0)
	for len(src) >= 4 && len(dst) >= 4 {
		px := binary.LittleEndian.Uint32(src)
		all &= px
		switch a := px >> 24; a {
		case 0:
			px = 0
		case 255:
		default:
			px = times(px&255, a) | times(px>>8&255, a)<<8 | times(px>>16&255, a)<<16 | a<<24
		}
		binary.LittleEndian.PutUint32(dst, px)
		src, dst = src[4:], dst[4:]
	}
	return all>>24 == 255
}
