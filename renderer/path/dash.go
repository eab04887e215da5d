package path

import "math"

// MaxDashes is the largest number of dashes and gaps along one path; a path that would have more is drawn solid.
const MaxDashes = 1 << 15

// dash cuts lines into dashes, and tells whether there are any to cut.
func dash(lines []polyline, pattern []float64, offset float64) ([]polyline, bool) {
	if len(pattern)%2 == 1 {
		pattern = append(pattern[:len(pattern):len(pattern)], pattern...)
	}
	period := 0.0
	for _, d := range pattern {
		if !(d >= 0) {
			return nil, false
		}
		period += d
	}
	total := 0.0
	for _, l := range lines {
		for _, g := range legs(l.vertices, l.closed) {
			total += g.length
		}
	}
	if !(period > 0) || !finite(period) || !finite(offset) ||
		!(float64((total/period+float64(len(lines)))*float64(len(pattern))) < MaxDashes) {
		return nil, false
	}
	if offset = math.Mod(offset, period); offset < 0 {
		offset += period
	}
	c := cutter{pattern: pattern}
	for _, l := range lines {
		c.cut(l, offset)
	}
	return c.dashes, true
}

// cutter walks along lines and collects the dashes.
type cutter struct {
	pattern []float64
	index   int     // of the pattern; even ones are dashes
	left    float64 // of that dash or gap
	now     polyline
	dashes  []polyline
}

func (c *cutter) on() bool { return c.index%2 == 0 }

// cut cuts one line, which starts at offset in the pattern.
func (c *cutter) cut(l polyline, offset float64) {
	if len(l.vertices) < 2 {
		return
	}
	c.index, c.left = 0, c.pattern[0]
	for offset > 0 && offset >= c.left {
		offset -= c.left
		c.index = (c.index + 1) % len(c.pattern)
		c.left = c.pattern[c.index]
	}
	c.left -= offset
	first, startsOn := len(c.dashes), c.on()
	if startsOn {
		c.start(l.vertices[0])
	}
	for _, g := range legs(l.vertices, l.closed) {
		at := 0.0
		for g.length-at > c.left {
			at += c.left
			c.turn(Point{g.from.X + float64(at*g.u.X), g.from.Y + float64(at*g.u.Y)}, g.u)
		}
		c.left -= g.length - at
		if c.on() {
			c.start(g.to)
		}
	}
	if !c.on() {
		return
	}
	// A closed line that ends in the dash that it starts in has one dash around its start.
	if l.closed && startsOn {
		if len(c.dashes) == first {
			c.dashes = append(c.dashes, l)
			c.now = polyline{}
			return
		}
		c.dashes[first].vertices = append(c.now.vertices, c.dashes[first].vertices[1:]...)
		c.now = polyline{}
		return
	}
	c.finish()
}

// turn ends the dash or gap at q and starts the next.
func (c *cutter) turn(q, u Point) {
	if c.on() {
		c.start(vertex{Point: q})
		c.now.direction = u
		c.finish()
	}
	c.index = (c.index + 1) % len(c.pattern)
	c.left = c.pattern[c.index]
	if c.on() {
		c.start(vertex{Point: q})
	}
}

// start adds a vertex to the current dash.
func (c *cutter) start(v vertex) {
	if n := len(c.now.vertices); n == 0 || c.now.vertices[n-1].Point != v.Point {
		c.now.vertices = append(c.now.vertices, v)
	}
}

func (c *cutter) finish() {
	if len(c.now.vertices) > 0 {
		c.dashes = append(c.dashes, c.now)
	}
	c.now = polyline{}
}
