package renderer

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/adloom/adloom/templates"
)

// Resolve settles what the design shows of a product. Its errors are
// *templates.FieldError, *templates.ExpressionError and *GlyphError.
func (d *Design) Resolve(product templates.Fields) (*Scene, error) {
	scene, _, err := d.resolve(product)
	return scene, err
}

func (d *Design) resolve(product templates.Fields) (*Scene, *templates.Values, error) {
	values := d.Template.Values(product)
	nodes, err := d.nodes(d.Template.Layers, values)
	if err != nil {
		return nil, nil, err
	}
	if err := d.arrange(nodes, 0, 0); err != nil {
		return nil, nil, err
	}
	return &Scene{Template: d.Template, Nodes: nodes, design: d, flat: d.flat}, values, nil
}

// Minimal returns the fields of a product that its picture depends on, in normal
// form: those that the visible layers and the conditions read, without those
// whose absence would change nothing. Two products with equal minimal fields have
// equal pictures.
func (d *Design) Minimal(product templates.Fields) (templates.Fields, error) {
	scene, values, err := d.resolve(product)
	if err != nil {
		return nil, err
	}
	fields := values.Read()
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		without := maps.Clone(fields)
		delete(without, name)
		if other, err := d.Resolve(without); err == nil && reflect.DeepEqual(scene, other) {
			fields = without
		}
	}
	return fields, nil
}

func (d *Design) nodes(layers []templates.Layer, values *templates.Values) ([]Node, error) {
	var nodes []Node
	for _, layer := range layers {
		base := layer.Common()
		if base.Opacity == 0 {
			continue
		}
		if base.Show != nil {
			shown, err := base.Show.Eval(values)
			if err != nil {
				return nil, err
			}
			if !shown {
				continue
			}
		}
		node, err := d.node(layer, values)
		if err != nil {
			return nil, err
		}
		if node != nil {
			nodes = append(nodes, node)
		}
	}
	return nodes, nil
}

// node settles one visible layer; nil means that it has nothing to draw.
func (d *Design) node(layer templates.Layer, values *templates.Values) (Node, error) {
	switch l := layer.(type) {
	case *templates.Image:
		return d.picture(l, values)
	case *templates.Text:
		return d.words(l, values)
	case *templates.Shape:
		return &Outline{Shape: l, drawn: d.paths[&l.Figure]}, nil
	case *templates.QR:
		text, err := l.Text.Eval(values)
		if text = unmarked(text); err != nil || text == "" {
			return nil, err
		}
		return d.code(l, text)
	case *templates.Rating:
		return rating(l, values)
	case *templates.Group:
		nodes, err := d.nodes(l.Layers, values)
		if err != nil || len(nodes) == 0 {
			return nil, err
		}
		return &Cluster{Group: l, Nodes: nodes}, nil
	}
	panic(fmt.Sprintf("unknown layer %T", layer))
}

// words settles a text: nil when it says nothing, or rather nothing than what it could.
func (d *Design) words(l *templates.Text, values *templates.Values) (Node, error) {
	n, err := say(l, values)
	if err != nil || n.silent() || d.fontless[l] {
		return nil, err
	}
	shown, err := d.fonts.shown(n)
	if err != nil || !shown {
		return nil, err
	}
	return n, nil
}

// say settles what a text says.
func say(l *templates.Text, values *templates.Values) (*Words, error) {
	n := &Words{Text: l, Words: make([]string, len(l.Spans))}
	for i := range l.Spans {
		var err error
		if n.Words[i], err = l.Spans[i].Text.Eval(values); err != nil {
			return nil, err
		}
	}
	if !backward(n.text()) { // nothing to keep apart
		for i := range n.Words {
			n.Words[i] = together(n.Words[i])
		}
	}
	return n, nil
}

// silent tells whether a text says nothing.
func (w *Words) silent() bool { return strings.TrimSpace(together(w.text())) == "" }

func (d *Design) picture(l *templates.Image, values *templates.Values) (Node, error) {
	src, err := l.Src.Eval(values)
	if err != nil {
		return nil, err
	}
	src = unmarked(src)
	p := &Picture{Image: l}
	if name, ok := strings.CutPrefix(l.Fallback, "asset:"); ok {
		p.Fallback = d.assets[name]
	}
	if name, ok := strings.CutPrefix(src, "asset:"); ok {
		if p.Asset = d.assets[name]; p.Asset == nil {
			p.Asset = p.Fallback
		}
		if p.Asset == nil && p.mustHave() {
			return nil, &templates.FieldError{Field: l.ID, Expected: "the name of an asset of this template", Found: src}
		}
	} else {
		p.URL = src
	}
	if src == "" { // a product without this photo
		p.Asset = p.Fallback
	}
	if p.URL == "" && p.Asset == nil {
		return nil, nil
	}
	return p, nil
}

// frozen settles a layer without a product; nil when it needs one. Conditions are
// not asked.
func (d *Design) frozen(layer templates.Layer, values *templates.Values) Node {
	group, ok := layer.(*templates.Group)
	if !ok {
		node, err := d.node(layer, values)
		if err != nil || node == nil || !isStill(node) {
			return nil
		}
		return node
	}
	cluster := &Cluster{Group: group}
	for _, child := range group.Layers {
		if node := d.frozen(child, values); node != nil && child.Common().Opacity > 0 {
			cluster.Nodes = append(cluster.Nodes, node)
		}
	}
	return cluster
}
