package colorglyph

import (
	"math"

	"github.com/go-text/typesetting/font/opentype/tables"

	"github.com/adloom/adloom/renderer/path"
)

// placeFunc takes a point of the picture to its place on a gradient's line; it is false where there is none.
type placeFunc func(p path.Point) (t float64, ok bool)

func dot(a, b path.Point) float64 { return float64(a.X*b.X) + float64(a.Y*b.Y) }

func minus(a, b path.Point) path.Point { return path.Point{X: a.X - b.X, Y: a.Y - b.Y} }

// linear goes from p0, where the place is 0, to p1, where it is 1; what is of one colour runs as from p0 to p2. Back
// maps pixels to these points. Points that give no direction give no gradient.
func linear(p0, p1, p2 path.Point, back path.Matrix) placeFunc {
	along, across := minus(p1, p0), minus(p2, p0)
	normal := path.Point{X: across.Y, Y: -across.X}
	length := dot(along, normal)
	if length == 0 {
		return nil
	}
	// The place is (p-p0)·normal over that of p1, which is affine in pixels too.
	x := (float64(back[0]*normal.X) + float64(back[1]*normal.Y)) / length
	y := (float64(back[2]*normal.X) + float64(back[3]*normal.Y)) / length
	at := dot(minus(path.Point{X: back[4], Y: back[5]}, p0), normal) / length
	return func(p path.Point) (float64, bool) { return float64(x*p.X) + float64(y*p.Y) + at, true }
}

// radial goes from the circle about c0 with the radius r0, where the place is 0, to that about c1 with r1, where it is
// 1, and beyond both as far as circles have a radius. Of the circles through a point the last counts.
func radial(c0 path.Point, r0 float64, c1 path.Point, r1 float64, back path.Matrix) placeFunc {
	r0, r1 = max(0, r0), max(0, r1)
	d, dr := minus(c1, c0), r1-r0
	if d.X == 0 && d.Y == 0 && dr == 0 {
		return nil
	}
	// With q = p-c0 the place solves a·t² - 2·b·t + c = 0.
	a := dot(d, d) - float64(dr*dr)
	return func(p path.Point) (float64, bool) {
		q := minus(back.Apply(p), c0)
		b := dot(q, d) + float64(r0*dr)
		c := dot(q, q) - float64(r0*r0)
		grown := func(t float64) (float64, bool) { return t, r0+float64(t*dr) >= 0 }
		if a == 0 {
			if b == 0 {
				return 0, false
			}
			return grown(c / (2 * b))
		}
		square := float64(b*b) - float64(a*c)
		if square < 0 {
			return 0, false
		}
		root := math.Sqrt(square)
		t, u := (b+root)/a, (b-root)/a
		if t < u {
			t, u = u, t
		}
		if t, ok := grown(t); ok {
			return t, true
		}
		return grown(u)
	}
}

// sweep turns about a centre, against the clock in the y-up space of fonts, from the place 0 at the angle start to 1
// at the angle end, which are half turns less one. Of no angle at all only what lies before and behind can be padded.
func sweep(centre path.Point, start, end float64, extend tables.Extend, back path.Matrix) placeFunc {
	start, end = (start+1)/2, (end+1)/2 // in turns
	if start == end && extend != tables.ExtendPad {
		return nil
	}
	return func(p path.Point) (float64, bool) {
		q := minus(back.Apply(p), centre)
		at := turns(q.X, q.Y)
		switch {
		case start != end:
			return (at - start) / (end - start), true
		case at < start:
			return math.Inf(-1), true
		}
		return math.Inf(1), true
	}
}

// turns is the angle of a point from the x axis towards the y axis, from 0 to below 1.
func turns(x, y float64) float64 {
	ax, ay := math.Abs(x), math.Abs(y)
	if ax+ay == 0 {
		return 0
	}
	t := eighth(min(ax, ay) / max(ax, ay))
	if ay > ax {
		t = 0.25 - t
	}
	if x < 0 {
		t = 0.5 - t
	}
	if y < 0 {
		t = 1 - t
	}
	if t >= 1 {
		return 0
	}
	return t
}

// eighth is the arc tangent of v, from 0 to 1, in turns. Halving the angle twice leaves at most 0.2, for which the
// series is cut where the next term is below 1e-16.
func eighth(v float64) float64 {
	for range 2 {
		v /= 1 + math.Sqrt(1+float64(v*v))
	}
	z, sum := float64(v*v), 0.0
	for n := 21.0; n >= 1; n -= 2 {
		sum = 1/n - float64(z*sum)
	}
	return float64(4*v*sum) / (2 * math.Pi)
}
