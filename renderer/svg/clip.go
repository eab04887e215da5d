package svg

import (
	"fmt"
	"image/color"

	"github.com/adloom/adloom/renderer/path"
)

func opaque() color.NRGBA { return color.NRGBA{255, 255, 255, 255} }

// innermost returns the last of the clips that c is clipped by.
func (c *clip) innermost() *clip {
	for c.clip != nil {
		c = c.clip
	}
	return c
}

// clip builds the clip path id for the node n of e.
func (b *builder) clip(e *element, id string, n *node, sc scope) (*clip, error) {
	sc.chain++
	def, err := b.find(e, id, sc.chain)
	if err != nil {
		return nil, err
	}
	if def.name != "clipPath" {
		return nil, e.wrong("a clip-path that refers to a <clipPath>", "<"+def.name+">")
	}
	c := &clip{}
	m, some, err := b.units(def, "clipPathUnits", false, n)
	if err != nil || !some {
		return c, err
	}
	t, err := parseTransform(def.attr("transform"))
	if err != nil {
		return nil, fmt.Errorf("read svg: line %d: <clipPath>: transform: %w", def.line, err)
	}
	c.matrix = m.Mul(t)
	s, err := b.definition(def)
	if err != nil {
		return nil, err
	}
	inside := scope{from: s.inherited, view: sc.view, matrix: sc.matrix.Mul(c.matrix), chain: sc.chain, clipping: true}
	group := &node{reach: nowhere()}
	if err := b.children(group, def, inside); err != nil {
		return nil, err
	}
	c.nodes = group.children
	if s.clipPath != "" {
		c.clip, err = b.clip(def, s.clipPath, n, sc)
	}
	return c, err
}

// definition returns the style of a clip path or mask, which inherits where it stands.
func (b *builder) definition(e *element) (style, error) {
	from, err := b.inherited(e.parent)
	if err != nil {
		return style{}, err
	}
	return b.cascade.style(e, from, b.view)
}

// mask builds the mask id for the node n of e.
func (b *builder) mask(e *element, id string, n *node, sc scope) (*mask, error) {
	sc.chain++
	def, err := b.find(e, id, sc.chain)
	if err != nil {
		return nil, err
	}
	if def.name != "mask" {
		return nil, e.wrong("a mask that refers to a <mask>", "<"+def.name+">")
	}
	k := &mask{region: &path.Path{}}
	s, err := b.definition(def)
	if err != nil {
		return nil, err
	}
	k.luminance = s.luminance
	some, err := b.maskRegion(k, def, n, sc)
	if err != nil || !some {
		return k, err
	}
	m, some, err := b.units(def, "maskContentUnits", false, n)
	if err != nil || !some {
		return k, err
	}
	k.matrix = m
	inside := scope{from: s.inherited, view: sc.view, matrix: sc.matrix.Mul(m), chain: sc.chain}
	group := &node{reach: nowhere()}
	if err := b.children(group, def, inside); err != nil {
		return nil, err
	}
	k.nodes = group.children
	if s.clipPath != "" {
		if k.clip, err = b.clip(def, s.clipPath, n, sc); err != nil {
			return nil, err
		}
	}
	if s.mask != "" {
		k.mask, err = b.mask(def, s.mask, n, sc)
	}
	return k, err
}

// maskRegion sets the region of k, and tells whether there is any.
func (b *builder) maskRegion(k *mask, def *element, n *node, sc scope) (bool, error) {
	m, some, err := b.units(def, "maskUnits", true, n)
	if err != nil || !some {
		return false, err
	}
	boxed := def.attr("maskUnits") != "userSpaceOnUse"
	var r [4]float64
	for i, a := range []struct{ name, initial string }{{"x", "-10%"}, {"y", "-10%"}, {"width", "120%"}, {"height", "120%"}} {
		if r[i], err = def.coordinate(a.name, a.initial, boxed, sc.view); err != nil {
			return false, err
		}
	}
	k.region = path.Rectangle(r[0], r[1], r[2], r[3], [4]float64{}).Transform(m)
	return true, nil
}

// units returns the matrix from the units that an attribute names to the space of n, and whether there is one: a
// bounding box without area has none.
func (b *builder) units(def *element, name string, boxed bool, n *node) (path.Matrix, bool, error) {
	switch v := def.attr(name); v {
	case "":
	case "userSpaceOnUse":
		boxed = false
	case "objectBoundingBox":
		boxed = true
	default:
		return path.Matrix{}, false, def.wrong(name+" of userSpaceOnUse or objectBoundingBox", fmt.Sprintf("%q", v))
	}
	if !boxed {
		return path.Identity(), true, nil
	}
	if err := b.charge(def, float64(n.segments()), 0); err != nil {
		return path.Matrix{}, false, err
	}
	r := n.bounds(path.Identity())
	if !(r.Width() > 0 && r.Height() > 0) {
		return path.Matrix{}, false, nil
	}
	return path.Matrix{r.Width(), 0, 0, r.Height(), r.X0, r.Y0}, true, nil
}

// coordinate reads an attribute in units of a bounding box, of which 1 is the whole, or of the user space.
func (e *element) coordinate(name, initial string, boxed bool, v viewport) (value float64, err error) {
	text := e.attr(name)
	if text == "" {
		text = initial
	}
	if boxed {
		value, err = proportion(text)
	} else {
		value, err = v.length(text, axisOf(name))
	}
	if err != nil {
		err = fmt.Errorf("read svg: line %d: <%s>: %s: %w", e.line, e.name, name, err)
	}
	return value, err
}
