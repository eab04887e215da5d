package gojpeg

import "encoding/binary"

// zigzag gives the place in a block of rows of each coefficient in the order of the file (T.81, figure A.6).
var zigzag = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10,
	17, 24, 32, 25, 18, 11, 4, 5,
	12, 19, 26, 33, 40, 48, 41, 34,
	27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36,
	29, 22, 15, 23, 30, 37, 44, 51,
	58, 59, 52, 45, 38, 31, 39, 46,
	53, 60, 61, 54, 47, 55, 62, 63,
}

// sequentialBlock reads a block (T.81, F.2.2) into b, which must be zero, with the coefficients multiplied by q. The
// mask has a bit for each place in b that may not be zero.
func (r *bitReader) sequentialBlock(b, q *[64]int32, c *component) (mask uint64, ok bool) {
	s, diff := r.next(c.dc)
	c.pred += diff
	b[0] = c.pred * q[0]
	mask = 1

	ac := c.ac
	buf, pos, acc, n := r.buf, r.pos, r.acc, r.n // in registers
	ok = s != 0
	for k := 1; k < 64; k++ {
		if n < 32 {
			acc |= binary.BigEndian.Uint64(buf[pos:]) >> uint(n&63)
			pos += (63 - n) >> 3
			n |= 56
		}
		s := ac.fast[acc>>(64-lookupBits)]
		if s.length() == 0 {
			if s = ac.long(acc); s == 0 {
				return 0, false
			}
		}
		acc <<= uint(s & 31)
		n -= s.length()
		k += s.run()
		if k > 63 {
			ok = ok && k >= endOfBlock
			break
		}
		value := s.value()
		if size := s.more(); size > 0 {
			value = extend(acc>>uint((64-size)&63), size)
			acc <<= uint(size & 31)
			n -= size
		}
		place := zigzag[k&63]
		b[place&63] = value * q[k&63]
		mask |= 1 << (place & 63)
	}
	r.pos, r.acc, r.n = pos, acc, n
	return mask, ok && !r.overrun()
}

// sequentialDC is sequentialBlock for who wants the first coefficient only.
func (r *bitReader) sequentialDC(b, q *[64]int32, c *component) (mask uint64, ok bool) {
	s, diff := r.next(c.dc)
	c.pred += diff
	b[0] = c.pred * q[0]

	ac := c.ac
	buf, pos, acc, n := r.buf, r.pos, r.acc, r.n
	ok = s != 0
	for k := 1; k < 64; k++ {
		if n < 32 {
			acc |= binary.BigEndian.Uint64(buf[pos:]) >> uint(n&63)
			pos += (63 - n) >> 3
			n |= 56
		}
		s := ac.fast[acc>>(64-lookupBits)]
		if s.length() == 0 {
			if s = ac.long(acc); s == 0 {
				return 0, false
			}
		}
		k += s.run()
		if k > 63 {
			acc <<= uint(s & 31)
			n -= s.length()
			ok = ok && k >= endOfBlock
			break
		}
		skip := s.length() + s.more()
		acc <<= uint(skip & 63)
		n -= skip
	}
	r.pos, r.acc, r.n = pos, acc, n
	return 1, ok && !r.overrun()
}
