package resample_test

import (
	"image"
	"math"
)

// waves is an opaque picture with detail of all sizes.
func waves(size image.Point) *image.RGBA {
	m := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			fx, fy := float64(x), float64(y)
			px := m.Pix[m.PixOffset(x, y):][:4]
			px[0] = uint8(127 + 80*math.Sin(fx/17) + 45*math.Sin(fx*fy/4000))
			px[1] = uint8(127 + 60*math.Sin(fy/5) + 60*math.Cos((fx+fy)/31))
			px[2] = uint8((x*x + y*y) >> 7)
			px[3] = 255
		}
	}
	return m
}
