package mask

import (
	"image"
	"math"
)

// Spread returns m grown by radius pixels, or shrunk by -radius, by Euclidean distance: corners become round.
// Distances are taken from the contour at half coverage, found in parts of a pixel. What lies beyond m is not
// covered. The result is larger than m by as much as it grows.
//
// It needs 7 bytes of scratch memory for each pixel of the result.
func Spread(m *image.Alpha, radius float64, s *Scratch) *image.Alpha {
	radius = bounded(radius, -MaxRadius, MaxRadius)
	if radius == 0 || m.Rect.Empty() {
		return cloned(m)
	}
	return band(m, spreadRect(m.Rect, radius), math.Inf(-1), radius, &s.usable().field)
}

// spreadRect leaves room for the contour's pixels even where nothing grows.
func spreadRect(r image.Rectangle, radius float64) image.Rectangle {
	return r.Inset(-int(math.Ceil(max(radius, 0))) - 1)
}

// OuterStroke returns the coverage of a line of width pixels round m, to be painted below the shape: it reaches a
// pixel under the shape's edge, so that no gap shows between them, but not under what is translucent farther inside.
// Subtract m from it for the part outside alone. The result is larger than m by the line.
//
// It needs 7 bytes of scratch memory for each pixel of the result.
func OuterStroke(m *image.Alpha, width float64, s *Scratch) *image.Alpha {
	width = bounded(width, 0, MaxRadius)
	if width == 0 || m.Rect.Empty() {
		return image.NewAlpha(m.Rect)
	}
	return band(m, spreadRect(m.Rect, width), -1, width, &s.usable().field)
}
