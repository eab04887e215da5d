package svg

import (
	"fmt"

	"github.com/adloom/adloom/renderer/path"
)

// builder turns elements into nodes.
type builder struct {
	limits  Limits
	ids     map[string]*element
	cascade cascade
	styles  map[*element]inherited // of elements in their place in the document, not in a use
	stops   map[*element]*ramp
	view    viewport // of the whole document
	matrix  path.Matrix
	drawn   int
	cost    cost
}

// scope is what an element is built in.
type scope struct {
	from     inherited
	view     viewport
	matrix   path.Matrix // to the square for which costs are counted
	chain    int         // of references
	clipping bool        // inside a clip path
}

func newBuilder(limits Limits, d *Document) *builder {
	return &builder{
		limits: limits,
		ids:    map[string]*element{},
		styles: map[*element]inherited{},
		stops:  map[*element]*ramp{},
		view:   viewport{d.view.w, d.view.h},
		matrix: d.matrix(),
	}
}

// index finds the ids and the style sheets in e. Of equal ids the first counts.
func (b *builder) index(e *element) error {
	if id := e.attrs["id"]; id != "" && b.ids[id] == nil {
		b.ids[id] = e
	}
	if e.name == "style" {
		if err := b.cascade.add(e); err != nil {
			return err
		}
	}
	for _, c := range e.children {
		if err := b.index(c); err != nil {
			return err
		}
	}
	return nil
}

// document builds the root element.
func (b *builder) document(root *element) (*node, error) {
	sc := scope{from: initialStyle().inherited, view: b.view, matrix: b.matrix}
	n, err := b.node(root, sc)
	if n == nil {
		n = &node{reach: nowhere()}
	}
	return n, err
}

// find returns the element that a reference of e leads to.
func (b *builder) find(e *element, id string, chain int) (*element, error) {
	if chain > maxUses {
		return nil, e.wrong(fmt.Sprintf("references in a chain of at most %d", maxUses), "more, or a circle")
	}
	to := b.ids[id]
	if to == nil {
		return nil, e.wrong("an element with the id that it refers to", fmt.Sprintf("none with %q", id))
	}
	return to, nil
}

// inherited returns what the children of e inherit where it stands in the document.
func (b *builder) inherited(e *element) (inherited, error) {
	if e == nil {
		return initialStyle().inherited, nil
	}
	if i, ok := b.styles[e]; ok {
		return i, nil
	}
	from, err := b.inherited(e.parent)
	if err != nil {
		return from, err
	}
	s, err := b.cascade.style(e, from, b.view)
	b.styles[e] = s.inherited
	return s.inherited, err
}

// node builds e; nil if it draws nothing by itself.
func (b *builder) node(e *element, sc scope) (*node, error) {
	switch e.name {
	case "defs", "symbol", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "style":
		return nil, nil
	}
	if b.drawn++; b.drawn > b.limits.Drawn {
		return nil, e.wrong(fmt.Sprintf("at most %d elements drawn", b.limits.Drawn), "more")
	}
	s, err := b.cascade.style(e, sc.from, sc.view)
	if err != nil || s.hidden {
		return nil, err
	}
	m, err := parseTransform(e.attr("transform"))
	if err != nil {
		return nil, fmt.Errorf("read svg: line %d: <%s>: transform: %w", e.line, e.name, err)
	}
	n := &node{matrix: m, opacity: s.opacity, reach: nowhere()}
	sc.from, sc.matrix = s.inherited, sc.matrix.Mul(m)
	switch {
	case sc.clipping && (e.name == "g" || e.name == "svg"):
		return nil, e.wrong("shapes in a clip path", "<"+e.name+">")
	case e.name == "g" || e.parent == nil:
		err = b.children(n, e, sc)
	case e.name == "svg":
		err = b.viewport(n, e, e, s, sc)
	case e.name == "use":
		err = b.use(n, e, sc)
	default:
		err = b.shape(n, e, s, sc)
	}
	if err != nil {
		return nil, err
	}
	return n, b.finish(n, e, s, sc)
}

// children builds the elements inside e into n.
func (b *builder) children(n *node, e *element, sc scope) error {
	for _, c := range e.children {
		child, err := b.node(c, sc)
		if err != nil {
			return err
		}
		n.add(child)
	}
	return nil
}

// add appends a child that draws something.
func (n *node) add(child *node) {
	if child != nil && !empty(child.reach) {
		n.children = append(n.children, child)
		n.reach = n.reach.Union(mapped(child.reach, child.matrix))
	}
}

// shape builds an outline with its paints into n.
func (b *builder) shape(n *node, e *element, s style, sc scope) error {
	outline, err := e.outline(sc.view)
	if err != nil {
		return err
	}
	bounds, some := outline.Bounds()
	if !some || s.invisible {
		return nil
	}
	n.shape = &shape{outline: outline, rule: s.fillRule, line: s.line, strokeFirst: s.strokeFirst}
	if sc.clipping {
		n.shape.rule = s.clipRule
		n.shape.fill = ink{colour: opaque(), alpha: 255}
		n.opacity = 1
	} else {
		if n.shape.fill, err = b.ink(s.fill, s.fillOpacity, e, n, s, sc); err != nil {
			return err
		}
		if n.shape.stroke, err = b.ink(s.stroke, s.lineOpacity, e, n, s, sc); err != nil {
			return err
		}
	}
	if !(s.line.Width > 0) {
		n.shape.stroke = ink{}
	}
	n.reach = bounds
	if n.shape.stroke.visible() {
		n.reach = n.shape.inflated(bounds)
	}
	return b.chargeShape(e, n, sc)
}

// inflated returns bounds with room for the stroke.
func (s *shape) inflated(bounds path.Rect) path.Rect {
	room := s.line.Width
	if s.line.Join == path.MiterJoin {
		room = float64(s.line.Width * max(2, s.line.MiterLimit))
	}
	return path.Rect{X0: bounds.X0 - room, Y0: bounds.Y0 - room, X1: bounds.X1 + room, Y1: bounds.Y1 + room}
}

// finish adds what holds for n as a whole.
func (b *builder) finish(n *node, e *element, s style, sc scope) (err error) {
	if empty(n.reach) {
		return nil
	}
	if s.clipPath != "" {
		c, err := b.clip(e, s.clipPath, n, sc)
		if err != nil {
			return err
		}
		c.innermost().clip, n.clip = n.clip, c
	}
	if s.mask != "" && !sc.clipping {
		if n.mask, err = b.mask(e, s.mask, n, sc); err != nil {
			return err
		}
	}
	if n.opacity < 1 || n.clip != nil || n.mask != nil {
		return b.chargeLayer(e, n, sc)
	}
	return nil
}
