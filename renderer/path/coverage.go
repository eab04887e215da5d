package path

import (
	"image"
	"math"
)

// FillRule tells which parts of the plane are inside a path.
type FillRule uint8

// The fill rules of SVG 2, section 13.4.2.
const (
	NonZero FillRule = iota // inside where the contours wind around in sum
	EvenOdd                 // inside where they wind around an odd number of times
)

// DefaultTolerance is how far, in units of the path, lines may leave the curve that they stand for.
const DefaultTolerance = 0.01

// MaxSide is the largest width and height that is drawn; pixels of an area beyond it stay empty.
const MaxSide = 1 << 15

// Coverage returns how much of each pixel of area lies inside p, from 0 to 255. Open contours are closed. A path with
// a coordinate that is not finite covers nothing.
func (p *Path) Coverage(area image.Rectangle, rule FillRule) *image.Alpha {
	var r Rasterizer
	mask := image.NewAlpha(area)
	r.Fill(mask, p, rule)
	return mask
}

// Cost estimates the work of Coverage over area as the number of cells and pixels that are visited; a million takes
// some milliseconds. It is computed in the time of a walk over the steps of p.
func (p *Path) Cost(area image.Rectangle) int {
	w, h := float64(area.Dx()), float64(area.Dy())
	if area.Empty() {
		return 0
	}
	cost := float64(w*h/8) + float64(4*len(p.verbs))
	f := flattenerFor(p, 0)
	var from, start Point
	at := 0
	// The control points of a curve make it cross a row or a column at most as often as their own lines do.
	visit := func(a, b Point) {
		cost += min(math.Abs(a.X-b.X), w) + min(math.Abs(a.Y-b.Y), h)
	}
	for _, v := range p.verbs {
		q := p.points[at : at+v.takes()]
		at += len(q)
		switch v {
		case move:
			visit(from, start) // open contours are closed
			start = q[0]
		case end:
			visit(from, start)
			from = start
		case line:
			visit(from, q[0])
		case quad:
			visit(from, q[0])
			visit(q[0], q[1])
			cost += float64(4 * f.pieces(0.25, secondDifference(from, q[0], q[1])))
		case cubic:
			visit(from, q[0])
			visit(q[0], q[1])
			visit(q[1], q[2])
			cost += float64(4 * f.pieces(0.75, max(secondDifference(from, q[0], q[1]), secondDifference(q[0], q[1], q[2]))))
		}
		if len(q) > 0 {
			from = q[len(q)-1]
		}
	}
	visit(from, start)
	if !(cost < 1<<50) {
		return 1 << 50
	}
	return int(cost)
}

func secondDifference(a, b, c Point) float64 {
	return length(a.X-float64(2*b.X)+c.X, a.Y-float64(2*b.Y)+c.Y)
}
