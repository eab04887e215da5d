package fastpng

// table is the pixel of each sample of gray with up to 8 bits, or of each index. An index beyond the palette is black.
func (f *file) table() *[maxPalette]uint32 {
	t := new([maxPalette]uint32)
	if f.header.colour == indexed {
		for i := range t {
			a := uint32(255)
			if i < len(f.transparent) {
				a = uint32(f.transparent[i])
			}
			var r, g, b uint32
			if 3*i < len(f.palette) {
				r, g, b = uint32(f.palette[3*i]), uint32(f.palette[3*i+1]), uint32(f.palette[3*i+2])
			}
			t[i] = times(r, a) | times(g, a)<<8 | times(b, a)<<16 | a<<24
		}
		return t
	}
	most := uint32(1)<<f.header.depth - 1
	for i := range most + 1 {
		t[i] = 255/most*i*0x010101 | 0xff000000
	}
	if f.transparent != nil {
		t[uint32(f.transparent[1])&most] = 0 // of 16 bits as many count as a sample has (PNG 11.3.1.1)
	}
	return t
}

// unpack writes samples of 1, 2 or 4 bits, the first one highest, one a byte.
func unpack(dst, src []byte, depth int) []byte {
	most := byte(1)<<depth - 1
	perByte := 8 / depth
	for at := 0; at < len(dst); at += perByte {
		v := src[0]
		src = src[1:]
		part := dst[at:min(at+perByte, len(dst))]
		for i := range part {
			part[i] = v >> (8 - depth) & most
			v <<= depth
		}
	}
	return dst
}
