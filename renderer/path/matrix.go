package path

import "math"

// Matrix is an affine map in the order of SVG's matrix(a b c d e f): x' = a·x + c·y + e, y' = b·x + d·y + f.
type Matrix [6]float64

// Identity returns the matrix that changes nothing.
func Identity() Matrix { return Matrix{1, 0, 0, 1, 0, 0} }

// Translate returns the matrix that moves by x, y.
func Translate(x, y float64) Matrix { return Matrix{1, 0, 0, 1, x, y} }

// Scale returns the matrix that scales by x and y about the origin.
func Scale(x, y float64) Matrix { return Matrix{x, 0, 0, y, 0, 0} }

// Rotate returns the matrix that turns clockwise by degrees about the origin.
func Rotate(degrees float64) Matrix {
	s, c := sincos(degrees)
	return Matrix{c, s, -s, c, 0, 0}
}

// Skew returns the matrix that slants the y axis by x degrees and the x axis by y degrees.
func Skew(x, y float64) Matrix {
	sx, cx := sincos(x)
	sy, cy := sincos(y)
	return Matrix{1, sy / cy, sx / cx, 1, 0, 0}
}

// Mul returns the matrix that maps by n first and by m then.
func (m Matrix) Mul(n Matrix) Matrix {
	return Matrix{
		float64(m[0]*n[0]) + float64(m[2]*n[1]),
		float64(m[1]*n[0]) + float64(m[3]*n[1]),
		float64(m[0]*n[2]) + float64(m[2]*n[3]),
		float64(m[1]*n[2]) + float64(m[3]*n[3]),
		float64(m[0]*n[4]) + float64(m[2]*n[5]) + m[4],
		float64(m[1]*n[4]) + float64(m[3]*n[5]) + m[5],
	}
}

// Apply maps a point.
func (m Matrix) Apply(p Point) Point {
	return Point{
		float64(m[0]*p.X) + float64(m[2]*p.Y) + m[4],
		float64(m[1]*p.X) + float64(m[3]*p.Y) + m[5],
	}
}

// Determinant returns the factor by which m scales areas; it is negative where m mirrors.
func (m Matrix) Determinant() float64 { return float64(m[0]*m[3]) - float64(m[1]*m[2]) }

// Invert returns the matrix that undoes m, and whether there is one.
func (m Matrix) Invert() (Matrix, bool) {
	d := m.Determinant()
	if !finite(1/d) || d == 0 {
		return Matrix{}, false
	}
	n := Matrix{m[3] / d, -m[1] / d, -m[2] / d, m[0] / d, 0, 0}
	o := n.Apply(Point{-m[4], -m[5]})
	n[4], n[5] = o.X, o.Y
	for _, v := range n {
		if !finite(v) {
			return Matrix{}, false
		}
	}
	return n, true
}

// Stretch returns the largest factor by which m scales a length.
func (m Matrix) Stretch() float64 {
	// The larger singular value of the linear part.
	e, f := (m[0]+m[3])/2, (m[0]-m[3])/2
	g, h := (m[1]+m[2])/2, (m[1]-m[2])/2
	return length(e, h) + length(f, g)
}

func length(x, y float64) float64 { return math.Sqrt(float64(x*x) + float64(y*y)) }

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
