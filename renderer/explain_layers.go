package renderer

import (
	"fmt"
	"image"
	"math"
	"strconv"

	"github.com/adloom/adloom/templates"
)

// explainer walks a document as Resolve does, and goes on behind what is hidden and what
// fails.
type explainer struct {
	design *Design
	values *templates.Values
	out    *Explanation
	asked  map[string]asked // by the IDs of the layers
}

// asked is what the render asks of a layer.
type asked struct{ condition, content bool }

// layers explains layers; reached says that Resolve comes to them. It returns whether
// any of them is drawn, and whether any of them fails.
func (e *explainer) layers(layers []templates.Layer, at, group string, reached bool) (drawn, failed bool) {
	for i, layer := range layers {
		d, f := e.layer(layer, fmt.Sprintf("%s[%d]", at, i), group, reached)
		drawn, failed = drawn || d, failed || f
	}
	return drawn, failed
}

func (e *explainer) layer(layer templates.Layer, at, group string, reached bool) (drawn, failed bool) {
	use := LayerUse{ID: layer.Common().ID, Type: typeOf(layer), Path: at, Group: group}
	use.Why, use.Err = e.hidden(layer.Common(), reached)
	shown := use.Why == ""
	e.asked[use.ID] = asked{condition: reached && use.Why != WhyTransparent, content: shown}
	i := len(e.out.Layers)
	e.out.Layers = append(e.out.Layers, use)
	if g, ok := layer.(*templates.Group); ok {
		drawn, failed := e.layers(g.Layers, at+".layers", use.ID, shown)
		switch {
		case !shown || drawn:
		case failed:
			use.Why = WhyFailed
		default:
			use.Why = WhyEmptyGroup
		}
	} else if shown {
		e.content(layer, &use)
	}
	use.Drawn = use.Why == ""
	e.out.Layers[i] = use
	return use.Drawn, use.Why == WhyFailed
}

// hidden says what hides a layer whatever it holds; nothing does when it is empty.
func (e *explainer) hidden(base *templates.Base, reached bool) (Why, error) {
	switch {
	case !reached:
		return WhyGroup, nil
	case base.Opacity == 0:
		return WhyTransparent, nil
	case base.Show == nil:
		return "", nil
	}
	shown, err := base.Show.Eval(e.values)
	switch {
	case err != nil:
		return WhyFailed, err
	case !shown:
		return WhyCondition, nil
	}
	return "", nil
}

// content explains what a layer that is shown holds.
func (e *explainer) content(layer templates.Layer, use *LayerUse) {
	node, err := e.design.node(layer, e.values)
	if err != nil {
		use.Why, use.Err = WhyFailed, err
	}
	switch l := layer.(type) {
	case *templates.Text:
		e.text(l, node, use)
		return
	case *templates.Image:
		e.image(l, node, use)
		return
	}
	switch n := node.(type) {
	case nil:
		if err == nil {
			use.Why = WhyEmpty
		}
	case *Code:
		use.Content = n.Text
	case *Stars:
		use.Content = strconv.FormatFloat(n.Value, 'f', -1, 64)
	}
}

func (e *explainer) image(l *templates.Image, node Node, use *LayerUse) {
	src, err := l.Src.Eval(e.values)
	if err != nil {
		return
	}
	src = unmarked(src)
	use.Content = src
	switch p, _ := node.(*Picture); {
	case use.Why != "":
	case p == nil && src == "":
		use.Why = WhyNoPhoto
	case p == nil:
		use.Why = WhyNoAsset
	case p.Asset != nil && src != "asset:"+p.Asset.Name:
		use.Content, use.Fallback = "asset:"+p.Asset.Name, true
	}
}

// place adds the boxes of what is drawn, and which of it lies outside.
func (x *Explanation) place(d *Design) {
	byID := map[string]int{}
	for i := range x.Layers {
		byID[x.Layers[i].ID] = i
	}
	var walk func(nodes []Node, within image.Rectangle)
	walk = func(nodes []Node, within image.Rectangle) {
		for _, n := range nodes {
			base, frame := n.Common(), n.frame()
			l := &x.Layers[byID[base.ID]]
			l.Placed, l.X, l.Y, l.Width, l.Height = true, frame.x, frame.y, frame.w, frame.h
			if extent(n).Intersect(within).Empty() {
				l.Drawn, l.Why = false, WhyOutside
			}
			if c, ok := n.(*Cluster); ok {
				inner := within
				if turns(base) || dressy(base) { // a turn or a shadow brings into view what lies elsewhere
					inner = everywhere
				}
				if c.Clip {
					inner = frame.snapped().Intersect(inner)
				}
				walk(c.Nodes, inner)
			}
		}
	}
	walk(x.Scene.Nodes, d.canvas())
}

// everywhere is farther than any layer reaches.
var everywhere = image.Rect(math.MinInt32, math.MinInt32, math.MaxInt32, math.MaxInt32)

// extent is what a node can cover.
func extent(n Node) image.Rectangle {
	area := bounds(n)
	if base := n.Common(); turns(base) {
		area = around(area, turned(n.frame(), base.Rotation))
	}
	return area
}

func typeOf(layer templates.Layer) string {
	switch layer.(type) {
	case *templates.Image:
		return "image"
	case *templates.Text:
		return "text"
	case *templates.Shape:
		return "shape"
	case *templates.QR:
		return "qr"
	case *templates.Rating:
		return "rating"
	}
	return "group"
}
