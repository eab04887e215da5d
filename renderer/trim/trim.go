package trim

import (
	"image"
	"math"
)

// Tolerance suits JPEG photos on a studio background.
const Tolerance = 12

// Bounds returns the part of img inside its uniform borders, in img's own coordinates. A pixel belongs to a border
// if none of its samples differs by more than tolerance (0 to 255) from the border's colour. A picture that is
// uniform all over has no inside and is returned whole, as is an empty one.
func Bounds(img *image.RGBA, tolerance uint8) image.Rectangle {
	whole := img.Rect
	if whole.Empty() {
		return whole
	}
	w, h := whole.Dx(), whole.Dy()
	row := func(y int) []uint8 { return img.Pix[y*img.Stride:][:4*w] }

	above := bandOf(meanRow(row(0)), tolerance)
	top := 0
	for top < h && above.prefix(row(top)) == w {
		top++
	}
	if top == h {
		return whole
	}
	below := bandOf(meanRow(row(h-1)), tolerance)
	bottom := h
	for bottom > top && below.prefix(row(bottom-1)) == w {
		bottom--
	}
	if bottom == top { // two flat halves: each is the border of the other
		return whole
	}
	left, right := sides(img, top, bottom, tolerance)
	if left >= right {
		left, right = 0, w
	}
	return image.Rect(left, top, right, bottom).Add(whole.Min)
}

// sides returns where the left border ends and the right one begins, within rows top to bottom. The outermost
// columns have to be uniform over the full height, so that turning a picture turns the result.
func sides(img *image.RGBA, top, bottom int, tolerance uint8) (left, right int) {
	w := img.Rect.Dx()
	left, right = w, 0
	before, after := bandOf(meanColumn(img, 0), tolerance), bandOf(meanColumn(img, w-1), tolerance)
	if !before.column(img, 0) {
		left = 0
	}
	if !after.column(img, w-1) {
		right = w
	}
	for y := top; y < bottom && (left > 0 || right < w); y++ {
		row := img.Pix[y*img.Stride:][:4*w]
		left = min(left, before.prefix(row[:4*left]))
		right = w - min(w-right, after.suffix(row[4*right:]))
	}
	return left, right
}

// Pad returns r grown on each side by share of its longer side, 0.05 for a twentieth, and cut at whole. A share that
// is not positive adds nothing.
func Pad(r, whole image.Rectangle, share float64) image.Rectangle {
	if !(share > 0) {
		return r
	}
	longest := float64(max(whole.Dx(), whole.Dy()))
	margin := math.Round(min(float64(max(r.Dx(), r.Dy()))*share, longest))
	return r.Inset(-int(margin)).Intersect(whole)
}
