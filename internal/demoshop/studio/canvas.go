// Package studio draws flat illustrations: shapes built from curves, filled with gradients, lit by soft shadows.
package studio

import (
	"image"
	"math"

	"github.com/fogleman/gg"
)

// Canvas is a picture in the making, transparent at first. Lengths are given in the units of New, whatever the scale.
// It is not safe for concurrent use.
type Canvas struct {
	dc     *gg.Context
	matrix gg.Matrix // units to pixels
}

// New returns a canvas of width x height units, drawn at scale pixels per unit.
func New(width, height int, scale float64) *Canvas {
	w := max(1, int(math.Round(float64(width)*scale)))
	h := max(1, int(math.Round(float64(height)*scale)))
	dc := gg.NewContext(w, h)
	dc.SetLineCapRound()
	dc.SetLineJoinRound()
	return &Canvas{dc: dc, matrix: gg.Scale(scale, scale)}
}

// Image returns the picture itself, not a copy: later drawing changes it.
func (c *Canvas) Image() *image.RGBA {
	return c.dc.Image().(*image.RGBA) // gg.NewContext always draws on an RGBA
}

// Move runs draw with the origin at (x, y).
func (c *Canvas) Move(x, y float64, draw func()) {
	c.with(gg.Translate(x, y), draw)
}

// Turn runs draw turned clockwise about (x, y).
func (c *Canvas) Turn(degrees, x, y float64, draw func()) {
	turn := gg.Translate(-x, -y).Multiply(gg.Rotate(gg.Radians(degrees))).Multiply(gg.Translate(x, y))
	c.with(turn, draw)
}

// Stretch runs draw scaled by (sx, sy) about (x, y); a factor of -1 mirrors.
func (c *Canvas) Stretch(sx, sy, x, y float64, draw func()) {
	stretch := gg.Translate(-x, -y).Multiply(gg.Scale(sx, sy)).Multiply(gg.Translate(x, y))
	c.with(stretch, draw)
}

func (c *Canvas) with(m gg.Matrix, draw func()) {
	before := c.matrix
	defer func() { c.matrix = before }()
	c.matrix = m.Multiply(before)
	draw()
}

// unit is the length of one unit in pixels; under an uneven stretch it is the mean.
func (c *Canvas) unit() float64 {
	return math.Sqrt(math.Abs(c.matrix.XX*c.matrix.YY - c.matrix.XY*c.matrix.YX))
}
