package path

import "math"

// edge is a part of a line inside the drawn area, walked downwards row by row. Positions are 1/256 pixel. Where it
// crosses the lower end of a row is kept exactly, as a whole and a fraction over dy, by adding up.
type edge struct {
	x, y       int32 // where it enters the current row
	next       int32 // x where it leaves the row, unless it ends there
	endX, endY int32
	lift, rem  int32 // what x grows by per row, as a whole and a fraction over dy
	mod, dy    int32 // the fraction that next lacks, less dy
	sign       int32 // 1 where the line goes down, -1 where it goes up
}

// collect makes the edges of p, seen from origin, and tells whether all coordinates are finite.
func (r *Rasterizer) collect(p *Path, origin Point) bool {
	f := flattenerFor(p, DefaultTolerance)
	var from, start Point
	at := 0
	for _, v := range p.verbs {
		var q [3]Point
		n := v.takes()
		for i, o := range p.points[at : at+n] {
			q[i] = Point{o.X - origin.X, o.Y - origin.Y}
			if !finite(q[i].X) || !finite(q[i].Y) {
				return false
			}
		}
		at += n
		switch v {
		case move:
			r.line(from, start)
			start, from = q[0], q[0]
		case end:
			r.line(from, start)
			from = start
		case line:
			r.line(from, q[0])
			from = q[0]
		case quad:
			if r.outside(from, q[0], q[1], q[1]) {
				r.line(from, q[1])
			} else {
				r.points = f.quad(r.points[:0], from, q[0], q[1])
				r.lines(from)
			}
			from = q[1]
		case cubic:
			if r.outside(from, q[0], q[1], q[2]) {
				r.line(from, q[2])
			} else {
				r.points = f.cubic(r.points[:0], from, q[0], q[1], q[2])
				r.lines(from)
			}
			from = q[2]
		}
	}
	r.line(from, start)
	return true
}

// outside tells whether a curve with these control points may be replaced by a line, as it lies on one side of the
// area.
func (r *Rasterizer) outside(a, b, c, d Point) bool {
	return max(a.Y, b.Y, c.Y, d.Y) <= 0 || min(a.Y, b.Y, c.Y, d.Y) >= r.h ||
		max(a.X, b.X, c.X, d.X) <= 0 || min(a.X, b.X, c.X, d.X) >= r.w
}

// lines adds the lines through r.points.
func (r *Rasterizer) lines(from Point) {
	for _, q := range r.points {
		r.line(from, q)
		from = q
	}
}

// line adds the part of the line from a to b that matters to the area: what is above, below or to the right does not,
// and what is to the left counts as if it were on the left border.
func (r *Rasterizer) line(a, b Point) {
	if a.Y == b.Y {
		return
	}
	// Lines are always clipped downwards, so that one that is drawn both ways cancels exactly.
	sign := int32(1)
	if a.Y > b.Y {
		a, b, sign = b, a, -1
	}
	if b.Y <= 0 || a.Y >= r.h || min(a.X, b.X) >= r.w {
		return
	}
	if a.Y < 0 {
		a = Point{atY(a, b, 0), 0}
	}
	if b.Y > r.h {
		b = Point{atY(a, b, r.h), r.h}
	}
	if a.X >= r.w {
		if b.X >= r.w {
			return
		}
		a = Point{r.w, atX(a, b, r.w)}
	} else if b.X > r.w {
		b = Point{r.w, atX(a, b, r.w)}
	}
	if a.X < 0 && b.X < 0 {
		a.X, b.X = 0, 0
	} else if a.X < 0 {
		c := Point{0, atX(a, b, 0)}
		r.edge(Point{0, a.Y}, c, sign)
		a = c
	} else if b.X < 0 {
		c := Point{0, atX(a, b, 0)}
		r.edge(c, Point{0, b.Y}, sign)
		b = c
	}
	r.edge(a, b, sign)
}

// atY returns x where the line from a down to b passes y, and atX y where it passes x, both held to the line's ends.
func atY(a, b Point, y float64) float64 {
	x := a.X + float64((b.X-a.X)*((y-a.Y)/(b.Y-a.Y)))
	return max(min(a.X, b.X), min(x, max(a.X, b.X)))
}

func atX(a, b Point, x float64) float64 {
	y := a.Y + float64((b.Y-a.Y)*((x-a.X)/(b.X-a.X)))
	return max(a.Y, min(y, b.Y))
}

// edge adds a line that goes down inside the area.
func (r *Rasterizer) edge(a, b Point, sign int32) {
	e := edge{x: fixed(a.X), y: fixed(a.Y), endX: fixed(b.X), endY: fixed(b.Y), sign: sign}
	if e.y == e.endY {
		return
	}
	if e.y>>8 != (e.endY-1)>>8 {
		dx := int64(e.endX - e.x)
		e.dy = e.endY - e.y
		dy := int64(e.dy)
		whole, part := divide(int64(256-e.y&255)*dx, dy)
		e.next, e.mod = e.x+int32(whole), int32(part-dy)
		whole, part = divide(256*dx, dy)
		e.lift, e.rem = int32(whole), int32(part)
	}
	r.edges = append(r.edges, e)
}

// divide returns the quotient, rounded down, and the rest.
func divide(a, b int64) (quotient, rest int64) {
	quotient, rest = a/b, a%b
	if rest < 0 {
		quotient, rest = quotient-1, rest+b
	}
	return quotient, rest
}

// fixed rounds to 1/256.
func fixed(v float64) int32 { return int32(math.Floor(v*256 + 0.5)) }
