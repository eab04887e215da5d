package path

import "math"

// Bounds of the number of lines that curves become: of one curve, and of all curves of a path together, where each
// may have leastPieces.
const (
	mostPieces  = 256
	leastPieces = 4
	allPieces   = 1 << 18
)

// flattener turns curves into lines that leave them by tolerance at most.
type flattener struct {
	tolerance float64
	most      int // pieces of one curve; beyond it the tolerance is not met
}

// flattenerFor returns the flattener for the curves of p.
func flattenerFor(p *Path, tolerance float64) flattener {
	if !(tolerance > 0) {
		tolerance = DefaultTolerance
	}
	return flattener{tolerance, min(mostPieces, max(leastPieces, allPieces/max(1, len(p.verbs))))}
}

// pieces returns the number of lines for a curve of which m is the largest second difference of control points, and
// degree is d·(d-1)/8: Wang's bound (G. Wang, "The subdivision method for finding the intersection between two Bézier
// curves or surfaces", 1984).
func (f flattener) pieces(degree, m float64) int {
	n := math.Ceil(math.Sqrt(float64(degree*m) / f.tolerance))
	if !(n < float64(f.most)) {
		return f.most
	}
	return max(1, int(n))
}

// quad appends the ends of the lines for a quadratic curve.
func (f flattener) quad(to []Point, a, b, c Point) []Point {
	// x = (ax·t + 2·bx)·t + a.x
	ax, ay := a.X-float64(2*b.X)+c.X, a.Y-float64(2*b.Y)+c.Y
	bx, by := 2*(b.X-a.X), 2*(b.Y-a.Y)
	n := f.pieces(0.25, length(ax, ay))
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		to = append(to, Point{
			float64((float64(ax*t)+bx)*t) + a.X,
			float64((float64(ay*t)+by)*t) + a.Y,
		})
	}
	return append(to, c)
}

// cubic appends the ends of the lines for a cubic curve.
func (f flattener) cubic(to []Point, a, b, c, d Point) []Point {
	ux, uy := a.X-float64(2*b.X)+c.X, a.Y-float64(2*b.Y)+c.Y
	vx, vy := b.X-float64(2*c.X)+d.X, b.Y-float64(2*c.Y)+d.Y
	n := f.pieces(0.75, max(length(ux, uy), length(vx, vy)))
	// x = ((ax·t + bx)·t + cx)·t + a.x
	ax, ay := d.X-a.X+float64(3*(b.X-c.X)), d.Y-a.Y+float64(3*(b.Y-c.Y))
	bx, by := float64(3*ux), float64(3*uy)
	cx, cy := 3*(b.X-a.X), 3*(b.Y-a.Y)
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		to = append(to, Point{
			float64((float64((float64(ax*t)+bx)*t)+cx)*t) + a.X,
			float64((float64((float64(ay*t)+by)*t)+cy)*t) + a.Y,
		})
	}
	return append(to, d)
}

// Flatten returns p with every curve replaced by lines that leave it by tolerance at most; with a tolerance of zero
// by DefaultTolerance. Paths of very many curves get coarser lines: the sum of lines is bounded.
func (p *Path) Flatten(tolerance float64) *Path {
	f := flattenerFor(p, tolerance)
	flat := &Path{}
	var from Point
	var scratch []Point
	at := 0
	for _, v := range p.verbs {
		q := p.points[at : at+v.takes()]
		at += len(q)
		switch v {
		case move:
			flat.MoveTo(q[0].X, q[0].Y)
		case end:
			flat.Close()
		case line:
			flat.LineTo(q[0].X, q[0].Y)
		case quad:
			scratch = f.quad(scratch[:0], from, q[0], q[1])
			flat.lines(scratch)
		case cubic:
			scratch = f.cubic(scratch[:0], from, q[0], q[1], q[2])
			flat.lines(scratch)
		}
		from = flat.last()
	}
	return flat
}

func (p *Path) lines(to []Point) {
	for _, q := range to {
		p.LineTo(q.X, q.Y)
	}
}
