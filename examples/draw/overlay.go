package main

import (
	"image"
	"math"

	"github.com/adloom/adloom/internal/demoshop/studio"
)

// ribbon is a sale badge: a burst of 24 points and a percent sign.
func ribbon() *image.RGBA {
	const points, inner, outer = 24, 160, 186
	c := studio.New(440, 440, 1)
	var outline []float64
	for i := range 2 * points {
		r := float64(outer)
		if i%2 == 1 {
			r = inner
		}
		sin, cos := math.Sincos(math.Pi * float64(i) / points)
		outline = append(outline, 220+r*cos, 220+r*sin)
	}
	c.Polygon(outline...).Shadow(0, 8, 11, "#00000059").Fill("#c1272d").Stroke(8, "#c1272d")
	c.Circle(220, 220, 140).Stroke(4, "#ffffff73")

	c.Line(158, 282, 282, 158).Stroke(24, "#fff")
	for _, center := range []float64{166, 274} {
		c.Circle(center, center, 28).Stroke(22, "#fff")
	}
	return c.Image()
}

// scrim darkens the lower part of a photo so that white text on it can be read.
func scrim() *image.NRGBA {
	const width, height, darkest = 1080, 500, 0.82
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		alpha := uint8(math.Round(255 * darkest * float64(y) / (height - 1)))
		for x := range width {
			out.Pix[out.PixOffset(x, y)+3] = alpha
		}
	}
	return out
}
