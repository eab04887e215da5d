package resample_test

import (
	"image"
	"math"

	"github.com/adloom/adloom/renderer/resample"
)

// planesOf turns an opaque picture into planes, chroma as the mean of the pixels that share it.
func planesOf(m *image.RGBA, share image.Point) resample.Planes {
	size := m.Rect.Size()
	p := resample.Planes{YStride: size.X, Y: make([]byte, size.X*size.Y)}
	if share != (image.Point{}) {
		p.CStride = (size.X + share.X - 1) / share.X
		p.Cb = make([]byte, p.CStride*((size.Y+share.Y-1)/share.Y))
		p.Cr = make([]byte, len(p.Cb))
	}
	at := func(x, y int) (r, g, b float64) {
		px := m.Pix[m.PixOffset(m.Rect.Min.X+x, m.Rect.Min.Y+y):]
		return float64(px[0]), float64(px[1]), float64(px[2])
	}
	for y := range size.Y {
		for x := range size.X {
			r, g, b := at(x, y)
			p.Y[y*p.YStride+x] = level(0.299*r + 0.587*g + 0.114*b)
		}
	}
	for i := range p.Cb {
		var r, g, b, n float64
		left, top := i%p.CStride*share.X, i/p.CStride*share.Y
		for y := top; y < min(top+share.Y, size.Y); y++ {
			for x := left; x < min(left+share.X, size.X); x++ {
				pr, pg, pb := at(x, y)
				r, g, b, n = r+pr, g+pg, b+pb, n+1
			}
		}
		p.Cb[i] = level(128 + (-0.168736*r-0.331264*g+0.5*b)/n)
		p.Cr[i] = level(128 + (0.5*r-0.418688*g-0.081312*b)/n)
	}
	return p
}

func level(v float64) uint8 { return uint8(math.Round(min(max(v, 0), 255))) }
