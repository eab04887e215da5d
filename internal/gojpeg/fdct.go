package gojpeg

import "encoding/binary"

// uniform reports whether all samples of a block are the same.
func uniform(src []byte, stride int) (v byte, ok bool) {
	word := binary.LittleEndian.Uint64(src)
	if word != uint64(src[0])*0x0101010101010101 {
		return 0, false
	}
	for y := 1; y < 8; y++ {
		if binary.LittleEndian.Uint64(src[y*stride:]) != word {
			return 0, false
		}
	}
	return src[0], true
}

// fdct gives the DCT of a block of samples, times 8, in rows: idct8 backwards.
func fdct(b *[64]int32, src []byte, stride int) {
	const shift = fixBits - passBits
	const round = 1 << (shift - 1)
	for y := range 8 {
		s := src[y*stride:][:8]
		c0, c1, c2, c3, c4, c5, c6, c7 := forward(int32(s[0]), int32(s[1]), int32(s[2]), int32(s[3]),
			int32(s[4]), int32(s[5]), int32(s[6]), int32(s[7]))
		row := b[8*y:][:8]
		row[0], row[4] = (c0-8*128)<<passBits, c4<<passBits
		row[1], row[2], row[3] = (c1+round)>>shift, (c2+round)>>shift, (c3+round)>>shift
		row[5], row[6], row[7] = (c5+round)>>shift, (c6+round)>>shift, (c7+round)>>shift
	}
	const lastShift = fixBits + passBits
	const lastRound = 1 << (lastShift - 1)
	for x := range 8 {
		c0, c1, c2, c3, c4, c5, c6, c7 := forward(b[x], b[8+x], b[16+x], b[24+x], b[32+x], b[40+x], b[48+x], b[56+x])
		const half = 1 << (passBits - 1)
		b[x], b[32+x] = (c0+half)>>passBits, (c4+half)>>passBits
		b[8+x], b[16+x], b[24+x] = (c1+lastRound)>>lastShift, (c2+lastRound)>>lastShift, (c3+lastRound)>>lastShift
		b[40+x], b[48+x], b[56+x] = (c5+lastRound)>>lastShift, (c6+lastRound)>>lastShift, (c7+lastRound)>>lastShift
	}
}

// forward is the 8-point DCT, times 8192 but for c0 and c4, which have no factor.
func forward(s0, s1, s2, s3, s4, s5, s6, s7 int32) (c0, c1, c2, c3, c4, c5, c6, c7 int32) {
	a0, b3 := s0+s7, s0-s7
	a1, b2 := s1+s6, s1-s6
	a2, b1 := s2+s5, s2-s5
	a3, b0 := s3+s4, s3-s4

	// Even half.
	e0, e3 := a0+a3, a0-a3
	e1, e2 := a1+a2, a1-a2
	z := (e2 + e3) * fix0541196100
	c0, c4 = e0+e1, e0-e1
	c2, c6 = z+e3*fix0765366865, z-e2*fix1847759065

	// Odd half.
	z3, z4 := b0+b2, b1+b3
	z5 := (z3 + z4) * fix1175875602
	z3 = z5 - z3*fix1961570560
	z4 = z5 - z4*fix0390180644
	z1 := (b0 + b3) * fix0899976223
	z2 := (b1 + b2) * fix2562915447
	c7 = b0*fix0298631336 - z1 + z3
	c5 = b1*fix2053119869 - z2 + z4
	c3 = b2*fix3072711026 - z2 + z3
	c1 = b3*fix1501321110 - z1 + z4
	return c0, c1, c2, c3, c4, c5, c6, c7
}
