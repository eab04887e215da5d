package mask

import (
	"image"
	"math"
)

// foot is the point of the contour, at half coverage, that a pixel stands for, seen from the pixel's middle.
// Where a mask is thinner than a pixel there is no such contour, and the foot is a disc about the feature's middle.
type foot struct {
	x, y, radius int8 // in parts of footUnit
	set          bool
}

const (
	footUnit = 120 // parts of a pixel
	border   = 3   // empty pixels round a mask, so that no neighbour has to be checked

	inside    = 128 // the least coverage of a pixel whose middle lies inside
	faintest  = 24  // the least coverage of a thin feature: less is haze
	axisShare = math.Sqrt2

	sharpSlope = 0.35 // from here on an edge counts as sharp, in heights a pixel
	softSlope  = 0.2  // up to here as soft
)

// bordered copies m into a plane with empty borders.
func bordered(plane []byte, m *image.Alpha) (p []byte, stride int) {
	stride = m.Rect.Dx() + 2*border
	plane = zeroed(plane, stride*(m.Rect.Dy()+2*border))
	for y := range m.Rect.Dy() {
		copy(plane[(y+border)*stride+border:], row(m, m.Rect, m.Rect.Min.Y+y))
	}
	return plane, stride
}

// footAt finds the foot of the pixel at an index of a plane, which must lie two pixels within its borders.
func footAt(p []byte, stride, at int) (f foot, ok bool) {
	a, n, s, w, e := p[at], p[at-stride], p[at+stride], p[at-1], p[at+1]
	if a|n|s|w|e == 0 || a&n&s&w&e == 255 {
		return f, false
	}
	within := a >= inside
	crosses := func(v byte) bool { return v >= inside != within }
	if !crosses(n) && !crosses(s) && !crosses(w) && !crosses(e) {
		return thinFoot(p, stride, at)
	}
	saturated := func(v byte) bool { return v == 0 || v == 255 }
	if saturated(a) {
		// A neighbour that is covered in part knows better where the contour is.
		for _, v := range [4]byte{n, s, w, e} {
			if crosses(v) && !saturated(v) {
				return f, false
			}
		}
	}
	nw, ne, sw, se := int(p[at-stride-1]), int(p[at-stride+1]), int(p[at+stride-1]), int(p[at+stride+1])
	gx := float64(float64(int(e)-int(w))*axisShare) + float64(ne-nw+se-sw)
	gy := float64(float64(int(s)-int(n))*axisShare) + float64(sw-nw+se-ne)
	length := math.Sqrt(float64(gx*gx) + float64(gy*gy))
	if length == 0 {
		if !within {
			return f, false
		}
		return foot{radius: int8(int(a) * footUnit / 510), set: true}, true
	}
	gx, gy = gx/length, gy/length
	offset := edgeOffset(math.Abs(gx), math.Abs(gy), float64(a)/255)
	// The slope of a sharp edge is about half its height a pixel. A soft one reaches over many pixels, and its
	// contour lies where the slope leads to.
	slope := length / (255 * 2 * (2 + axisShare))
	if soft := min((sharpSlope-slope)/(sharpSlope-softSlope), 1); soft > 0 && !saturated(a) {
		offset += float64(soft * ((float64(a)/255-0.5)/slope - offset))
	}
	offset = min(max(offset, -1), 1) * footUnit
	return foot{x: int8(math.Round(-gx * offset)), y: int8(math.Round(-gy * offset)), set: true}, true
}

// edgeOffset is how far a straight edge lies from the middle of a pixel of which it covers the share a, along a
// normal with the parts nx and ny: positive if the middle is covered. (Gustavson and Strand, Anti-aliased Euclidean
// distance transform, 2011, section 4.)
func edgeOffset(nx, ny, a float64) float64 {
	nx, ny = max(nx, ny), min(nx, ny)
	corner := 0.5 * ny / nx // the share of a triangle that reaches from corner to corner
	switch {
	case a < corner:
		return math.Sqrt(2*nx*ny*a) - 0.5*(nx+ny)
	case a <= 1-corner:
		return (a - 0.5) * nx
	}
	return 0.5*(nx+ny) - math.Sqrt(2*nx*ny*(1-a))
}

// thinFoot finds a feature that covers no pixel by half, such as a hairline of small text.
func thinFoot(p []byte, stride, at int) (f foot, ok bool) {
	a := p[at]
	if a < faintest || a >= inside {
		return f, false
	}
	for _, step := range [4]int{1, stride - 1, stride, stride + 1} {
		if p[at-step] >= inside || p[at+step] >= inside {
			return f, false
		}
	}
	across := func(step int) (offset, width int, thin bool) {
		l, r := int(p[at-step]), int(p[at+step])
		thin = max(l, r) <= int(a) && max(p[at-2*step], p[at+2*step]) <= a/2
		width = l + int(a) + r
		return (r - l) * footUnit / width, width, thin
	}
	if dx, width, thin := across(1); thin {
		f = foot{x: int8(dx), radius: int8(width * footUnit / 510), set: true}
	}
	if dy, width, thin := across(stride); thin {
		radius := int8(width * footUnit / 510)
		if f.set {
			radius = min(radius, f.radius)
		}
		f = foot{x: f.x, y: int8(dy), radius: radius, set: true}
	}
	return f, f.set
}
