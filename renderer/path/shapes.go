package path

// Rectangle returns a rectangle with round corners. The radii are those of the top left, top right, bottom right and
// bottom left corner; where they are too large for a side they all shrink by the same factor, as those of CSS do
// (CSS Backgrounds 3, section 4.5). A rectangle without area is empty.
func Rectangle(x, y, w, h float64, radii [4]float64) *Path {
	p := &Path{}
	if !(w > 0 && h > 0) {
		return p
	}
	for i, r := range radii {
		radii[i] = max(0, r)
	}
	shrink := 1.0
	for i, side := range [4]float64{w, h, w, h} {
		if sum := radii[i] + radii[(i+1)%4]; sum > side {
			shrink = min(shrink, side/sum)
		}
	}
	for i := range radii {
		radii[i] *= shrink
	}
	tl, tr, br, bl := radii[0], radii[1], radii[2], radii[3]
	p.MoveTo(x+tl, y)
	p.LineTo(x+w-tr, y)
	p.corner(x+w-tr, y+tr, tr, tr, Point{0, -1})
	p.LineTo(x+w, y+h-br)
	p.corner(x+w-br, y+h-br, br, br, Point{1, 0})
	p.LineTo(x+bl, y+h)
	p.corner(x+bl, y+h-bl, bl, bl, Point{0, 1})
	p.LineTo(x, y+tl)
	p.corner(x+tl, y+tl, tl, tl, Point{-1, 0})
	p.Close()
	return p
}

// RoundRectangle returns a rectangle of which all corners are quarters of an ellipse, as SVG's rect has them: radii
// larger than half a side are half of it.
func RoundRectangle(x, y, w, h, rx, ry float64) *Path {
	rx, ry = min(max(0, rx), w/2), min(max(0, ry), h/2)
	if !(w > 0 && h > 0) || rx == 0 || ry == 0 {
		return Rectangle(x, y, w, h, [4]float64{})
	}
	p := &Path{}
	p.MoveTo(x+rx, y)
	p.LineTo(x+w-rx, y)
	p.corner(x+w-rx, y+ry, rx, ry, Point{0, -1})
	p.LineTo(x+w, y+h-ry)
	p.corner(x+w-rx, y+h-ry, rx, ry, Point{1, 0})
	p.LineTo(x+rx, y+h)
	p.corner(x+rx, y+h-ry, rx, ry, Point{0, 1})
	p.LineTo(x, y+ry)
	p.corner(x+rx, y+ry, rx, ry, Point{-1, 0})
	p.Close()
	return p
}

// Ellipse returns the ellipse about cx, cy, clockwise from its rightmost point. Without area it is empty.
func Ellipse(cx, cy, rx, ry float64) *Path {
	p := &Path{}
	if !(rx > 0 && ry > 0) {
		return p
	}
	p.MoveTo(cx+rx, cy)
	for _, u := range [4]Point{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} {
		p.corner(cx, cy, rx, ry, u)
	}
	p.Close()
	return p
}

// corner draws a quarter of an ellipse about cx, cy, clockwise from the direction u.
func (p *Path) corner(cx, cy, rx, ry float64, u Point) {
	if rx > 0 && ry > 0 {
		p.quarterArc(Matrix{rx, 0, 0, ry, cx, cy}, u, Point{-u.Y, u.X}, 1)
	}
}

// Polygon returns the closed contour through points; with fewer than two it is empty.
func Polygon(points []Point) *Path {
	p := &Path{}
	if len(points) < 2 {
		return p
	}
	p.MoveTo(points[0].X, points[0].Y)
	p.lines(points[1:])
	p.Close()
	return p
}
