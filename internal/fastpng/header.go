package fastpng

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Colour types (PNG 11.2.1).
const (
	gray      = 0
	trueColor = 2
	indexed   = 3
	grayAlpha = 4
	rgbAlpha  = 6
)

// header is the chunk IHDR.
type header struct {
	width, height int
	depth         int // bits of a sample
	colour        int // one of the colour types
	interlaced    bool
}

func parseHeader(body []byte) (header, error) {
	if len(body) != 13 {
		return header{}, fmt.Errorf("chunk IHDR: expected 13 bytes; found %d", len(body))
	}
	w, h := binary.BigEndian.Uint32(body), binary.BigEndian.Uint32(body[4:])
	// Eight bytes are the largest pixel, and a row has another for its filter.
	if w == 0 || h == 0 || w > math.MaxInt32 || h > math.MaxInt32 || (8*uint64(w)+1)*uint64(h) > math.MaxInt {
		return header{}, fmt.Errorf("chunk IHDR: expected a size from 1x1 to what memory can hold; found %dx%d", w, h)
	}
	out := header{width: int(w), height: int(h), depth: int(body[8]), colour: int(body[9]), interlaced: body[12] == 1}
	if !out.known() {
		return header{}, fmt.Errorf("chunk IHDR: expected a colour type and depth of the specification; found %d with %d bits", out.colour, out.depth)
	}
	if body[10] != 0 || body[11] != 0 || body[12] > 1 {
		return header{}, fmt.Errorf("chunk IHDR: expected compression 0, filter 0, interlace 0 or 1; found %d, %d, %d", body[10], body[11], body[12])
	}
	return out, nil
}

func (h header) known() bool {
	switch h.depth {
	case 1, 2, 4:
		return h.colour == gray || h.colour == indexed
	case 8:
		return h.colour == indexed || h.samples() > 0
	case 16:
		return h.colour != indexed && h.samples() > 0
	}
	return false
}

// samples of a pixel, zero for an unknown colour type.
func (h header) samples() int {
	switch h.colour {
	case gray, indexed:
		return 1
	case grayAlpha:
		return 2
	case trueColor:
		return 3
	case rgbAlpha:
		return 4
	}
	return 0
}

// pixelBytes is the distance of a byte to the one that the filters take as its left.
func (h header) pixelBytes() int { return max(1, h.samples()*h.depth/8) }

// rowBytes of that many pixels, without the filter.
func (h header) rowBytes(width int) int { return (width*h.samples()*h.depth + 7) / 8 }
