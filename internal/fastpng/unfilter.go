package fastpng

import (
	"encoding/binary"
	"fmt"
)

// Filter types (PNG 9.2).
const (
	none    = 0
	sub     = 1
	up      = 2
	average = 3
	paeth   = 4
)

// unfilter writes the row that filtered bytes stand for. All four are of one length; above is the row before, or zeros;
// left is the distance to the byte that counts as the left one.
func unfilter(filter byte, dst, filtered, above []byte, left int) error {
	switch filter {
	case none:
		copy(dst, filtered)
	case up:
		addRow(dst, filtered, above)
	case sub, average, paeth:
		unfilterLeft(filter, dst, filtered, above, left)
	default:
		return fmt.Errorf("expected a filter from 0 to 4; found %d", filter)
	}
	return nil
}

// unfilterPortable undoes the filters that look to the left, from the byte first on, that of a pixel's beginning.
func unfilterPortable(filter byte, dst, filtered, above []byte, left, first int) {
	filtered, above = filtered[:len(dst)], above[:len(dst)]
	for ; first < min(left, len(dst)); first++ {
		switch filter {
		case sub:
			dst[first] = filtered[first]
		case average:
			dst[first] = filtered[first] + above[first]/2
		case paeth:
			dst[first] = filtered[first] + above[first]
		}
	}
	switch filter {
	case sub:
		for i := first; i < len(dst); i++ {
			dst[i] = filtered[i] + dst[i-left]
		}
	case average:
		for i := first; i < len(dst); i++ {
			dst[i] = filtered[i] + uint8((uint(dst[i-left])+uint(above[i]))/2)
		}
	case paeth:
		for i := first; i < len(dst); i++ {
			dst[i] = filtered[i] + predict(int(dst[i-left]), int(above[i]), int(above[i-left]))
		}
	}
}

// predict is the one of three neighbours - left, above, above left - that is nearest to left + above - corner, of
// equals the first (PNG 9.4). Where the corner lies outside of what the two span, it is the end that is further from
// it; between them the corner itself, unless one of them is nearer: which is a matter of where 3·corner - left - above
// lies.
func predict(left, above, corner int) uint8 {
	low, high, at := min(left, above), max(left, above), 3*corner-left-above
	v := corner
	if high <= at {
		v = low
	}
	if at <= low {
		v = high
	}
	return uint8(v)
}

// addRowPortable adds eight bytes at once: what their low seven bits carry stays below the highest.
func addRowPortable(dst, a, b []byte) {
	const low = 0x7f7f7f7f7f7f7f7f
	a, b = a[:len(dst)], b[:len(dst)]
	for len(dst) >= 8 && len(a) >= 8 && len(b) >= 8 {
		x, y := binary.LittleEndian.Uint64(a), binary.LittleEndian.Uint64(b)
		binary.LittleEndian.PutUint64(dst, x&low+y&low^(x^y)&^low)
		dst, a, b = dst[8:], a[8:], b[8:]
	}
	for i := range dst {
		dst[i] = a[i] + b[i]
	}
}
