package svg

import (
	"image/color"
	"math"

	"github.com/adloom/adloom/renderer/path"
)

// node is something to draw: a group or a shape.
type node struct {
	matrix   path.Matrix // from the node's space to its parent's
	opacity  float64
	clip     *clip
	mask     *mask
	children []*node
	shape    *shape
	reach    path.Rect // that holds all it draws, in its own space; empty if Y1 < Y0
}

// shape is an outline with its paints, in the space of its node.
type shape struct {
	outline      *path.Path
	rule         path.FillRule
	fill, stroke ink
	line         path.Style
	strokeFirst  bool
}

// ink is what an area is painted with. None is painted if alpha is 0.
type ink struct {
	colour   color.NRGBA
	gradient *gradient // instead of the colour, if not nil
	alpha    uint8     // of the whole
}

func (k ink) visible() bool { return k.alpha > 0 && (k.gradient != nil || k.colour.A > 0) }

// clip is the area outside which nothing is drawn: that of all its nodes.
type clip struct {
	nodes  []*node
	matrix path.Matrix // from the space of the nodes to that of the clipped node
	clip   *clip       // which clips this one, in the space of the clipped node
}

// mask tells by its colours or its alpha how much is drawn.
type mask struct {
	nodes     []*node
	matrix    path.Matrix
	region    *path.Path // outside which nothing is drawn, in the space of the masked node
	luminance bool
	clip      *clip
	mask      *mask
}

// nowhere is a rectangle that holds nothing.
func nowhere() path.Rect {
	return path.Rect{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
}

func empty(r path.Rect) bool { return !(r.X0 <= r.X1 && r.Y0 <= r.Y1) }

// mapped returns the rectangle that holds r as m maps it.
func mapped(r path.Rect, m path.Matrix) path.Rect {
	if empty(r) {
		return r
	}
	to := nowhere()
	for _, p := range [4]path.Point{{X: r.X0, Y: r.Y0}, {X: r.X1, Y: r.Y0}, {X: r.X0, Y: r.Y1}, {X: r.X1, Y: r.Y1}} {
		q := m.Apply(p)
		to = to.Union(path.Rect{X0: q.X, Y0: q.Y, X1: q.X, Y1: q.Y})
	}
	return to
}

// bounds returns the rectangle around the outlines inside n, without strokes, as m maps them: the bounding box of
// SVG 2, section 8.10.
func (n *node) bounds(m path.Matrix) path.Rect {
	r := nowhere()
	if n.shape != nil {
		if b, ok := n.shape.outline.Transform(m).Bounds(); ok {
			r = b
		}
	}
	for _, c := range n.children {
		r = r.Union(c.bounds(m.Mul(c.matrix)))
	}
	return r
}
