package path

import "math"

// join draws the left side of the corner between two legs.
func (s *stroker) join(a, b leg, forward bool) {
	at := a.to.Point
	n, m := left(a.u), left(b.u)
	cos, turn := dot(a.u, b.u), cross(a.u, b.u)
	inner := turn < 0 || turn == 0 && cos < 0 && !forward // a line that turns back is round on one side only
	// A miter is this long, squared, per half width: 1/cos² of half the angle.
	miter := 2 / (1 + cos)
	middle := Point{(n.X + m.X) / (1 + cos), (n.Y + m.Y) / (1 + cos)}
	switch {
	case inner:
		// Where both lines are long enough the sides meet; else going through the corner itself keeps every
		// rectangle whole.
		if room := min(a.length, b.length) / 2; float64(s.half*s.half*(miter-1)) <= float64(room*room) {
			s.to(at, middle)
			return
		}
		s.to(at, n)
		s.to(at, Point{})
		s.to(at, m)
	case cos > 0 && float64(s.half*(miter-1)) <= s.flat.tolerance:
		s.to(at, middle) // too flat to tell the joins apart
	case a.to.smooth || s.style.Join == RoundJoin:
		s.to(at, n)
		s.round(at, n, m, a.u)
		s.to(at, m)
	case s.style.Join == MiterJoin && miter <= float64(s.style.MiterLimit*s.style.MiterLimit):
		s.to(at, middle)
	default:
		s.to(at, n)
		s.to(at, m)
	}
}

// cap draws the end of a line that goes in the direction u, from its left side to its right one.
func (s *stroker) cap(at, u Point) {
	n := left(u)
	switch s.style.Cap {
	case RoundCap:
		s.round(at, n, Point{-n.X, -n.Y}, u)
	case SquareCap:
		s.to(at, Point{n.X + u.X, n.Y + u.Y})
		s.to(at, Point{u.X - n.X, u.Y - n.Y})
	}
}

// dot draws the caps of a line without length.
func (s *stroker) dot(at, u Point) {
	if s.style.Cap == ButtCap {
		return
	}
	n := left(u)
	s.to(at, n)
	s.cap(at, u)
	s.to(at, Point{-n.X, -n.Y})
	s.cap(at, Point{-u.X, -u.Y})
	s.close()
}

// round draws the points of an arc between the directions n and m, without these. It bulges towards u.
func (s *stroker) round(at, n, m, u Point) {
	cos := dot(n, m)
	if cos < 0 {
		// Cut in two, half the arc is at most 90 degrees.
		middle := Point{n.X + m.X, n.Y + m.Y}
		if k := length(middle.X, middle.Y); k > 1e-3 {
			middle = Point{middle.X / k, middle.Y / k}
		} else {
			middle = u
		}
		s.round(at, n, middle, u)
		s.to(at, middle)
		s.round(at, middle, m, u)
		return
	}
	depth := 0
	for half := math.Sqrt((1 + min(cos, 1)) / 2); depth < s.depth && float64(s.half*(1-half)) > s.flat.tolerance; depth++ {
		half = math.Sqrt((1 + half) / 2)
	}
	s.arc(at, n, m, depth)
}

func (s *stroker) arc(at, n, m Point, depth int) {
	if depth == 0 {
		return
	}
	middle := between(n, m)
	s.arc(at, n, middle, depth-1)
	s.to(at, middle)
	s.arc(at, middle, m, depth-1)
}
