package gojpeg

import (
	"encoding/binary"
	"image"
)

// band holds the samples of a row of MCUs. What lies beyond the picture repeats its edge.
type band struct {
	width, height int // of the picture
	h, v          int // pixels that a sample of chroma stands for
	planes        [3]samples
	chroma        [2][]uint64 // a row each of Cb in bits 0-31 and Cr in bits 32-63, before subsampling
}

type samples struct {
	pix    []byte
	stride int
}

func newBand(width, height, mcusX, h, v int) *band {
	b := &band{width: width, height: height, h: h, v: v}
	b.planes[0] = samples{make([]byte, 64*mcusX*h*v), 8 * mcusX * h}
	for i := 1; i < 3; i++ {
		b.planes[i] = samples{make([]byte, 64*mcusX), 8 * mcusX}
	}
	for i := range v {
		b.chroma[i] = make([]uint64, 8*mcusX*h)
	}
	return b
}

// fill takes the pixels of row my of the MCUs.
func (b *band) fill(img *image.RGBA, my int) {
	luma := &b.planes[0]
	for row := range 8 {
		y := (8*my + row) * b.v // of the first row of pixels
		if y >= b.height {      // as the row above
			for i := range b.planes {
				p, n := &b.planes[i], 1
				if i == 0 {
					n = b.v
				}
				for j := row * n; j < (row+1)*n; j++ {
					copy(p.pix[j*p.stride:][:p.stride], p.pix[(row*n-1)*p.stride:])
				}
			}
			continue
		}
		for j := range b.v {
			src := img.Pix[min(y+j, b.height-1)*img.Stride:][:4*b.width]
			b.convert(luma.pix[(row*b.v+j)*luma.stride:][:luma.stride], b.chroma[j], src)
		}
		b.subsample(row)
	}
}

// Factors of ITU-T T.871, clause 7, with 16 bits after the point: those of Cb in the lower half of a word, and those of
// Cr in the upper half.
const (
	redToY, greenToY, blueToY = 19595, 38470, 7471

	redToC   = 32768<<32 - 11059
	greenToC = 27439<<32 + 21709 // taken off
	blueToC  = 5329<<32 - 32768  // taken off
	middle   = (128<<16 + 1<<15 - 1) * (1 + 1<<32)
	inC      = 0xFF * (1 + 1<<32)
)

// convert gives Y, Cb and Cr of a row of RGBA.
func (b *band) convert(luma []byte, chroma []uint64, src []byte) {
	n := len(src) / 4
	luma, chroma = luma[:len(luma):len(luma)], chroma[:len(luma):len(luma)]
	// Pages have plain areas: the pixel before is often the same.
	last, y, c := ^binary.LittleEndian.Uint32(src), byte(0), uint64(0)
	for i := range n {
		px := src[:4:len(src)]
		src = src[4:]
		if p := binary.LittleEndian.Uint32(px); p != last {
			last = p
			red, green, blue := uint64(p&255), uint64(p>>8&255), uint64(p>>16&255)
			y = byte((red*redToY + green*greenToY + blue*blueToY + 1<<15) >> 16)
			c = (red*redToC - green*greenToC - blue*blueToC + middle) >> 16 & inC
		}
		luma[i], chroma[i] = y, c
	}
	for i := n; i < len(luma); i++ {
		luma[i], chroma[i] = y, c
	}
}

// subsample gives a row of Cb and Cr. What is halfway is rounded up and down in turn.
func (b *band) subsample(row int) {
	p := &b.planes[1]
	cb := p.pix[row*p.stride:][:p.stride]
	cr := b.planes[2].pix[row*p.stride:][:p.stride]
	const both = 1 + 1<<32
	switch {
	case b.h == 1:
		for i, c := range b.chroma[0][:len(cb)] {
			cb[i], cr[i] = byte(c), byte(c>>32)
		}
	case b.v == 1:
		for i := range cb {
			pair := b.chroma[0][2*i:][:2]
			c := pair[0] + pair[1] + uint64(i&1)*both
			cb[i], cr[i] = byte(c>>1), byte(c>>33)
		}
	default:
		for i := range cb {
			top, bottom := b.chroma[0][2*i:][:2], b.chroma[1][2*i:][:2]
			c := top[0] + top[1] + bottom[0] + bottom[1] + uint64(1+i&1)*both
			cb[i], cr[i] = byte(c>>2), byte(c>>34)
		}
	}
}
