package path

// Point is a position, or the vector from the origin to it.
type Point struct{ X, Y float64 }

// verb is the kind of one step of a path.
type verb uint8

const (
	move  verb = iota // 1 point: where a contour starts
	line              // 1 point: the end
	quad              // 2 points: the control point and the end
	cubic             // 3 points: the control points and the end
	end               // 0 points: back to the start of the contour
)

// takes returns the number of points of a step.
func (v verb) takes() int {
	switch v {
	case move, line:
		return 1
	case quad:
		return 2
	case cubic:
		return 3
	}
	return 0
}

// Path is a list of contours. The zero value is an empty path that is ready to be built on. A path that is no
// longer built on may be used by several goroutines.
type Path struct {
	verbs  []verb
	points []Point
	start  Point // of the current contour
	open   bool  // a contour was started and not closed
}

// MoveTo starts a contour at x, y.
func (p *Path) MoveTo(x, y float64) {
	p.start, p.open = Point{x, y}, true
	p.add(move, p.start)
}

// LineTo draws a straight line to x, y.
func (p *Path) LineTo(x, y float64) {
	p.resume()
	p.add(line, Point{x, y})
}

// QuadTo draws a quadratic curve to x, y with the control point x1, y1.
func (p *Path) QuadTo(x1, y1, x, y float64) {
	p.resume()
	p.add(quad, Point{x1, y1}, Point{x, y})
}

// CubicTo draws a cubic curve to x, y with the control points x1, y1 and x2, y2.
func (p *Path) CubicTo(x1, y1, x2, y2, x, y float64) {
	p.resume()
	p.add(cubic, Point{x1, y1}, Point{x2, y2}, Point{x, y})
}

// Close draws a straight line to the start of the contour and ends it. What follows without a MoveTo starts there
// too.
func (p *Path) Close() {
	if p.open {
		p.open = false
		p.add(end)
	}
}

// resume starts a contour where the last one started, if none is open.
func (p *Path) resume() {
	if !p.open {
		p.MoveTo(p.start.X, p.start.Y)
	}
}

func (p *Path) add(v verb, points ...Point) {
	p.verbs = append(p.verbs, v)
	p.points = append(p.points, points...)
}

// last returns the end of the last step; of an empty path, the origin.
func (p *Path) last() Point {
	if !p.open || len(p.points) == 0 {
		return p.start
	}
	return p.points[len(p.points)-1]
}

// Empty tells whether p has no step.
func (p *Path) Empty() bool { return len(p.verbs) == 0 }

// Segments returns the number of steps of p: moves, lines, curves and closings.
func (p *Path) Segments() int { return len(p.verbs) }

// Append adds the contours of q after those of p.
func (p *Path) Append(q *Path) {
	p.verbs = append(p.verbs, q.verbs...)
	p.points = append(p.points, q.points...)
	p.start, p.open = q.start, q.open
}

// Transform returns p with every point mapped by m.
func (p *Path) Transform(m Matrix) *Path {
	t := &Path{verbs: p.verbs[:len(p.verbs):len(p.verbs)], points: make([]Point, len(p.points)), open: p.open}
	for i, q := range p.points {
		t.points[i] = m.Apply(q)
	}
	t.start = m.Apply(p.start)
	return t
}
