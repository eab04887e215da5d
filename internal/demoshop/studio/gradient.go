package studio

import (
	"image/color"
	"math"

	"github.com/fogleman/gg"
)

// gradient is a pattern whose colour depends on a position along a ramp. gg's own gradients show bands on a large quiet
// background; this one spreads what 8 bits cannot say over a fixed 8x8 grid of pixels.
type gradient struct {
	ramp     [1024]stop
	position func(x, y float64) float64 // 0 to 1, and beyond
	pixel    color.RGBA64               // what ColorAt returns, so that it need not allocate
}

// stop is a colour of 16 bits multiplied by its alpha.
type stop struct{ r, g, b, a float64 }

func (c *Canvas) linear(x0, y0, x1, y1 float64, ramp []string) gg.Pattern {
	dx, dy := x1-x0, y1-y0
	length := max(dx*dx+dy*dy, 1e-9)
	m := invert(c.matrix)
	kx := (m.XX*dx + m.YX*dy) / length
	ky := (m.XY*dx + m.YY*dy) / length
	k0 := ((m.X0-x0)*dx + (m.Y0-y0)*dy) / length
	return newGradient(ramp, func(px, py float64) float64 { return kx*px + ky*py + k0 })
}

func (c *Canvas) radial(cx, cy, r float64, ramp []string) gg.Pattern {
	m := invert(c.matrix)
	return newGradient(ramp, func(px, py float64) float64 {
		x := m.XX*px + m.XY*py + m.X0 - cx
		y := m.YX*px + m.YY*py + m.Y0 - cy
		return math.Sqrt(x*x+y*y) / r
	})
}

func newGradient(ramp []string, position func(x, y float64) float64) *gradient {
	if len(ramp) < 2 {
		panic("gradient: expected two colours or more")
	}
	g := &gradient{position: position}
	for i := range g.ramp {
		t := float64(i) / float64(len(g.ramp)-1) * float64(len(ramp)-1)
		k := min(int(t), len(ramp)-2)
		g.ramp[i] = between(parseHex(ramp[k]), parseHex(ramp[k+1]), t-float64(k))
	}
	return g
}

// between mixes before it multiplies by alpha, so that fading out does not darken. The colours go to 255 * 256 and not
// to 65535: gg will cut off the lower 8 bits.
func between(from, to color.NRGBA, t float64) stop {
	mix := func(a, b uint8) float64 { return float64(a) + (float64(b)-float64(a))*t }
	alpha := mix(from.A, to.A) / 255
	return stop{
		r: mix(from.R, to.R) * alpha * 256,
		g: mix(from.G, to.G) * alpha * 256,
		b: mix(from.B, to.B) * alpha * 256,
		a: alpha * 65535,
	}
}

// ColorAt implements gg.Pattern. The colour holds until the next call.
func (g *gradient) ColorAt(x, y int) color.Color {
	t := g.position(float64(x)+0.5, float64(y)+0.5)
	s := &g.ramp[int(min(max(t, 0), 1)*float64(len(g.ramp)-1)+0.5)]
	g.pixel = s.under(1, x, y)
	return &g.pixel
}

// under is the colour under a cover of 0 to 1. The noise decides whether gg's cut goes up or down.
func (s *stop) under(cover float64, x, y int) color.RGBA64 {
	noise, alpha := float64(bayer[y&7][x&7])*4, s.a*cover
	return color.RGBA64{
		R: uint16(min(s.r*cover+noise, alpha)),
		G: uint16(min(s.g*cover+noise, alpha)),
		B: uint16(min(s.b*cover+noise, alpha)),
		A: uint16(alpha),
	}
}

func invert(m gg.Matrix) gg.Matrix {
	det := m.XX*m.YY - m.XY*m.YX
	return gg.Matrix{
		XX: m.YY / det, XY: -m.XY / det, X0: (m.XY*m.Y0 - m.YY*m.X0) / det,
		YX: -m.YX / det, YY: m.XX / det, Y0: (m.YX*m.X0 - m.XX*m.Y0) / det,
	}
}

// bayer is the ordered dither matrix: each of 0 to 63 once.
var bayer = [8][8]uint8{
	{0, 32, 8, 40, 2, 34, 10, 42}, {48, 16, 56, 24, 50, 18, 58, 26},
	{12, 44, 4, 36, 14, 46, 6, 38}, {60, 28, 52, 20, 62, 30, 54, 22},
	{3, 35, 11, 43, 1, 33, 9, 41}, {51, 19, 59, 27, 49, 17, 57, 25},
	{15, 47, 7, 39, 13, 45, 5, 37}, {63, 31, 55, 23, 61, 29, 53, 21},
}
