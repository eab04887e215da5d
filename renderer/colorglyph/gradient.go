package colorglyph

import (
	"math"

	"github.com/go-text/typesetting/font/opentype/tables"

	"github.com/adloom/adloom/renderer/path"
)

// gradient gives the colours of pixels. Its place function takes the middle of a pixel to a place on the line, and is
// false where the gradient has no colour; without one, the whole plane has the colour of the only stop.
type gradient struct {
	line  line
	place placeFunc
}

// colour is the premultiplied colour of a pixel.
func (g *gradient) colour(x, y int) [4]uint8 {
	t := 0.0
	if g.place != nil {
		var ok bool
		if t, ok = g.place(path.Point{X: float64(x) + 0.5, Y: float64(y) + 0.5}); !ok || math.IsNaN(t) {
			return [4]uint8{}
		}
	}
	return g.line.colour(t)
}

// gradient builds a gradient that m maps to pixels.
func (b *builder) gradient(p tables.PaintTable, m path.Matrix) *node {
	back, ok := m.Invert()
	if !ok {
		return nil
	}
	var l line
	var place placeFunc
	point := func(x, y int16, d deltas, i uint32) path.Point {
		return path.Point{X: float64(x) + d(i), Y: float64(y) + d(i+1)}
	}
	switch p := p.(type) {
	case tables.PaintLinearGradient:
		l = b.line(p.ColorLine)
		place = linear(point(p.X0, p.Y0, still, 0), point(p.X1, p.Y1, still, 2), point(p.X2, p.Y2, still, 4), back)
	case tables.PaintVarLinearGradient:
		l = b.varLine(p.ColorLine)
		d := b.variation.at(p.VarIndexBase)
		place = linear(point(p.X0, p.Y0, d, 0), point(p.X1, p.Y1, d, 2), point(p.X2, p.Y2, d, 4), back)
	case tables.PaintRadialGradient:
		l = b.line(p.ColorLine)
		place = radial(point(p.X0, p.Y0, still, 0), float64(p.Radius0), point(p.X1, p.Y1, still, 3), float64(p.Radius1), back)
	case tables.PaintVarRadialGradient:
		l = b.varLine(p.ColorLine)
		d := b.variation.at(p.VarIndexBase)
		place = radial(point(p.X0, p.Y0, d, 0), float64(p.Radius0)+d(2), point(p.X1, p.Y1, d, 3), float64(p.Radius1)+d(5), back)
	case tables.PaintSweepGradient:
		l = b.line(p.ColorLine)
		place = sweep(point(p.CenterX, p.CenterY, still, 0), f2dot14(p.StartAngle, 0), f2dot14(p.EndAngle, 0), l.extend, back)
	case tables.PaintVarSweepGradient:
		l = b.varLine(p.ColorLine)
		d := b.variation.at(p.VarIndexBase)
		place = sweep(point(p.CenterX, p.CenterY, d, 0), f2dot14(p.StartAngle, d(2)), f2dot14(p.EndAngle, d(3)), l.extend, back)
	}
	if k, ok := l.plain(); ok {
		return fill(k)
	}
	if place == nil {
		return nil
	}
	return fill(ink{gradient: &gradient{l, place}})
}
