package svg

import (
	"strings"

	"github.com/adloom/adloom/renderer/path"
)

// use builds the element that a use refers to into n.
func (b *builder) use(n *node, e *element, sc scope) error {
	id := strings.TrimPrefix(e.attr("href"), "#")
	if id == "" {
		return e.wrong("an href", "none")
	}
	sc.chain++
	to, err := b.find(e, id, sc.chain)
	if err != nil {
		return err
	}
	at, err := e.lengths(sc.view, "x", "y")
	if err != nil {
		return err
	}
	move := path.Translate(at[0], at[1])
	n.matrix, sc.matrix = n.matrix.Mul(move), sc.matrix.Mul(move)
	if to.name != "symbol" && (to.name != "svg" || to.parent == nil) {
		child, err := b.node(to, sc)
		if err != nil {
			return err
		}
		n.add(child)
		return nil
	}
	if sc.clipping {
		return e.wrong("a use of a shape in a clip path", "one of <"+to.name+">")
	}
	s, err := b.cascade.style(to, sc.from, sc.view)
	if err != nil || s.hidden {
		return err
	}
	child := &node{matrix: path.Identity(), opacity: s.opacity, reach: nowhere()}
	sc.from = s.inherited
	if err := b.viewport(child, to, e, s, sc); err != nil {
		return err
	}
	if err := b.finish(child, to, s, sc); err != nil {
		return err
	}
	n.add(child)
	return nil
}

// viewport builds a nested svg or a symbol into n: a view of its own, of the size that the element sized gives or
// else its own, clipped to that.
func (b *builder) viewport(n *node, e, sized *element, s style, sc scope) error {
	at, err := e.lengths(sc.view, "x", "y")
	if err != nil {
		return err
	}
	size := [2]float64{sc.view.w, sc.view.h}
	for i, name := range []string{"width", "height"} {
		for _, from := range []*element{e, sized} {
			if v := from.attr(name); v != "" && v != "auto" {
				l, err := from.lengths(sc.view, name)
				if err != nil {
					return err
				}
				size[i] = l[0]
			}
		}
	}
	if !(size[0] > 0 && size[1] > 0) {
		return nil
	}
	view, boxed, err := e.viewBox()
	if err != nil {
		return err
	}
	if !boxed {
		view = box{w: size[0], h: size[1]}
	}
	a, err := e.aspect()
	if err != nil {
		return err
	}
	inside := &node{matrix: path.Translate(at[0], at[1]).Mul(a.fit(view, size[0], size[1])), opacity: 1, reach: nowhere()}
	sc.matrix = sc.matrix.Mul(inside.matrix)
	sc.view = viewport{view.w, view.h}
	if err := b.children(inside, e, sc); err != nil {
		return err
	}
	n.add(inside)
	frame := path.Rect{X0: at[0], Y0: at[1], X1: at[0] + size[0], Y1: at[1] + size[1]}
	if r := n.reach; !s.overflow && !empty(r) && r.Union(frame) != frame {
		n.clip = &clip{nodes: []*node{rectangle(frame)}, matrix: path.Identity()}
	}
	return nil
}

// rectangle returns a node that is wholly covered.
func rectangle(r path.Rect) *node {
	outline := path.Rectangle(r.X0, r.Y0, r.Width(), r.Height(), [4]float64{})
	return &node{
		matrix:  path.Identity(),
		opacity: 1,
		shape:   &shape{outline: outline, fill: ink{colour: opaque(), alpha: 255}},
		reach:   r,
	}
}
