package gojpeg

import "encoding/binary"

// Fixed-point constants have 13 bits after the point. Between the two passes values keep 2 bits more than pixels.
const (
	fixBits  = 13
	passBits = 2
)

// Factors of the 8-point DCT of Loeffler, Ligtenberg and Moschytz, from cosines and sines of n*pi/16.
const (
	fix0298631336 = 2446
	fix0390180644 = 3196
	fix0541196100 = 4433
	fix0765366865 = 6270
	fix0899976223 = 7373
	fix1175875602 = 9633
	fix1501321110 = 12299
	fix1847759065 = 15137
	fix1961570560 = 16069
	fix2053119869 = 16819
	fix2562915447 = 20995
	fix3072711026 = 25172
)

// flat fills a block that has nothing but its first coefficient.
func flat(dst []byte, stride, size int, dc int32) {
	v := clamp((dc+4)>>3 + 128)
	if size == 8 {
		word := uint64(v) * 0x0101010101010101
		for y := range 8 {
			binary.LittleEndian.PutUint64(dst[y*stride:], word)
		}
		return
	}
	for y := range size {
		row := dst[y*stride:][:size]
		for x := range row {
			row[x] = v
		}
	}
}

func clamp(v int32) byte { return byte(max(0, min(255, v))) }

// idct8 puts the samples of a block into dst. The mask has a bit for each coefficient that may not be zero.
func idct8(dst []byte, stride int, b *[64]int32, mask uint64) {
	var ws [64]int32
	const round = 1 << (fixBits - passBits - 1)
	wide := mask&0xF0F0F0F0F0F0F0F0 != 0
	columns := 8
	if !wide {
		columns = 4
	}
	for x := range columns {
		x &= 7
		m := mask >> uint(x)
		var o0, o1, o2, o3, o4, o5, o6, o7 int32
		switch {
		case m&0x0101010101010100 == 0:
			v := b[x] << passBits
			ws[x], ws[8+x], ws[16+x], ws[24+x], ws[32+x], ws[40+x], ws[48+x], ws[56+x] = v, v, v, v, v, v, v, v
			continue
		case m&0x0101010100000000 == 0:
			o0, o1, o2, o3, o4, o5, o6, o7 = low(b[x], b[8+x], b[16+x], b[24+x], round)
		default:
			o0, o1, o2, o3, o4, o5, o6, o7 = full(b[x], b[8+x], b[16+x], b[24+x], b[32+x], b[40+x], b[48+x], b[56+x], round)
		}
		const shift = fixBits - passBits
		ws[x], ws[8+x], ws[16+x], ws[24+x] = o0>>shift, o1>>shift, o2>>shift, o3>>shift
		ws[32+x], ws[40+x], ws[48+x], ws[56+x] = o4>>shift, o5>>shift, o6>>shift, o7>>shift
	}
	const shift = fixBits + passBits + 3
	const center = 128<<shift + 1<<(shift-1)
	for y := range 8 {
		w := ws[8*y:][:8]
		var o0, o1, o2, o3, o4, o5, o6, o7 int32
		if wide {
			o0, o1, o2, o3, o4, o5, o6, o7 = full(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], center)
		} else {
			o0, o1, o2, o3, o4, o5, o6, o7 = low(w[0], w[1], w[2], w[3], center)
		}
		row := dst[y*stride:][:8]
		if uint32(o0|o1|o2|o3|o4|o5|o6|o7)>>(shift+8) != 0 { // one is below 0 or above 255
			row[0], row[1], row[2], row[3] = clamp(o0>>shift), clamp(o1>>shift), clamp(o2>>shift), clamp(o3>>shift)
			row[4], row[5], row[6], row[7] = clamp(o4>>shift), clamp(o5>>shift), clamp(o6>>shift), clamp(o7>>shift)
			continue
		}
		row[0], row[1], row[2], row[3] = byte(o0>>shift), byte(o1>>shift), byte(o2>>shift), byte(o3>>shift)
		row[4], row[5], row[6], row[7] = byte(o4>>shift), byte(o5>>shift), byte(o6>>shift), byte(o7>>shift)
	}
}

// full is the 8-point IDCT of c0 to c7, times 8192, plus bias.
func full(c0, c1, c2, c3, c4, c5, c6, c7, bias int32) (o0, o1, o2, o3, o4, o5, o6, o7 int32) {
	// Even half.
	z := (c2 + c6) * fix0541196100
	e2 := z - c6*fix1847759065
	e3 := z + c2*fix0765366865
	e0 := (c0+c4)<<fixBits + bias
	e1 := (c0-c4)<<fixBits + bias
	a0, a3 := e0+e3, e0-e3
	a1, a2 := e1+e2, e1-e2

	// Odd half.
	z3, z4 := c7+c3, c5+c1
	z5 := (z3 + z4) * fix1175875602
	z3 = z5 - z3*fix1961570560
	z4 = z5 - z4*fix0390180644
	z1 := (c7 + c1) * fix0899976223
	z2 := (c5 + c3) * fix2562915447
	b0 := c7*fix0298631336 - z1 + z3
	b1 := c5*fix2053119869 - z2 + z4
	b2 := c3*fix3072711026 - z2 + z3
	b3 := c1*fix1501321110 - z1 + z4
	return a0 + b3, a1 + b2, a2 + b1, a3 + b0, a3 - b0, a2 - b1, a1 - b2, a0 - b3
}

// low is full with c4 to c7 zero.
func low(c0, c1, c2, c3, bias int32) (o0, o1, o2, o3, o4, o5, o6, o7 int32) {
	e2 := c2 * fix0541196100
	e3 := c2 * (fix0541196100 + fix0765366865)
	e0 := c0<<fixBits + bias
	a0, a3 := e0+e3, e0-e3
	a1, a2 := e0+e2, e0-e2

	b0 := c1*(fix1175875602-fix0899976223) + c3*(fix1175875602-fix1961570560)
	b1 := c1*(fix1175875602-fix0390180644) + c3*(fix1175875602-fix2562915447)
	b2 := c1*fix1175875602 + c3*(fix1175875602+fix3072711026-fix2562915447-fix1961570560)
	b3 := c1*(fix1175875602+fix1501321110-fix0899976223-fix0390180644) + c3*fix1175875602
	return a0 + b3, a1 + b2, a2 + b1, a3 + b0, a3 - b0, a2 - b1, a1 - b2, a0 - b3
}
