package path

// MostPoints is the largest number of corners or tips of RegularPolygon, Star and Burst; more are drawn as that many.
const MostPoints = 1000

// RegularPolygon returns n corners on the circle about cx, cy, the first at the top, all turned clockwise by rotation
// degrees. With fewer than three corners it is empty.
func RegularPolygon(cx, cy, r float64, n int, rotation float64) *Path {
	if n < 3 {
		return &Path{}
	}
	n = min(n, MostPoints)
	corners := make([]Point, n)
	for i := range corners {
		sin, cos := sincos(float64(360*i)/float64(n) + rotation)
		corners[i] = Point{cx + float64(r*sin), cy - float64(r*cos)}
	}
	return Polygon(corners)
}

// Star returns a star with its first tip at the top. The tips lie on the ellipse with the radii rx and ry, the valleys
// between them on that ellipse scaled by inner, which is held to 0..1. With fewer than two tips it is empty.
func Star(cx, cy, rx, ry float64, points int, inner float64) *Path {
	return Polygon(star(cx, cy, rx, ry, points, inner))
}

// Burst returns the badge of a sale: a star of which tips and valleys are rounded. A roundness of 0 leaves them sharp,
// 1 makes the whole outline a wave; it is held to 0..1.
func Burst(cx, cy, rx, ry float64, points int, inner, roundness float64) *Path {
	corners := star(cx, cy, rx, ry, points, inner)
	roundness = clamp(roundness)
	if roundness == 0 || len(corners) == 0 {
		return Polygon(corners)
	}
	// Each corner is cut roundness/2 of the way to its neighbours and rounded by the curve that it controls.
	toward := func(a, b Point) Point {
		k := roundness / 2
		return Point{a.X + float64(k*(b.X-a.X)), a.Y + float64(k*(b.Y-a.Y))}
	}
	p := &Path{}
	n := len(corners)
	for i, c := range corners {
		in, out := toward(c, corners[(i+n-1)%n]), toward(c, corners[(i+1)%n])
		if i == 0 {
			p.MoveTo(in.X, in.Y)
		} else {
			p.LineTo(in.X, in.Y)
		}
		p.QuadTo(c.X, c.Y, out.X, out.Y)
	}
	p.Close()
	return p
}

// star returns tips and valleys in turn.
func star(cx, cy, rx, ry float64, points int, inner float64) []Point {
	if points < 2 {
		return nil
	}
	points = min(points, MostPoints)
	inner = clamp(inner)
	corners := make([]Point, 2*points)
	for i := range corners {
		sin, cos := sincos(float64(180*i) / float64(points))
		x, y := float64(rx*sin), float64(ry*cos)
		if i%2 == 1 {
			x, y = float64(x*inner), float64(y*inner)
		}
		corners[i] = Point{cx + x, cy - y}
	}
	return corners
}

// clamp holds v to 0..1; what is not a number becomes 0.
func clamp(v float64) float64 {
	if !(v > 0) {
		return 0
	}
	return min(v, 1)
}
