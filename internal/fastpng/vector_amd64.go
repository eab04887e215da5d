package fastpng

import "golang.org/x/sys/cpu"

//go:generate go run ./asm -out kernels_amd64.s -stubs kernels_amd64.go -pkg fastpng

func hasVector() bool { return cpu.X86.HasAVX2 }

// unfilterLeft undoes a filter that looks to the left.
func unfilterLeft(filter byte, dst, filtered, above []byte, left int) {
	first := 0
	if run := kernelOf(filter, left); run != nil && hasVector() {
		n := len(dst) / left
		if left%4 != 0 {
			n-- // pixels are read and written with bytes of the next one
		}
		if n > 0 {
			filtered, above = filtered[:len(dst)], above[:len(dst)]
			run(&dst[0], &filtered[0], &above[0], n)
			first = n * left
		}
	}
	unfilterPortable(filter, dst, filtered, above, left, first)
}

// kernel undoes a filter for n pixels.
type kernel func(dst, filtered, above *byte, n int)

// kernelOf returns the one for pixels of left bytes; nil is none.
func kernelOf(filter byte, left int) kernel {
	var ofSub, ofAverage, ofPaeth kernel
	switch left {
	case 3:
		ofSub, ofAverage, ofPaeth = sub3, average3, paeth3
	case 4:
		ofSub, ofAverage, ofPaeth = sub4, average4, paeth4
	case 6:
		ofSub, ofAverage, ofPaeth = sub6, average6, paeth6
	case 8:
		ofSub, ofAverage, ofPaeth = sub8, average8, paeth8
	}
	switch filter {
	case sub:
		return ofSub
	case average:
		return ofAverage
	default:
		return ofPaeth
	}
}

// addRow sets dst to the sums of a and b.
func addRow(dst, a, b []byte) {
	a, b = a[:len(dst)], b[:len(dst)]
	done := 0
	if groups := len(dst) / 32; groups > 0 && hasVector() {
		addVector(&dst[0], &a[0], &b[0], groups)
		done = 32 * groups
	}
	addRowPortable(dst[done:], a[done:], b[done:])
}

// expand makes opaque pixels of three bytes each.
func expand(dst, src []byte) {
	done := 0
	if groups := (len(src) - 4) / 24; groups > 0 && len(dst) >= 32*groups && hasVector() {
		expandVector(&dst[0], &src[0], groups)
		done = 8 * groups
	}
	expandPortable(dst[4*done:], src[3*done:])
}

// premultiply multiplies the colours of pixels with their alphas, and says whether these are all 255.
func premultiply(dst, src []byte) (opaque bool) {
	done, all := 0, ^uint32(0)
	if groups := len(src) / 32; groups > 0 && len(dst) >= 32*groups && hasVector() {
		all = premultiplyVector(&dst[0], &src[0], groups)
		done = 32 * groups
	}
	return premultiplyPortable(dst[done:], src[done:]) && all>>24 == 255
}

// writeVector adds groups of 32 bytes, and returns what is left.
func (s *adler) writeVector(p []byte) (rest []byte) {
	for len(p) >= 32 && hasVector() {
		groups := min(len(p)/32, adlerBytes/32)
		sum, before, weighted := sumsVector(&p[0], groups)
		s.b += uint64(32*groups)*s.a + 32*uint64(before) + uint64(weighted)
		s.a += uint64(sum)
		s.reduce()
		p = p[32*groups:]
	}
	return p
}
