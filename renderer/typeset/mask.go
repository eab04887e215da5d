package typeset

import (
	"image"
	"math"
)

// bar is the coverage of a rectangle, as far as it is seen.
func bar(x, y, w, h float64, seen image.Rectangle) image.Alpha {
	area := image.Rect(int(math.Floor(x)), int(math.Floor(y)), int(math.Ceil(x+w)), int(math.Ceil(y+h))).Intersect(seen)
	mask := image.Alpha{Pix: make([]uint8, area.Dx()*area.Dy()), Stride: area.Dx(), Rect: area}
	for py := area.Min.Y; py < area.Max.Y; py++ {
		row := mask.Pix[(py-area.Min.Y)*mask.Stride:][:area.Dx()]
		down := overlap(float64(py), y, y+h)
		for i := range row {
			row[i] = uint8(float64(255*down*overlap(float64(area.Min.X+i), x, x+w)) + 0.5)
		}
	}
	return mask
}

// overlap is how much of the pixel from at on lies between two edges.
func overlap(at, from, to float64) float64 { return max(0, min(at+1, to)-max(at, from)) }

// union covers what any of the masks does, as far as it is seen.
func union(masks []image.Alpha, seen image.Rectangle) *image.Alpha {
	var area image.Rectangle
	for i := range masks {
		area = area.Union(masks[i].Rect)
	}
	sheet := image.NewAlpha(area.Intersect(seen))
	for i := range masks {
		join(sheet, &masks[i])
	}
	return sheet
}

// join adds what a mask covers to a sheet: what lies over each other covers what
// both leave open only once.
func join(sheet, mask *image.Alpha) {
	area := mask.Rect.Intersect(sheet.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		to := sheet.Pix[sheet.PixOffset(area.Min.X, y):][:area.Dx()]
		from := mask.Pix[mask.PixOffset(area.Min.X, y):][:area.Dx()]
		for i, a := range from {
			to[i] = uint8(255 - (uint32(255-to[i])*uint32(255-a)+127)/255)
		}
	}
}
