package crop

import (
	"image"
	"math"
)

// A Window is a part of a picture. Its edges are fractions of the picture's width and height, from 0 to 1.
type Window struct{ X0, Y0, X1, Y1 float64 }

// Find returns the largest window of img with the proportions aspect, width by height in pixels, that shows the
// product best. An aspect that is no positive number, and an empty picture, give the whole picture.
func Find(img *image.RGBA, aspect float64) Window {
	whole := Window{X1: 1, Y1: 1}
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	if img.Rect.Empty() || !(aspect > 0) || math.IsInf(aspect, 1) {
		return whole
	}
	// The share of the picture's width, or else of its height, that the window takes.
	across, down := aspect*h/w, w/(aspect*h)
	if across >= 1 && down >= 1 {
		return whole
	}
	m := shrink(img)
	salience := m.salience()
	if across < 1 {
		x := place(columns(salience, m.w), across)
		return Window{X0: x, Y0: 0, X1: min(x+across, 1), Y1: 1}
	}
	y := place(rows(salience, m.w), down)
	return Window{X0: 0, Y0: y, X1: 1, Y1: min(y+down, 1)}
}
