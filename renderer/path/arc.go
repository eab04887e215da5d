package path

import "math"

// arcTo draws an elliptical arc to the point to, given as in SVG 2, section 9.3.8: the radii, the turn of the x axis
// in degrees, whether the longer way is taken and whether the angle grows. The centre is found as appendix B.2.4
// does, but on the unit circle and without angles.
func (p *Path) arcTo(rx, ry, turn float64, large, sweep bool, to Point) {
	from := p.last()
	rx, ry = math.Abs(rx), math.Abs(ry)
	if from == to {
		return
	}
	if rx == 0 || ry == 0 {
		p.LineTo(to.X, to.Y)
		return
	}
	toEllipse := Rotate(turn).Mul(Scale(rx, ry))
	toUnit, ok := toEllipse.Invert()
	if !ok {
		p.LineTo(to.X, to.Y)
		return
	}
	a, b := toUnit.Apply(from), toUnit.Apply(to)
	dx, dy := b.X-a.X, b.Y-a.Y
	square := float64(dx*dx) + float64(dy*dy)
	if square == 0 || !finite(square) {
		p.LineTo(to.X, to.Y)
		return
	}
	radius, shift := 1.0, 0.0 // of the circle, and from the middle of the chord to its centre, in chords
	if square >= 4 {
		radius = math.Sqrt(square) / 2 // too small an ellipse grows until it reaches (B.2.5)
	} else {
		shift = math.Sqrt(1/square - 0.25)
	}
	// On the short way along growing angles the centre lies to the right of the chord.
	if large == sweep {
		shift = -shift
	}
	c := Point{(a.X+b.X)/2 - float64(shift*dy), (a.Y+b.Y)/2 + float64(shift*dx)}
	u := Point{(a.X - c.X) / radius, (a.Y - c.Y) / radius}
	v := Point{(b.X - c.X) / radius, (b.Y - c.Y) / radius}
	p.unitArc(toEllipse.Mul(Matrix{radius, 0, 0, radius, c.X, c.Y}), u, v, large, sweep)
	p.points[len(p.points)-1] = to
}

// unitArc draws the arc from u to v on the unit circle, as m maps it.
func (p *Path) unitArc(m Matrix, u, v Point, large, sweep bool) {
	sign := -1.0
	if sweep {
		sign = 1
	}
	turned := func(q Point) Point { return Point{float64(-sign * q.Y), float64(sign * q.X)} }
	quarters := 0
	if large {
		quarters = 2 // half the circle at least
	}
	for range quarters {
		next := turned(u)
		p.quarterArc(m, u, next, sign)
		u = next
	}
	// What is left is at most half a circle, whatever rounding says.
	if cos := dot(u, v); cos < 0 {
		next := turned(u)
		p.quarterArc(m, u, next, sign)
		u = next
	}
	if cross := sign * cross(u, v); cross < 0 {
		// Rounding put v before u.
		w := m.Apply(v)
		p.LineTo(w.X, w.Y)
		return
	}
	p.quarterArc(m, u, v, sign)
}

// quarterArc draws an arc of at most 90 degrees as two cubics, which leave the circle by 4e-6 of its radius at most.
func (p *Path) quarterArc(m Matrix, u, v Point, sign float64) {
	mid := between(u, v)
	cos := min(1, dot(u, mid))
	sin := math.Sqrt(1 - float64(cos*cos))
	half := sin / (1 + cos) // tan of half the angle
	arm := float64(sign*4/3*half) / (1 + math.Sqrt(1+float64(half*half)))
	for _, s := range [2][2]Point{{u, mid}, {mid, v}} {
		c1 := m.Apply(Point{s[0].X - float64(arm*s[0].Y), s[0].Y + float64(arm*s[0].X)})
		c2 := m.Apply(Point{s[1].X + float64(arm*s[1].Y), s[1].Y - float64(arm*s[1].X)})
		to := m.Apply(s[1])
		p.CubicTo(c1.X, c1.Y, c2.X, c2.Y, to.X, to.Y)
	}
}

// between returns the unit vector halfway between two that are less than 180 degrees apart.
func between(u, v Point) Point {
	x, y := u.X+v.X, u.Y+v.Y
	n := length(x, y)
	return Point{x / n, y / n}
}

func dot(u, v Point) float64   { return float64(u.X*v.X) + float64(u.Y*v.Y) }
func cross(u, v Point) float64 { return float64(u.X*v.Y) - float64(u.Y*v.X) }
