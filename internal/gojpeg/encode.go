package gojpeg

import (
	"fmt"
	"image"
)

// Subsampling says how much colour resolution an encoded picture keeps.
type Subsampling int

const (
	Subsampling444 Subsampling = iota // all of it
	Subsampling422                    // half across
	Subsampling420                    // half across and half down, the usual choice for photos
)

// factors gives the number of blocks of luma in an MCU, across and down. Chroma has one of each kind.
func (s Subsampling) factors() (h, v int) {
	switch s {
	case Subsampling422:
		return 2, 1
	case Subsampling420:
		return 2, 2
	}
	return 1, 1
}

// Encode gives img as a baseline JPEG, with a quality of 1 to 100 on the scale of libjpeg and the Huffman tables of
// ITU-T T.81, annex K. Alpha is ignored: a picture that is not opaque comes out as over black.
func Encode(img *image.RGBA, quality int, sub Subsampling) ([]byte, error) {
	if err := checkEncode(img, quality, sub); err != nil {
		return nil, fmt.Errorf("encode JPEG: %w", err)
	}
	e := newEncoder(img, quality, sub)
	e.header(quality)
	for my := range e.mcusY {
		e.band.fill(img, my)
		e.writeBand(my)
	}
	return e.w.finish(), nil
}

// checkEncode makes sure that the picture has the pixels it says, and the format can hold them.
func checkEncode(img *image.RGBA, quality int, sub Subsampling) error {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	switch {
	case width <= 0 || height <= 0 || width > maxSide || height > maxSide:
		return fmt.Errorf("expected a picture of 1 to %d pixels a side; found %d x %d", maxSide, width, height)
	case int64(width)*int64(height) > MaxPixels:
		return fmt.Errorf("%w: expected at most %d pixels; found %d x %d", ErrTooLarge, MaxPixels, width, height)
	case img.Stride < 4*width || len(img.Pix) < img.Stride*(height-1)+4*width:
		return fmt.Errorf("expected memory for %d x %d pixels; found %d bytes with a stride of %d", width, height, len(img.Pix), img.Stride)
	case quality < 1 || quality > 100:
		return fmt.Errorf("expected a quality of 1 to 100; found %d", quality)
	case sub < Subsampling444 || sub > Subsampling420:
		return fmt.Errorf("expected a known subsampling; found %d", sub)
	}
	return nil
}

// encoder is the state of one call.
type encoder struct {
	width, height int
	h, v          int // blocks of luma in an MCU
	mcusX, mcusY  int
	band          *band
	comps         [3]channel
	w             bitWriter
	coef          [64]int32
}

// channel is one of Y, Cb and Cr.
type channel struct {
	h, v             int
	blocksX, blocksY int // that have pixels of the picture
	quant            *divisors
	dc, ac           *[256]code
	pred             int32
}

func newEncoder(img *image.RGBA, quality int, sub Subsampling) *encoder {
	e := &encoder{width: img.Rect.Dx(), height: img.Rect.Dy()}
	e.h, e.v = sub.factors()
	e.mcusX, e.mcusY = ceilDiv(e.width, 8*e.h), ceilDiv(e.height, 8*e.v)
	e.band = newBand(e.width, e.height, e.mcusX, e.h, e.v)
	luma := channel{
		h: e.h, v: e.v, blocksX: ceilDiv(e.width, 8), blocksY: ceilDiv(e.height, 8),
		quant: newDivisors(scaledQuant(lumaQuant, quality)), dc: newCodes(lumaDC), ac: newCodes(lumaAC),
	}
	chroma := channel{
		h: 1, v: 1, blocksX: e.mcusX, blocksY: e.mcusY,
		quant: newDivisors(scaledQuant(chromaQuant, quality)), dc: newCodes(chromaDC), ac: newCodes(chromaAC),
	}
	e.comps = [3]channel{luma, chroma, chroma}
	// Photos of common quality take less than this.
	e.w.buf = make([]byte, 2048+e.width*e.height/4)
	return e
}

// writeBand writes a row of MCUs.
func (e *encoder) writeBand(my int) {
	for mx := range e.mcusX {
		for i := range e.comps {
			c := &e.comps[i]
			for v := range c.v {
				for h := range c.h {
					e.writeBlock(c, &e.band.planes[i], mx*c.h+h, v, my*c.v+v)
				}
			}
		}
	}
}

// writeBlock writes the block at bx and row of the band, which is row by of the picture.
func (e *encoder) writeBlock(c *channel, p *samples, bx, row, by int) {
	e.w.reserve()
	if bx >= c.blocksX || by >= c.blocksY {
		e.w.block(nil, 0, 0, c) // padding: the least bits
		return
	}
	src := p.pix[8*row*p.stride+8*bx:]
	if v, ok := uniform(src, p.stride); ok {
		dc := c.quant.divide(0, 64*(int32(v)-128))
		e.w.block(nil, 0, dc-c.pred, c)
		c.pred = dc
		return
	}
	fdct(&e.coef, src, p.stride)
	set := c.quant.apply(&e.coef)
	dc := e.coef[0]
	e.w.block(&e.coef, set, dc-c.pred, c)
	c.pred = dc
}
