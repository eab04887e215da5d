package blend

import "golang.org/x/sys/cpu"

//go:generate go run ./asm -out kernels_amd64.s -stubs kernels_amd64.go -pkg blend

// group is how many pixels the vector code takes at once, and the fewest that it can take: it computes the last
// group of a row first, keeps it, and writes it after the others, so that a rest that is no whole group overlaps its
// neighbour.
const group = 8

// vectorized is how many pixels of a row the vector code is given: all or none.
func vectorized(px []uint8) int {
	if n := len(px) / 4; n >= group && cpu.X86.HasAVX2 {
		return n
	}
	return 0
}

func overRow(dst, src []uint8) {
	if n := vectorized(dst); n > 0 {
		overVector(&dst[0], &src[:4*n][0], n)
		return
	}
	overPortable(dst, src)
}

func overFadedRow(dst, src []uint8, opacity uint8) {
	if n := vectorized(dst); n > 0 {
		overFadedVector(&dst[0], &src[:4*n][0], uint32(opacity), n)
		return
	}
	overFadedPortable(dst, src, opacity)
}

func overMaskedRow(dst, src, mask []uint8) {
	if n := vectorized(dst); n > 0 {
		overMaskedVector(&dst[0], &src[:4*n][0], &mask[:n][0], n)
		return
	}
	overMaskedPortable(dst, src, mask)
}

func tintRow(dst, mask []uint8, c uint32) {
	if n := vectorized(dst); n > 0 {
		tintVector(&dst[0], &mask[:n][0], c, n)
		return
	}
	tintPortable(dst, mask, c)
}

func flattenRow(px []uint8, c uint32) {
	if n := vectorized(px); n > 0 {
		flattenVector(&px[0], c, n)
		return
	}
	flattenPortable(px, c)
}

func fadeRow(px []uint8, opacity uint8) {
	if n := vectorized(px); n > 0 {
		fadeVector(&px[0], uint32(opacity), n)
		return
	}
	fadePortable(px, opacity)
}

func maskRow(px, mask []uint8) {
	if n := vectorized(px); n > 0 {
		maskVector(&px[0], &mask[:n][0], n)
		return
	}
	maskPortable(px, mask)
}

func crossfadeRow(dst, src []uint8, opacity uint8) {
	if n := vectorized(dst); n > 0 {
		crossfadeVector(&dst[0], &src[:4*n][0], uint32(opacity), n)
		return
	}
	crossfadePortable(dst, src, opacity)
}

// blend writes what the formula makes of rows of pixels of the same length. Its out may be one of the others.
func (f formula) blend(out, below, above []uint8) {
	n := vectorized(out)
	if n == 0 {
		f.blendPortable(out, below, above)
		return
	}
	o, b, a := &out[0], &below[:4*n][0], &above[:4*n][0]
	switch f {
	case multiply:
		multiplyVector(o, b, a, n)
	case screen:
		screenVector(o, b, a, n)
	case overlay:
		overlayVector(o, b, a, n)
	case darken:
		darkenVector(o, b, a, n)
	case lighten:
		lightenVector(o, b, a, n)
	case colorDodge:
		colorDodgeVector(o, b, a, n)
	case colorBurn:
		colorBurnVector(o, b, a, n)
	case hardLight:
		hardLightVector(o, b, a, n)
	case softLight:
		softLightVector(o, b, a, &softCurves[0], n)
	case difference:
		differenceVector(o, b, a, n)
	case exclusion:
		exclusionVector(o, b, a, n)
	default:
		f.blendPortable(out, below, above)
	}
}
