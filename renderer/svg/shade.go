package svg

import (
	"math"

	"github.com/adloom/adloom/renderer/path"
)

// focus moves the circle of the start into that of the end, as SVG 1.1, section 13.2.3 has it.
func (g *gradient) focus() {
	const inside = 0.999 // at the border itself the colours would be undefined
	g.fr = min(g.fr, float64(inside*g.r))
	dx, dy := g.fx-g.cx, g.fy-g.cy
	far := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	if most := float64(inside * (g.r - g.fr)); far > most {
		g.fx, g.fy = g.cx+float64(dx*(most/far)), g.cy+float64(dy*(most/far))
	}
}

// shader computes the place along a gradient for pixels.
type shader struct {
	*gradient
	inverse path.Matrix // from pixels to the gradient's space

	// linear: t = ax·x + ay·y + at
	ax, ay, at float64
	// radial: the way from the circle of the start to that of the end
	dx, dy, dr, a float64
}

// shader returns the shader for the gradient as m maps it to pixels; false if nothing can be seen of it.
func (g *gradient) shader(m path.Matrix) (shader, bool) {
	inverse, ok := m.Mul(g.matrix).Invert()
	s := shader{gradient: g, inverse: inverse}
	if g.radial {
		s.dx, s.dy, s.dr = g.cx-g.fx, g.cy-g.fy, g.r-g.fr
		s.a = float64(s.dr*s.dr) - float64(s.dx*s.dx) - float64(s.dy*s.dy)
		return s, ok && s.a > 0
	}
	dx, dy := g.x2-g.x1, g.y2-g.y1
	square := float64(dx*dx) + float64(dy*dy)
	s.ax = (float64(dx*inverse[0]) + float64(dy*inverse[1])) / square
	s.ay = (float64(dx*inverse[2]) + float64(dy*inverse[3])) / square
	s.at = (float64(dx*(inverse[4]-g.x1)) + float64(dy*(inverse[5]-g.y1))) / square
	return s, ok && square > 0
}

// colour returns the premultiplied colour at the middle of a pixel.
func (s *shader) colour(x, y int) *[4]uint8 {
	px, py := float64(x)+0.5, float64(y)+0.5
	var t float64
	if s.radial {
		t = s.distance(s.inverse.Apply(path.Point{X: px, Y: py}))
	} else {
		t = float64(s.ax*px) + float64(s.ay*py) + s.at
	}
	switch s.spread {
	case repeat:
		t -= math.Floor(t)
	case reflect:
		t = math.Abs(t - float64(2*math.Floor(t/2+0.5)))
	}
	if !(t > 0) {
		t = 0 // also what is not a number
	}
	return &s.ramp.colours[int(float64(min(t, 1)*(rampSize-1))+0.5)]
}

// distance returns the t for which p lies on the circle between that of the start (0) and that of the end (1). With
// q = p - f it solves a·t² + 2·b·t - c = 0.
func (s *shader) distance(p path.Point) float64 {
	qx, qy := p.X-s.fx, p.Y-s.fy
	b := float64(qx*s.dx) + float64(qy*s.dy) + float64(s.fr*s.dr)
	c := float64(qx*qx) + float64(qy*qy) - float64(s.fr*s.fr)
	return (math.Sqrt(float64(b*b)+float64(s.a*c)) - b) / s.a
}
