package palette

import (
	"encoding/binary"
	"image"
	"image/color"
)

// Straight gives img with straight colours. The pixels are kept in pix if that is large enough for four bytes a pixel.
func Straight(img *image.RGBA, pix []byte) *image.NRGBA {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	if n := 4 * width * height; cap(pix) < n {
		pix = make([]byte, n)
	}
	out := &image.NRGBA{Pix: pix[:4*width*height], Stride: 4 * width, Rect: img.Rect}
	for y := range height {
		straighten(out.Pix[y*out.Stride:][:4*width], img.Pix[y*img.Stride:][:4*width])
	}
	return out
}

func straighten(dst, src []byte) {
	last, inverse := uint32(1), reciprocal(1)
	for len(src) >= 4 && len(dst) >= 4 {
		word := binary.LittleEndian.Uint32(src)
		switch a := word >> 24; a {
		case 255:
		case 0:
			word = 0
		default:
			if a != last {
				last, inverse = a, reciprocal(a)
			}
			word = divide(word, 0, a, inverse) | divide(word, 8, a, inverse) | divide(word, 16, a, inverse) | a<<24
		}
		binary.LittleEndian.PutUint32(dst, word)
		dst, src = dst[4:], src[4:]
	}
}

// reciprocal is what divide multiplies with. What it is too large, at most a/2^24, times the 16 bits that are divided
// is less than the 1/a that a quotient may be off without being another whole number.
func reciprocal(a uint32) uint64 { return 1<<24/uint64(a) + 1 }

// divide gives the channel at shift divided by alpha, rounded to the nearest. A channel larger than its alpha, which no
// premultiplied pixel has, is cut.
func divide(word uint32, shift int, a uint32, reciprocal uint64) uint32 {
	n := word>>shift&255*255 + a/2
	return min(uint32(uint64(n)*reciprocal>>24), 255) << shift
}

// straight is one pixel as a colour.
func straight(word uint32) color.NRGBA {
	var b [4]byte
	binary.LittleEndian.PutUint32(b[:], word)
	straighten(b[:], b[:])
	return color.NRGBA{R: b[0], G: b[1], B: b[2], A: b[3]}
}
