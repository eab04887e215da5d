package path

// polyline is one contour of a path made of lines, no two neighbours of its points alike.
type polyline struct {
	vertices []vertex
	closed   bool // the last vertex is joined to the first

	direction Point // of a polyline without length; zero is to the right
}

// vertex is a corner of a polyline.
type vertex struct {
	Point
	smooth bool // inside a curve: it is no corner to the eye
}

// polylines returns the contours of p that have a line at least. One without length has a single vertex.
func (p *Path) polylines(f flattener) []polyline {
	var all []polyline
	var now polyline
	var drawn bool // the contour has a step
	var scratch []Point
	var from, start Point
	finish := func(closed bool) {
		if drawn {
			v := now.vertices
			if n := len(v); closed && n > 1 && v[n-1].Point == v[0].Point {
				v = v[:n-1]
			}
			all = append(all, polyline{vertices: v, closed: closed && len(v) > 1})
		}
		now, drawn = polyline{}, false
	}
	add := func(q Point, smooth bool) {
		if n := len(now.vertices); n == 0 || now.vertices[n-1].Point != q {
			now.vertices = append(now.vertices, vertex{q, smooth})
		} else if !smooth {
			now.vertices[n-1].smooth = false
		}
	}
	at := 0
	for _, v := range p.verbs {
		q := p.points[at : at+v.takes()]
		at += len(q)
		scratch = scratch[:0]
		switch v {
		case move:
			finish(false)
			start = q[0]
			add(start, false)
		case end:
			drawn = true
			finish(true)
			from = start
		case line:
			scratch = append(scratch, q[0])
		case quad:
			scratch = f.quad(scratch, from, q[0], q[1])
		case cubic:
			scratch = f.cubic(scratch, from, q[0], q[1], q[2])
		}
		for i, s := range scratch {
			add(s, i < len(scratch)-1)
			drawn = true
		}
		if len(q) > 0 {
			from = q[len(q)-1]
		}
	}
	finish(false)
	return all
}

// Length returns the sum of the lengths of the lines of p and of the lines between control points of its curves. The
// curves themselves are no longer.
func (p *Path) Length() float64 {
	var from, start Point
	sum := 0.0
	at := 0
	for _, v := range p.verbs {
		switch v {
		case move:
			from = p.points[at]
			start = from
		case end:
			sum += length(start.X-from.X, start.Y-from.Y)
			from = start
		default:
			for _, q := range p.points[at : at+v.takes()] {
				sum += length(q.X-from.X, q.Y-from.Y)
				from = q
			}
		}
		at += v.takes()
	}
	return sum
}
