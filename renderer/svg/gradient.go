package svg

import (
	"fmt"
	"strings"

	"github.com/adloom/adloom/renderer/path"
)

// gradient is a gradient for one shape.
type gradient struct {
	matrix path.Matrix // from its own space to that of the shape
	radial bool
	spread spread
	ramp   *ramp

	x1, y1, x2, y2 float64 // linear: start and end
	cx, cy, r      float64 // radial: the circle of the end
	fx, fy, fr     float64 // radial: the circle of the start
}

type spread uint8

const (
	pad spread = iota
	reflect
	repeat
)

// ink resolves a paint of the shape of n.
func (b *builder) ink(p paint, opacity float64, e *element, n *node, s style, sc scope) (ink, error) {
	k := ink{alpha: sample(opacity)}
	for p.kind == serverPaint {
		if def := b.ids[p.id]; def == nil && p.other != nil {
			p = *p.other
			continue
		}
		k, some, err := b.gradientInk(p.id, k, e, n, sc)
		if some || err != nil {
			return k, err
		}
		if p.other == nil {
			return ink{}, nil
		}
		p = *p.other
	}
	switch p.kind {
	case solidPaint:
		k.colour = p.colour
	case currentPaint:
		k.colour = s.colour
	case noPaint:
		return ink{}, nil
	}
	return k, nil
}

// gradientInk resolves a reference to a gradient. One without stops paints nothing, one with a single stop paints its
// colour. There is none for a shape without the area that it is to fit.
func (b *builder) gradientInk(id string, k ink, e *element, n *node, sc scope) (_ ink, some bool, err error) {
	chain, err := b.gradients(e, id, sc.chain)
	if err != nil {
		return k, false, err
	}
	def := &element{name: chain[0].name, line: chain[0].line, attrs: map[string]string{}}
	stops := chain[0]
	for i := len(chain) - 1; i >= 0; i-- {
		for name, value := range chain[i].attrs {
			def.attrs[name] = value
		}
		if len(chain[i].children) > 0 {
			stops = chain[i]
		}
	}
	r, err := b.ramp(stops)
	if err != nil {
		return k, false, err
	}
	if r.count < 2 {
		k.colour = r.last
		if r.count == 0 {
			k.alpha = 0
		}
		return k, true, nil
	}
	m, some, err := b.units(def, "gradientUnits", true, n)
	if err != nil || !some {
		return k, false, err
	}
	t, err := parseTransform(def.attr("gradientTransform"))
	if err != nil {
		return k, false, fmt.Errorf("read svg: line %d: <%s>: gradientTransform: %w", def.line, def.name, err)
	}
	k.gradient = &gradient{matrix: m.Mul(t), ramp: r, radial: def.name == "radialGradient"}
	if err := k.gradient.read(def, sc.view); err != nil {
		return k, false, err
	}
	if k.gradient.pointless() {
		k.gradient, k.colour = nil, r.last
	}
	return k, true, nil
}

// gradients returns the gradient id and those it inherits from.
func (b *builder) gradients(e *element, id string, depth int) ([]*element, error) {
	var chain []*element
	for id != "" {
		def, err := b.find(e, id, depth+len(chain))
		if err != nil {
			return nil, err
		}
		if def.name != "linearGradient" && def.name != "radialGradient" {
			return nil, e.wrong("a reference to a gradient", "<"+def.name+">")
		}
		chain = append(chain, def)
		e, id = def, strings.TrimPrefix(def.attr("href"), "#")
	}
	return chain, nil
}

// read reads the attributes of def into g.
func (g *gradient) read(def *element, v viewport) error {
	boxed := def.attr("gradientUnits") != "userSpaceOnUse"
	type field struct {
		to            *float64
		name, initial string
	}
	fields := []field{{&g.x1, "x1", "0%"}, {&g.y1, "y1", "0%"}, {&g.x2, "x2", "100%"}, {&g.y2, "y2", "0%"}}
	if g.radial {
		cx, cy := def.attr("cx"), def.attr("cy")
		if cx == "" {
			cx = "50%"
		}
		if cy == "" {
			cy = "50%"
		}
		fields = []field{{&g.cx, "cx", cx}, {&g.cy, "cy", cy}, {&g.r, "r", "50%"}, {&g.fx, "fx", cx}, {&g.fy, "fy", cy}, {&g.fr, "fr", "0%"}}
	}
	for _, f := range fields {
		var err error
		if *f.to, err = def.coordinate(f.name, f.initial, boxed, v); err != nil {
			return err
		}
	}
	if g.r < 0 || g.fr < 0 {
		return def.wrong("radii of at least 0", "less")
	}
	switch s := def.attr("spreadMethod"); s {
	case "", "pad":
	case "reflect":
		g.spread = reflect
	case "repeat":
		g.spread = repeat
	default:
		return def.wrong("a spreadMethod of pad, reflect or repeat", fmt.Sprintf("%q", s))
	}
	g.focus()
	return nil
}

// pointless tells whether the gradient has no extent: the last colour is painted then.
func (g *gradient) pointless() bool {
	if g.radial {
		return g.r == 0
	}
	return g.x1 == g.x2 && g.y1 == g.y2
}
