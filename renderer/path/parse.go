package path

import (
	"fmt"
	"math"
)

// Limits of Parse.
const (
	MaxText       = 64 << 10 // bytes
	MaxSegments   = 20_000
	MaxCoordinate = 1e6 // of every number and every point, on both sides of zero
)

// Parse reads SVG 2 path data (section 9.3). Unlike a browser, which draws what comes before a mistake, it refuses
// text with a mistake, telling the byte offset, what was expected there and what was found.
func Parse(d string) (*Path, error) {
	if len(d) > MaxText {
		return nil, fmt.Errorf("parse path: expected at most %d bytes; found %d", MaxText, len(d))
	}
	r := reader{scanner: scanner{text: d}}
	r.space()
	for r.at < len(d) {
		if err := r.command(); err != nil {
			return nil, err
		}
		r.space()
	}
	return &r.path, nil
}

// reader draws path data as it scans it.
type reader struct {
	scanner
	path     Path
	command0 byte  // the command before this one, in lower case
	control  Point // the last control point, for smooth curves
	segments int
}

// command reads a command and all its repeats.
func (r *reader) command() error {
	c := r.text[r.at]
	lower := c | 0x20
	relative := c == lower
	first := r.path.Empty()
	switch lower {
	case 'm', 'z', 'l', 'h', 'v', 'c', 's', 'q', 't', 'a':
	default:
		return r.wrong("a command")
	}
	if first && lower != 'm' {
		return r.wrong("M or m first")
	}
	r.at++
	if lower == 'z' {
		r.path.Close()
		r.command0 = 'z'
		return r.count(r.at)
	}
	r.space()
	for {
		at := r.at
		if err := r.segment(lower, relative); err != nil {
			return err
		}
		if err := r.count(at); err != nil {
			return err
		}
		r.command0 = lower
		if lower == 'm' {
			lower = 'l' // pairs after the first are lines
		}
		if comma := r.comma(); !comma && !r.starts() {
			return nil
		}
	}
}

// count adds a segment that was read at the byte at and checks that it is within the limits.
func (r *reader) count(at int) error {
	if r.segments++; r.segments > MaxSegments {
		return fmt.Errorf("parse path: byte %d: expected at most %d segments; found more", at, MaxSegments)
	}
	if p := r.path.last(); !(math.Abs(p.X) <= MaxCoordinate && math.Abs(p.Y) <= MaxCoordinate) {
		return outside(at, fmt.Sprintf("%g,%g", p.X, p.Y))
	}
	return nil
}

// segment reads the arguments of one command and draws it.
func (r *reader) segment(c byte, relative bool) error {
	from := r.path.last()
	var base Point
	if relative {
		base = from
	}
	switch c {
	case 'm', 'l', 't':
		to, err := r.pair(base)
		if err != nil {
			return err
		}
		switch c {
		case 'm':
			r.path.MoveTo(to.X, to.Y)
		case 'l':
			r.path.LineTo(to.X, to.Y)
		case 't':
			r.control = r.reflected(from, 'q', 't')
			r.path.QuadTo(r.control.X, r.control.Y, to.X, to.Y)
		}
	case 'h':
		x, err := r.number()
		if err != nil {
			return err
		}
		r.path.LineTo(base.X+x, from.Y)
	case 'v':
		y, err := r.number()
		if err != nil {
			return err
		}
		r.path.LineTo(from.X, base.Y+y)
	case 'q', 's':
		p, err := r.pairs(base, 2)
		if err != nil {
			return err
		}
		if c == 'q' {
			r.path.QuadTo(p[0].X, p[0].Y, p[1].X, p[1].Y)
		} else {
			c1 := r.reflected(from, 'c', 's')
			r.path.CubicTo(c1.X, c1.Y, p[0].X, p[0].Y, p[1].X, p[1].Y)
		}
		r.control = p[0]
	case 'c':
		p, err := r.pairs(base, 3)
		if err != nil {
			return err
		}
		r.path.CubicTo(p[0].X, p[0].Y, p[1].X, p[1].Y, p[2].X, p[2].Y)
		r.control = p[1]
	case 'a':
		return r.arc(base)
	}
	return nil
}

// reflected returns the control point of a smooth curve: the last one mirrored at the current point if the command
// before was a curve of the same degree, else the current point.
func (r *reader) reflected(from Point, curve, smooth byte) Point {
	if r.command0 != curve && r.command0 != smooth {
		return from
	}
	return Point{float64(2*from.X) - r.control.X, float64(2*from.Y) - r.control.Y}
}

// arc reads the arguments of an elliptical arc and draws it.
func (r *reader) arc(base Point) error {
	var n [3]float64
	for i := range n {
		v, err := r.number()
		if err != nil {
			return err
		}
		n[i] = v
		r.comma()
	}
	large, err := r.flag()
	if err != nil {
		return err
	}
	r.comma()
	sweep, err := r.flag()
	if err != nil {
		return err
	}
	r.comma()
	to, err := r.pair(base)
	if err != nil {
		return err
	}
	r.path.resume()
	r.path.arcTo(n[0], n[1], n[2], large, sweep, to)
	return nil
}

// pairs reads n points.
func (r *reader) pairs(base Point, n int) (p [3]Point, err error) {
	for i := range n {
		if i > 0 {
			r.comma()
		}
		if p[i], err = r.pair(base); err != nil {
			return p, err
		}
	}
	return p, nil
}

// pair reads a point relative to base.
func (r *reader) pair(base Point) (Point, error) {
	x, err := r.number()
	if err != nil {
		return Point{}, err
	}
	r.comma()
	y, err := r.number()
	return Point{base.X + x, base.Y + y}, err
}
