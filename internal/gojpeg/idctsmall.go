package gojpeg

// Factors of the IDCTs below: means of two or four neighbours of the 8-point IDCT, which as sums of cosines are
// sqrt(2) * (cos((4k+1)*u*pi/16) + cos((4k+3)*u*pi/16)) for coefficient u, and likewise for four.
const (
	fix0211164243 = 1730
	fix0509795579 = 4176
	fix0601344887 = 4926
	fix0720959822 = 5906
	fix0850430095 = 6967
	fix1061594337 = 8697
	fix1272758580 = 10426
	fix1451774981 = 11893
	fix2172734803 = 17799
	fix3624509785 = 29692
)

// idct4 is idct8 and the mean of each 2 x 2 samples, which leaves row and column 4 of the coefficients without effect.
func idct4(dst []byte, stride int, b *[64]int32, mask uint64) {
	var ws [32]int32
	const round = 1 << (fixBits - passBits)
	for x := range 8 {
		m := mask >> uint(x)
		if m&0x0101010101010101 == 0 || x == 4 {
			continue
		}
		if m&0x0101010101010100 == 0 {
			v := b[x] << passBits
			ws[x], ws[8+x], ws[16+x], ws[24+x] = v, v, v, v
			continue
		}
		const shift = fixBits - passBits + 1
		o0, o1, o2, o3 := half(b[x], b[8+x], b[16+x], b[24+x], b[40+x], b[48+x], b[56+x], round)
		ws[x], ws[8+x], ws[16+x], ws[24+x] = o0>>shift, o1>>shift, o2>>shift, o3>>shift
	}
	const shift = fixBits + passBits + 3 + 1
	const center = 128<<shift + 1<<(shift-1)
	for y := range 4 {
		w := ws[8*y:][:8]
		o0, o1, o2, o3 := half(w[0], w[1], w[2], w[3], w[5], w[6], w[7], center)
		row := dst[y*stride:][:4]
		if uint32(o0|o1|o2|o3)>>(shift+8) != 0 { // one is below 0 or above 255
			row[0], row[1], row[2], row[3] = clamp(o0>>shift), clamp(o1>>shift), clamp(o2>>shift), clamp(o3>>shift)
			continue
		}
		row[0], row[1], row[2], row[3] = byte(o0>>shift), byte(o1>>shift), byte(o2>>shift), byte(o3>>shift)
	}
}

// half gives the four means of the 8-point IDCT, times 16384, plus bias.
func half(c0, c1, c2, c3, c5, c6, c7, bias int32) (o0, o1, o2, o3 int32) {
	e := c2*fix1847759065 - c6*fix0765366865
	c0 = c0<<(fixBits+1) + bias
	inner := c1*fix1061594337 - c3*fix2172734803 + c5*fix1451774981 - c7*fix0211164243
	outer := c1*fix2562915447 + c3*fix0899976223 - c5*fix0601344887 - c7*fix0509795579
	return c0 + e + outer, c0 - e + inner, c0 - e - inner, c0 + e - outer
}

// idct2 is idct8 and the mean of each 4 x 4 samples, on which even rows and columns have no effect but for the first.
func idct2(dst []byte, stride int, b *[64]int32) {
	const round, shift = 1 << (fixBits - passBits + 1), fixBits - passBits + 2
	var top, bottom [5]int32 // columns 0, 1, 3, 5 and 7
	for i := range top {
		x := max(0, 2*i-1)
		o0, o1 := quarter(b[x], b[8+x], b[24+x], b[40+x], b[56+x], round)
		top[i], bottom[i] = o0>>shift, o1>>shift
	}
	const lastShift = fixBits + passBits + 3 + 2
	const center = 128<<lastShift + 1<<(lastShift-1)
	o0, o1 := quarter(top[0], top[1], top[2], top[3], top[4], center)
	dst[0], dst[1] = clamp(o0>>lastShift), clamp(o1>>lastShift)
	o0, o1 = quarter(bottom[0], bottom[1], bottom[2], bottom[3], bottom[4], center)
	dst[stride], dst[stride+1] = clamp(o0>>lastShift), clamp(o1>>lastShift)
}

// quarter gives the two means of the 8-point IDCT, times 32768, plus bias.
func quarter(c0, c1, c3, c5, c7, bias int32) (o0, o1 int32) {
	c0 = c0<<(fixBits+2) + bias
	odd := c1*fix3624509785 - c3*fix1272758580 + c5*fix0850430095 - c7*fix0720959822
	return c0 + odd, c0 - odd
}
