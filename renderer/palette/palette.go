package palette

import (
	"encoding/binary"
	"image"
	"image/color"
)

// Max is how many colours a palette holds, transparent ones included.
const Max = 256

// Of gives img as indices into a palette of its own straight colours, in the order in which they appear from the top. It
// gives nil, after as few pixels as that takes, if there are more than Max or the picture is empty. The indices are
// kept in pix if that is large enough for a byte a pixel.
func Of(img *image.RGBA, pix []byte) *image.Paletted {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	if width <= 0 || height <= 0 {
		return nil
	}
	if cap(pix) < width*height {
		pix = make([]byte, width*height)
	}
	pix = pix[:width*height]
	var t table
	for y := range height {
		if !t.row(pix[y*width:][:width], img.Pix[y*img.Stride:][:4*width]) {
			return nil
		}
	}
	p := make(color.Palette, t.n)
	for i, word := range t.colours[:t.n] {
		p[i] = straight(word)
	}
	return &image.Paletted{Pix: pix, Stride: width, Rect: img.Rect, Palette: p}
}

// tableBits make a table that is a quarter full at most.
const tableBits = 10

// table finds the index of a colour: a hash table with linear probing. A colour is a pixel as a little-endian word.
type table struct {
	slots   [1 << tableBits]uint16 // index+1, or 0
	colours [Max]uint32
	n       int
}

// row writes the indices of a row of pixels. It reports whether all found a place.
func (t *table) row(dst []byte, src []byte) bool {
	last, index := uint32(0), -1 // that of no pixel yet
	for x := range dst {
		word := binary.LittleEndian.Uint32(src[4*x:])
		if word != last || index < 0 {
			last = word
			if index = t.index(word); index < 0 {
				return false
			}
		}
		dst[x] = byte(index)
	}
	return true
}

// index is the index of a colour, which it adds to those that it knows; -1 if there is no place.
func (t *table) index(word uint32) int {
	if word>>24 == 0 {
		word = 0 // what cannot be seen has no colour
	}
	slot := word * 0x9e3779b1 >> (32 - tableBits) // by the golden ratio, Knuth, The Art of Computer Programming, 6.4
	for ; t.slots[slot] != 0; slot = (slot + 1) % (1 << tableBits) {
		if i := int(t.slots[slot]) - 1; t.colours[i] == word {
			return i
		}
	}
	if t.n == Max {
		return -1
	}
	t.colours[t.n] = word
	t.n++
	t.slots[slot] = uint16(t.n)
	return t.n - 1
}
