package mask

import (
	"image"
	"math"
)

// RoundedRectangle returns, on area, the coverage of a rectangle of w by h pixels from x, y, whose corners are
// quarters of circles with the given radii, clockwise from the top left. Radii that do not fit are all scaled
// by the same factor. (W3C CSS Backgrounds and Borders Level 3, section 5.5.) A rectangle with a number that is not
// finite covers nothing.
func RoundedRectangle(area image.Rectangle, x, y, w, h float64, radii [4]float64) *image.Alpha {
	out := image.NewAlpha(area)
	if !finite(x, y, w, h) || w <= 0 || h <= 0 {
		return out
	}
	r := fitting(radii, w, h)
	fillOutline(out, outline{top: y, bottom: y + h,
		sides: func(at float64) (left, right float64) {
			fromTop, fromBottom := at-y, y+h-at
			left = x + max(indent(r[0], fromTop), indent(r[3], fromBottom))
			right = x + w - max(indent(r[1], fromTop), indent(r[2], fromBottom))
			return left, right
		},
		straight: func(top, bottom float64) bool {
			return top-y >= max(r[0], r[1]) && y+h-bottom >= max(r[2], r[3])
		},
	})
	return out
}

// Ellipse returns, on area, the coverage of an ellipse about cx, cy with the radii rx and ry. An ellipse with a number
// that is not finite covers nothing.
func Ellipse(area image.Rectangle, cx, cy, rx, ry float64) *image.Alpha {
	out := image.NewAlpha(area)
	if !finite(cx, cy, rx, ry) || rx <= 0 || ry <= 0 {
		return out
	}
	fillOutline(out, outline{top: cy - ry, bottom: cy + ry,
		sides: func(at float64) (left, right float64) {
			t := (at - cy) / ry
			half := rx * math.Sqrt(max(1-float64(t*t), 0))
			return cx - half, cx + half
		},
		straight: func(_, _ float64) bool { return false },
	})
	return out
}

// fitting makes radii positive and scales them until neighbours fit their side.
func fitting(radii [4]float64, w, h float64) [4]float64 {
	for i, r := range radii {
		if !(r > 0) {
			r = 0
		}
		radii[i] = min(r, w+h) // no fit needs more, and infinity would hide the others
	}
	factor := 1.0
	for i, side := range [4]float64{w, h, w, h} {
		if sum := radii[i] + radii[(i+1)%4]; sum > side {
			factor = min(factor, side/sum)
		}
	}
	for i := range radii {
		radii[i] *= factor
	}
	return radii
}

// indent is how far a corner of radius r cuts into a side at a distance from the corner's end.
func indent(r, distance float64) float64 {
	if distance >= r {
		return 0
	}
	d := r - distance
	return r - math.Sqrt(max(float64(r*r)-float64(d*d), 0))
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
