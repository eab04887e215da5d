package path

import "math"

// Join is the shape of the corners of a stroke.
type Join uint8

// The joins of SVG 2, section 13.5.5.
const (
	MiterJoin Join = iota
	RoundJoin
	BevelJoin
)

// Cap is the shape of the ends of a stroke.
type Cap uint8

// The caps of SVG 2, section 13.5.4.
const (
	ButtCap Cap = iota
	RoundCap
	SquareCap
)

// Style tells how a path is stroked. Lengths are units of the path.
type Style struct {
	Width      float64
	Join       Join
	MiterLimit float64 // miters longer than this many widths become bevels; 0 is 4, as in SVG
	Cap        Cap
	Dash       []float64 // lengths of dashes and gaps in turn, repeated; none is a solid line
	DashOffset float64   // where in the dashes the path starts
	Tolerance  float64   // how far lines may leave curves; 0 is DefaultTolerance
}

// Stroke returns the outline of p drawn with a pen, to be filled with NonZero. It is made of lines, so Tolerance has
// to fit the scale at which it is shown. Without a width that is positive and finite, or with coordinates that are not
// finite, it is empty. Dashes are ignored if they are negative, without length or too many to draw (MaxDashes).
func (p *Path) Stroke(style Style) *Path {
	s := stroker{half: style.Width / 2, style: style, flat: flattenerFor(p, style.Tolerance)}
	if !(s.half > 0) || !finite(s.half) {
		return &s.out
	}
	for _, q := range p.points {
		if !finite(q.X) || !finite(q.Y) {
			return &s.out
		}
	}
	if s.style.MiterLimit == 0 {
		s.style.MiterLimit = 4
	}
	// Round corners share the bound on pieces with the curves.
	for s.depth = 6; s.depth > 2 && s.flat.most < 1<<s.depth; s.depth-- {
	}
	lines := p.polylines(s.flat)
	if dashed, ok := dash(lines, style.Dash, style.DashOffset); ok {
		lines = dashed
	}
	for _, l := range lines {
		s.stroke(l)
	}
	return &s.out
}

// stroker draws the outline of polylines. Its outline is, summed with its windings, that of one rectangle per line and
// one wedge per corner, all of the same orientation: so no overlap ever cuts a hole.
type stroker struct {
	half  float64 // of the width
	style Style
	flat  flattener
	depth int // most halvings of a round corner
	out   Path
	begun bool // the contour has its first point
}

// to draws a line to c + half·u.
func (s *stroker) to(c, u Point) {
	x, y := c.X+float64(s.half*u.X), c.Y+float64(s.half*u.Y)
	if s.begun {
		s.out.LineTo(x, y)
		return
	}
	s.begun = true
	s.out.MoveTo(x, y)
}

func (s *stroker) close() {
	s.out.Close()
	s.begun = false
}

func (s *stroker) stroke(l polyline) {
	v := l.vertices
	if len(v) == 1 {
		u := l.direction
		if u == (Point{}) {
			u.X = 1
		}
		s.dot(v[0].Point, u)
		return
	}
	there := legs(v, l.closed)
	back := make([]leg, len(there))
	for i, g := range there {
		back[len(there)-1-i] = leg{from: g.to, to: g.from, u: Point{-g.u.X, -g.u.Y}, length: g.length}
	}
	if l.closed {
		s.side(there, true, true)
		s.close()
		s.side(back, true, false)
		s.close()
		return
	}
	s.side(there, false, true)
	s.cap(there[len(there)-1].to.Point, there[len(there)-1].u)
	s.side(back, false, false)
	s.cap(v[0].Point, back[len(back)-1].u)
	s.close()
}

// leg is one line of a polyline.
type leg struct {
	from, to vertex
	u        Point // its direction, of length 1
	length   float64
}

func legs(v []vertex, closed bool) []leg {
	n := len(v)
	all := make([]leg, 0, n)
	for i := range v {
		to := v[(i+1)%n]
		if i == n-1 && !closed {
			break
		}
		dx, dy := to.X-v[i].X, to.Y-v[i].Y
		// Scaled by the larger side first, a line that is tiny keeps its direction.
		m := max(math.Abs(dx), math.Abs(dy))
		k := length(dx/m, dy/m)
		all = append(all, leg{v[i], to, Point{dx / m / k, dy / m / k}, float64(m * k)})
	}
	return all
}

// side draws the outline to the left of the legs.
func (s *stroker) side(legs []leg, closed, forward bool) {
	if closed {
		s.join(legs[len(legs)-1], legs[0], forward)
	} else {
		s.to(legs[0].from.Point, left(legs[0].u))
	}
	for i := 1; i < len(legs); i++ {
		s.join(legs[i-1], legs[i], forward)
	}
	if last := legs[len(legs)-1]; !closed {
		s.to(last.to.Point, left(last.u))
	}
}

// left returns u turned by 90 degrees against the clock.
func left(u Point) Point { return Point{u.Y, -u.X} }
