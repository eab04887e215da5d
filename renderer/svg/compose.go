package svg

import (
	"image"

	"github.com/adloom/adloom/renderer/path"
)

// times multiplies two samples, rounded exactly.
func times(a, b uint32) uint32 {
	v := a*b + 128
	return (v + v>>8) >> 8
}

// paint lays an ink over dst where it is covered.
func (p *painter) paint(dst *image.RGBA, cover *image.Alpha, k ink, m path.Matrix) {
	var s shader
	if k.gradient != nil {
		var ok bool
		if s, ok = k.gradient.shader(m); !ok {
			return
		}
	}
	c := k.colour
	a := uint32(c.A)
	solid := [4]uint8{uint8(times(uint32(c.R), a)), uint8(times(uint32(c.G), a)), uint8(times(uint32(c.B), a)), c.A}
	area := cover.Rect
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := cover.Pix[(y-area.Min.Y)*cover.Stride:][:area.Dx()]
		to := dst.Pix[dst.PixOffset(area.Min.X, y):][:4*len(row)]
		for x, v := range row {
			if v == 0 {
				continue
			}
			colour := &solid
			if k.gradient != nil {
				colour = s.colour(area.Min.X+x, y)
			}
			if k.alpha != 255 {
				v = uint8(times(uint32(v), uint32(k.alpha)))
			}
			lay((*[4]uint8)(to[4*x:]), colour, uint32(v))
		}
	}
}

// lay puts a premultiplied colour of the strength v over a pixel.
func lay(to, colour *[4]uint8, v uint32) {
	a := times(uint32(colour[3]), v)
	if a == 255 {
		*to = *colour
		return
	}
	rest := 255 - a
	to[0] = uint8(min(255, times(uint32(colour[0]), v)+times(uint32(to[0]), rest)))
	to[1] = uint8(min(255, times(uint32(colour[1]), v)+times(uint32(to[1]), rest)))
	to[2] = uint8(min(255, times(uint32(colour[2]), v)+times(uint32(to[2]), rest)))
	to[3] = uint8(a + times(uint32(to[3]), rest))
}

// over puts a layer over dst, as strong as the mask of the same area tells.
func over(dst, layer *image.RGBA, mask *image.Alpha) {
	area := layer.Rect
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := mask.Pix[(y-area.Min.Y)*mask.Stride:][:area.Dx()]
		from := layer.Pix[(y-area.Min.Y)*layer.Stride:][:4*len(row)]
		to := dst.Pix[dst.PixOffset(area.Min.X, y):][:4*len(row)]
		for x, v := range row {
			if pixel := (*[4]uint8)(from[4*x:]); v != 0 && pixel[3] != 0 {
				lay((*[4]uint8)(to[4*x:]), pixel, uint32(v))
			}
		}
	}
}

// multiply weakens to by from, which has the same area.
func multiply(to, from *image.Alpha) {
	for i, v := range from.Pix {
		to.Pix[i] = uint8(times(uint32(to.Pix[i]), uint32(v)))
	}
}

// join adds from, which lies inside to, to it.
func join(to, from *image.Alpha) {
	area := from.Rect
	for y := area.Min.Y; y < area.Max.Y; y++ {
		out := to.Pix[to.PixOffset(area.Min.X, y):]
		for x, v := range from.Pix[(y-area.Min.Y)*from.Stride:][:area.Dx()] {
			if v != 0 {
				out[x] = uint8(uint32(v) + times(uint32(out[x]), 255-uint32(v)))
			}
		}
	}
}

// weigh sets to to the alpha of a picture of the same area or to its luminance, which premultiplied colours bear
// already times alpha (CSS Masking 1, section 7.10.1).
func weigh(to *image.Alpha, from *image.RGBA, luminance bool) {
	for i := range to.Pix {
		p := (*[4]uint8)(from.Pix[4*i:])
		if to.Pix[i] = p[3]; luminance {
			// 0.2125, 0.7154 and 0.0721 in 1/65536
			to.Pix[i] = uint8((uint32(p[0])*13927 + uint32(p[1])*46884 + uint32(p[2])*4725 + 1<<15) >> 16)
		}
	}
}

func fill(s []uint8, v uint8) {
	for i := range s {
		s[i] = v
	}
}
