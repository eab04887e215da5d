package studio

import (
	"image/color"
	"math"

	"github.com/fogleman/gg"
)

// Fill paints the shape in one colour: #rgb, #rgba, #rrggbb or #rrggbbaa, as everywhere in this package.
func (s Shape) Fill(hex string) Shape { return s.fill(gg.NewSolidPattern(parseHex(hex))) }

// FillDown paints the shape with evenly spaced colours from its top to its bottom.
func (s Shape) FillDown(ramp ...string) Shape { return s.fill(s.down(ramp)) }

// FillAcross paints the shape with evenly spaced colours from its left to its right.
func (s Shape) FillAcross(ramp ...string) Shape { return s.fill(s.across(ramp)) }

// FillLinear paints the shape with evenly spaced colours from (x0, y0) to (x1, y1).
func (s Shape) FillLinear(x0, y0, x1, y1 float64, ramp ...string) Shape {
	return s.fill(s.canvas.linear(x0, y0, x1, y1, ramp))
}

// FillRadial paints the shape with evenly spaced colours from (x, y) outwards to radius r.
func (s Shape) FillRadial(x, y, r float64, ramp ...string) Shape {
	return s.fill(s.canvas.radial(x, y, r, ramp))
}

// Stroke draws the outline.
func (s Shape) Stroke(width float64, hex string) Shape {
	return s.stroke(width, gg.NewSolidPattern(parseHex(hex)))
}

// StrokeDown draws the outline with evenly spaced colours from top to bottom.
func (s Shape) StrokeDown(width float64, ramp ...string) Shape { return s.stroke(width, s.down(ramp)) }

// StrokeAcross draws the outline with evenly spaced colours from left to right.
func (s Shape) StrokeAcross(width float64, ramp ...string) Shape {
	return s.stroke(width, s.across(ramp))
}

// Dashes draws the outline as blunt stitches of the given length and gap.
func (s Shape) Dashes(width, length, gap float64, hex string) Shape {
	dc, unit := s.canvas.dc, s.canvas.unit()
	dc.SetDash(length*unit, gap*unit)
	dc.SetLineCapButt()
	defer func() { dc.SetDash(); dc.SetLineCapRound() }()
	return s.Stroke(width, hex)
}

// Inside runs draw with everything outside the shape masked away.
func (s Shape) Inside(draw func()) Shape {
	dc := s.canvas.dc
	before := *dc // gg's own Pop keeps the mask
	defer func() { *dc = before }()
	s.trace(dc, s.canvas.matrix)
	dc.Clip()
	draw()
	return s
}

func (s Shape) fill(p gg.Pattern) Shape {
	s.trace(s.canvas.dc, s.canvas.matrix)
	s.canvas.dc.SetFillStyle(p)
	s.canvas.dc.Fill()
	return s
}

func (s Shape) stroke(width float64, p gg.Pattern) Shape {
	dc := s.canvas.dc
	s.trace(dc, s.canvas.matrix)
	dc.SetLineWidth(width * s.canvas.unit())
	dc.SetStrokeStyle(p)
	dc.Stroke()
	return s
}

func (s Shape) down(ramp []string) gg.Pattern {
	low, high := s.bounds()
	return s.canvas.linear(low.X, low.Y, low.X, high.Y, ramp)
}

func (s Shape) across(ramp []string) gg.Pattern {
	low, high := s.bounds()
	return s.canvas.linear(low.X, low.Y, high.X, low.Y, ramp)
}

// trace puts the outline on dc, which it finds without a path.
func (s Shape) trace(dc *gg.Context, m gg.Matrix) {
	for _, k := range s.steps {
		var p [3]gg.Point
		for i, q := range k.used() {
			p[i].X, p[i].Y = m.TransformPoint(q.X, q.Y)
		}
		switch k.kind {
		case 'M':
			dc.MoveTo(p[0].X, p[0].Y)
		case 'L':
			dc.LineTo(p[0].X, p[0].Y)
		case 'C':
			dc.CubicTo(p[0].X, p[0].Y, p[1].X, p[1].Y, p[2].X, p[2].Y)
		case 'Z':
			dc.ClosePath()
		}
	}
}

// bounds is the box around the outline and its handles.
func (s Shape) bounds() (low, high gg.Point) {
	low = gg.Point{X: math.Inf(1), Y: math.Inf(1)}
	high = gg.Point{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, k := range s.steps {
		for _, p := range k.used() {
			low.X, low.Y = min(low.X, p.X), min(low.Y, p.Y)
			high.X, high.Y = max(high.X, p.X), max(high.Y, p.Y)
		}
	}
	return low, high
}

// parseHex reads a colour that is part of the program, so a mistake in it panics.
func parseHex(hex string) color.NRGBA {
	digits := []byte(hex)
	if len(digits) == 4 || len(digits) == 5 {
		long := []byte{'#'}
		for _, d := range digits[1:] {
			long = append(long, d, d)
		}
		digits = long
	}
	if len(digits) == 7 {
		digits = append(digits, 'f', 'f')
	}
	if len(digits) != 9 || digits[0] != '#' {
		panic("colour: expected #rgb, #rgba, #rrggbb or #rrggbbaa, found " + hex)
	}
	var v [4]uint8
	for i := range v {
		v[i] = nibble(digits[2*i+1], hex)<<4 | nibble(digits[2*i+2], hex)
	}
	return color.NRGBA{R: v[0], G: v[1], B: v[2], A: v[3]}
}

func nibble(d byte, hex string) uint8 {
	switch {
	case '0' <= d && d <= '9':
		return d - '0'
	case 'a' <= d && d <= 'f':
		return d - 'a' + 10
	}
	panic("colour: expected digits 0-9 and a-f, found " + hex)
}
