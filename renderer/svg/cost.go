package svg

import (
	"fmt"
	"image"
	"math"

	"github.com/adloom/adloom/renderer/path"
)

// cost is the work of drawing, at the reference size.
type cost struct {
	edges  float64 // that is much the same at all sizes
	pixels float64
}

// charge adds to the cost of the document and checks its limit.
func (b *builder) charge(e *element, edges, pixels float64) error {
	b.cost.edges += edges
	b.cost.pixels += pixels
	if !(b.cost.edges+b.cost.pixels <= float64(b.limits.Cost)) {
		return e.wrong(fmt.Sprintf("a picture that costs at most %d to draw", b.limits.Cost), "more from here on")
	}
	return nil
}

func square() image.Rectangle { return image.Rect(0, 0, reference, reference) }

// chargeShape adds the cost of the shape of n.
func (b *builder) chargeShape(e *element, n *node, sc scope) error {
	s := n.shape
	area := pixels(mapped(n.reach, sc.matrix)).Intersect(square())
	if area.Empty() {
		return b.charge(e, float64(4*s.outline.Segments()), 0)
	}
	outline := float64(s.outline.Transform(sc.matrix).Cost(area))
	room := float64(area.Dx() * area.Dy())
	edges, pixels := 0.0, 0.0
	if s.fill.visible() {
		edges += outline
		pixels += float64(room * s.fill.weight())
	}
	if s.stroke.visible() {
		// Two sides, and at each end of a dash or line once around the pen.
		pen := min(float64(s.line.Width*sc.matrix.Stretch()), 2*reference)
		ends := float64(s.outline.Segments())
		if n := len(s.line.Dash); n > 0 {
			ends += s.dashes()
		}
		edges += float64(3*outline) + float64(ends*(100+float64(4*pen)+float64(s.roundness()*math.Sqrt(pen))))
		pixels += float64(room * s.stroke.weight())
	}
	return b.charge(e, edges, pixels)
}

// roundness is the cost of the lines of a round end, for a pen of one pixel: wider ones grow by the root.
func (s *shape) roundness() float64 {
	if s.line.Cap == path.RoundCap || s.line.Join == path.RoundJoin {
		return 400
	}
	return 0
}

// dashes returns at most how many dashes and gaps the stroke of s has.
func (s *shape) dashes() float64 {
	period := 0.0
	for _, d := range s.line.Dash {
		period += d
	}
	n := float64(s.outline.Length()/period+float64(s.outline.Segments())) * float64(2*len(s.line.Dash))
	if !(n < path.MaxDashes) {
		return path.MaxDashes
	}
	return n
}

// weight is the cost of a pixel.
func (k ink) weight() float64 {
	if k.gradient != nil {
		return 6
	}
	return 1
}

// chargeLayer adds the cost of drawing n apart, with its clips and masks.
func (b *builder) chargeLayer(e *element, n *node, sc scope) error {
	area := pixels(mapped(n.reach, sc.matrix)).Intersect(square())
	layers := 2
	for c := n.clip; c != nil; c = c.clip {
		layers++
	}
	for m := n.mask; m != nil; m = m.mask {
		layers += 3
	}
	return b.charge(e, 0, float64(layers)*float64(area.Dx()*area.Dy()))
}

// segments returns the number of steps of all outlines in n.
func (n *node) segments() int {
	sum := 1
	if n.shape != nil {
		sum += n.shape.outline.Segments()
	}
	for _, c := range n.children {
		sum += c.segments()
	}
	return sum
}

// pixels returns the pixels that r touches, with one more on each side for what rounding adds. What is far away from
// any picture is cut.
func pixels(r path.Rect) image.Rectangle {
	const far = 1 << 20
	cut := func(v float64) int {
		if !(v > -far) {
			return -far
		}
		return int(min(v, far))
	}
	if empty(r) {
		return image.Rectangle{}
	}
	return image.Rect(cut(r.X0)-2, cut(r.Y0)-2, cut(r.X1)+2, cut(r.Y1)+2)
}
