package studio

import (
	"math"

	"github.com/fogleman/gg"
)

// Shape is an outline on a canvas. Its methods that paint return it again, so that a shape reads as one chain from the
// shadow underneath to the highlight on top. It sits where the canvas was moved to when it is painted.
type Shape struct {
	canvas *Canvas
	steps  []step
}

type step struct {
	kind   byte // M, L, C or Z
	points [3]gg.Point
}

func (k step) used() []gg.Point {
	return k.points[:map[byte]int{'M': 1, 'L': 1, 'C': 3}[k.kind]]
}

// And returns a shape that covers both outlines.
func (s Shape) And(other Shape) Shape {
	steps := make([]step, 0, len(s.steps)+len(other.steps))
	s.steps = append(append(steps, s.steps...), other.steps...)
	return s
}

// Rect is a rectangle from its top left corner.
func (c *Canvas) Rect(x, y, w, h float64) Shape {
	return c.Polygon(x, y, x+w, y, x+w, y+h, x, y+h)
}

// Polygon is a closed outline through the points x0, y0, x1, y1 ...
func (c *Canvas) Polygon(xy ...float64) Shape {
	s := c.Line(xy...)
	s.steps = append(s.steps, step{kind: 'Z'})
	return s
}

// Line is an open outline of straight pieces through the points x0, y0, x1, y1 ...
func (c *Canvas) Line(xy ...float64) Shape {
	b := builder{}
	b.move(xy[0], xy[1])
	for i := 2; i+1 < len(xy); i += 2 {
		b.line(xy[i], xy[i+1])
	}
	return Shape{c, b}
}

// Round is a rectangle with rounded corners; a radius larger than half a side makes a pill.
func (c *Canvas) Round(x, y, w, h, radius float64) Shape {
	r := min(radius, w/2, h/2)
	k := r * (1 - circleHandle)
	x1, y1 := x+w, y+h
	b := builder{}
	b.move(x+r, y)
	b.line(x1-r, y)
	b.curve(x1-k, y, x1, y+k, x1, y+r)
	b.line(x1, y1-r)
	b.curve(x1, y1-k, x1-k, y1, x1-r, y1)
	b.line(x+r, y1)
	b.curve(x+k, y1, x, y1-k, x, y1-r)
	b.line(x, y+r)
	b.curve(x, y+k, x+k, y, x+r, y)
	b.close()
	return Shape{c, b}
}

// Circle is a circle about (x, y).
func (c *Canvas) Circle(x, y, r float64) Shape { return c.Ellipse(x, y, r, r) }

// Ellipse is an upright ellipse about (x, y).
func (c *Canvas) Ellipse(x, y, rx, ry float64) Shape {
	s := c.Arc(x, y, rx, ry, 0, 360)
	s.steps = append(s.steps, step{kind: 'Z'})
	return s
}

// Arc is a piece of an ellipse about (x, y), clockwise from one angle to another in degrees, 0 to the right.
func (c *Canvas) Arc(x, y, rx, ry, from, to float64) Shape {
	pieces := max(1, int(math.Ceil(math.Abs(to-from)/90)))
	turn := gg.Radians(to-from) / float64(pieces)
	k := 4.0 / 3 * math.Tan(turn/4)
	b := builder{}
	sin, cos := math.Sincos(gg.Radians(from))
	b.move(x+rx*cos, y+ry*sin)
	for i := range pieces {
		sin1, cos1 := math.Sincos(gg.Radians(from) + turn*float64(i+1))
		b.curve(x+rx*(cos-k*sin), y+ry*(sin+k*cos), x+rx*(cos1+k*sin1), y+ry*(sin1-k*cos1), x+rx*cos1, y+ry*sin1)
		sin, cos = sin1, cos1
	}
	return Shape{c, b}
}

// Curve is an open smooth outline through the points x0, y0, x1, y1 ...: a Catmull-Rom spline.
func (c *Canvas) Curve(xy ...float64) Shape {
	last := len(xy)/2 - 1
	at := func(i int) gg.Point { i = min(max(i, 0), last); return gg.Point{X: xy[2*i], Y: xy[2*i+1]} }
	b := builder{}
	b.move(xy[0], xy[1])
	for i := range last {
		p0, p1, p2, p3 := at(i-1), at(i), at(i+1), at(i+2)
		b.curve(p1.X+(p2.X-p0.X)/6, p1.Y+(p2.Y-p0.Y)/6, p2.X-(p3.X-p1.X)/6, p2.Y-(p3.Y-p1.Y)/6, p2.X, p2.Y)
	}
	return Shape{c, b}
}

// circleHandle is the length of a cubic's handle, for a quarter of a circle of radius 1.
const circleHandle = 0.5522847498

type builder []step

func (b *builder) move(x, y float64) { *b = append(*b, step{'M', [3]gg.Point{{X: x, Y: y}}}) }
func (b *builder) line(x, y float64) { *b = append(*b, step{'L', [3]gg.Point{{X: x, Y: y}}}) }
func (b *builder) close()            { *b = append(*b, step{kind: 'Z'}) }
func (b *builder) curve(x1, y1, x2, y2, x3, y3 float64) {
	*b = append(*b, step{'C', [3]gg.Point{{X: x1, Y: y1}, {X: x2, Y: y2}, {X: x3, Y: y3}}})
}
