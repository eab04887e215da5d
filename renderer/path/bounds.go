package path

import "math"

// Rect is a rectangle from X0, Y0 to X1, Y1.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// Width returns the width of r.
func (r Rect) Width() float64 { return r.X1 - r.X0 }

// Height returns the height of r.
func (r Rect) Height() float64 { return r.Y1 - r.Y0 }

// Union returns the smallest rectangle that holds r and s.
func (r Rect) Union(s Rect) Rect {
	return Rect{min(r.X0, s.X0), min(r.Y0, s.Y0), max(r.X1, s.X1), max(r.Y1, s.Y1)}
}

// Bounds returns the smallest rectangle that holds the lines and curves of p, not merely their control points, and
// whether there is one: an empty path has none. A move that nothing follows counts not.
func (p *Path) Bounds() (Rect, bool) {
	r := Rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	var from Point
	at := 0
	for _, v := range p.verbs {
		q := p.points[at : at+v.takes()]
		at += len(q)
		switch v {
		case move:
		case end:
			r.hold(from) // a contour may be closed where it begins
		case line:
			r.hold(from)
			r.hold(q[0])
		case quad:
			r.hold(from)
			r.hold(q[1])
			r.X0, r.X1 = quadExtent(r.X0, r.X1, from.X, q[0].X, q[1].X)
			r.Y0, r.Y1 = quadExtent(r.Y0, r.Y1, from.Y, q[0].Y, q[1].Y)
		case cubic:
			r.hold(from)
			r.hold(q[2])
			r.X0, r.X1 = cubicExtent(r.X0, r.X1, from.X, q[0].X, q[1].X, q[2].X)
			r.Y0, r.Y1 = cubicExtent(r.Y0, r.Y1, from.Y, q[0].Y, q[1].Y, q[2].Y)
		}
		if len(q) > 0 {
			from = q[len(q)-1]
		}
	}
	return r, r.X0 <= r.X1 && r.Y0 <= r.Y1
}

// hold grows r to hold q.
func (r *Rect) hold(q Point) {
	r.X0, r.X1 = min(r.X0, q.X), max(r.X1, q.X)
	r.Y0, r.Y1 = min(r.Y0, q.Y), max(r.Y1, q.Y)
}

// quadExtent grows lo to hi, which hold a and c, to hold the quadratic curve a, b, c.
func quadExtent(lo, hi, a, b, c float64) (float64, float64) {
	if b >= lo && b <= hi {
		return lo, hi // the curve stays within its control points
	}
	t := (a - b) / (a - float64(2*b) + c)
	if t > 0 && t < 1 {
		v := quadAt(a, b, c, t)
		lo, hi = min(lo, v), max(hi, v)
	}
	return lo, hi
}

// cubicExtent grows lo to hi, which hold a and d, to hold the cubic curve a, b, c, d.
func cubicExtent(lo, hi, a, b, c, d float64) (float64, float64) {
	if min(b, c) >= lo && max(b, c) <= hi {
		return lo, hi
	}
	// The roots of the derivative, qa·t² + 2·qb·t + qc.
	qa := d - a + float64(3*(b-c))
	qb := a - float64(2*b) + c
	qc := b - a
	for _, t := range quadratic(qa, qb, qc) {
		if t > 0 && t < 1 {
			v := cubicAt(a, b, c, d, t)
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	return lo, hi
}

// quadratic returns the roots of a·t² + 2·b·t + c; those that do not exist are NaN or infinite.
func quadratic(a, b, c float64) [2]float64 {
	root := math.Sqrt(float64(b*b) - float64(a*c))
	// Without cancellation: q has the sign of b.
	q := -b - root
	if b < 0 {
		q = -b + root
	}
	return [2]float64{q / a, c / q}
}

func quadAt(a, b, c, t float64) float64 {
	s := 1 - t
	return float64(s*s*a) + float64(2*s*t*b) + float64(t*t*c)
}

func cubicAt(a, b, c, d, t float64) float64 {
	s := 1 - t
	return float64(s*s*s*a) + float64(3*s*s*t*b) + float64(3*s*t*t*c) + float64(t*t*t*d)
}
