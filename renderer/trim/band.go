package trim

import (
	"encoding/binary"
	"image"
)

// A band is the range of colours that a border may have. Bounds are kept for two samples out of four at a
// time, twice: four samples in one word, 16 bits apart.
type band struct {
	evenLow, evenHigh uint64
	oddLow, oddHigh   uint64
	exact             uint64 // two pixels of the border's very colour
}

const (
	lanes = 0x00ff00ff00ff00ff
	signs = 0x8000800080008000
)

// bandOf is the band around a colour.
func bandOf(colour [4]uint8, tolerance uint8) band {
	var low, high [8]uint8
	for i := range 8 {
		c := colour[i&3]
		low[i], high[i] = c-min(c, tolerance), c+min(255-c, tolerance)
	}
	l, h := binary.LittleEndian.Uint64(low[:]), binary.LittleEndian.Uint64(high[:])
	pixel := uint64(binary.LittleEndian.Uint32(colour[:]))
	return band{
		evenLow: signs - l&lanes, evenHigh: signs + h&lanes,
		oddLow: signs - l>>8&lanes, oddHigh: signs + h>>8&lanes,
		exact: pixel<<32 | pixel,
	}
}

// holds tells whether both pixels of a word lie in the band. Adding signs keeps each lane from borrowing off the
// next; the sign of a lane goes out where a sample leaves its range.
func (b *band) holds(two uint64) bool {
	even, odd := two&lanes, two>>8&lanes
	in := (even + b.evenLow) & (b.evenHigh - even) & (odd + b.oddLow) & (b.oddHigh - odd)
	return in&signs == signs
}

// prefix returns how many pixels at the row's beginning lie in the band.
func (b *band) prefix(row []uint8) int {
	rest := row
	for len(rest) >= 8 {
		two := binary.LittleEndian.Uint64(rest)
		if two != b.exact && !b.holds(two) {
			break
		}
		rest = rest[8:]
	}
	n := (len(row) - len(rest)) / 4
	if len(rest) >= 4 && b.holdsOne(rest) {
		n++
	}
	return n
}

// suffix returns how many pixels at the row's end lie in the band.
func (b *band) suffix(row []uint8) int {
	rest := row
	for len(rest) >= 8 {
		two := binary.LittleEndian.Uint64(rest[len(rest)-8:])
		if two != b.exact && !b.holds(two) {
			break
		}
		rest = rest[:len(rest)-8]
	}
	n := (len(row) - len(rest)) / 4
	if len(rest) >= 4 && b.holdsOne(rest[len(rest)-4:]) {
		n++
	}
	return n
}

// column tells whether all of column x lies in the band.
func (b *band) column(img *image.RGBA, x int) bool {
	for y := range img.Rect.Dy() {
		if !b.holdsOne(img.Pix[y*img.Stride+4*x:]) {
			return false
		}
	}
	return true
}

func (b *band) holdsOne(px []uint8) bool {
	one := uint64(binary.LittleEndian.Uint32(px))
	return b.holds(one<<32 | one)
}

// meanRow is the rounded mean of a row's pixels.
func meanRow(row []uint8) [4]uint8 {
	var sum [4]int
	for px := row; len(px) >= 4; px = px[4:] {
		for c := range sum {
			sum[c] += int(px[c])
		}
	}
	return mean(sum, len(row)/4)
}

// meanColumn is the rounded mean of column x.
func meanColumn(img *image.RGBA, x int) [4]uint8 {
	var sum [4]int
	for y := range img.Rect.Dy() {
		px := img.Pix[y*img.Stride+4*x:][:4]
		for c := range sum {
			sum[c] += int(px[c])
		}
	}
	return mean(sum, img.Rect.Dy())
}

func mean(sum [4]int, n int) (m [4]uint8) {
	for c := range sum {
		m[c] = uint8((sum[c] + n/2) / n)
	}
	return m
}
