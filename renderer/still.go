package renderer

import (
	"context"
	"image"
	"math"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/templates"
)

// still is a layer that looks the same for every product, painted once: what it
// wears and its turn are in it, its opacity and blend mode are not.
type still struct {
	frame box // where it was painted
	img   *image.RGBA
}

// at is the still in another frame; nil when it would look different there.
func (s *still) at(frame box) *image.RGBA {
	dx, dy := frame.x-s.frame.x, frame.y-s.frame.y
	if frame.w != s.frame.w || frame.h != s.frame.h || dx != math.Trunc(dx) || dy != math.Trunc(dy) {
		return nil
	}
	img := *s.img
	img.Rect = img.Rect.Add(image.Pt(int(dx), int(dy)))
	return &img
}

// isStill tells whether a node looks the same for every product. Whether it is shown
// is another question, except inside a group.
func isStill(node Node) bool {
	switch n := node.(type) {
	case *Picture:
		_, static := n.Src.Static()
		return static && n.Asset != nil
	case *Words:
		_, static := n.Text.Text.Static()
		return static
	case *Outline:
		return true
	case *Code:
		_, static := n.QR.Text.Static()
		return static
	case *Stars:
		_, static := n.Rating.Value.Static()
		return static
	case *Cluster:
		if len(n.Nodes) != len(n.Layers) {
			return false
		}
		for _, child := range n.Nodes {
			if child.Common().Show != nil || !isStill(child) {
				return false
			}
		}
		return true
	}
	return false
}

// freeze paints what never changes: the lowest layers together with the background,
// and each other still by itself, as far as there is room. It must come before the
// design is used.
func (d *Design) freeze(room int64) error {
	nodes, err := d.always(d.Template.Layers)
	if err != nil {
		return err
	}
	if inRows(d.Template.Background) {
		d.rows = rowColors(image.Pt(d.Template.Width, d.Template.Height), d.Template.Background)
	}
	p := &painter{ctx: context.Background(), engine: d.engine, assets: d.assets}
	canvas := image.Rect(0, 0, d.Template.Width, d.Template.Height)
	flat := 0
	for flat < len(nodes) && nodes[flat].Common().Show == nil && flat < len(d.Template.Layers) &&
		nodes[flat].Common() == d.Template.Layers[flat].Common() && isStill(nodes[flat]) {
		flat++
	}
	if need := pixelBytes(canvas); (flat > 0 || !inRows(d.Template.Background)) && need <= room {
		base := image.NewRGBA(canvas)
		d.ground(base, image.Rectangle{})
		if err := p.nodes(base, nodes[:flat]); err != nil {
			return err
		}
		d.base, d.flat = base, flat
		room -= need
	}
	return d.keep(p, nodes[d.flat:], canvas, &room)
}

// keep paints the stills among the nodes.
func (d *Design) keep(p *painter, nodes []Node, canvas image.Rectangle, room *int64) error {
	for _, node := range nodes {
		if !isStill(node) {
			if group, ok := node.(*Cluster); ok {
				if err := d.keep(p, group.Nodes, canvas, room); err != nil {
					return err
				}
			}
			continue
		}
		layer, err := p.layer(node, canvas)
		if err != nil {
			return err
		}
		if layer == nil {
			continue
		}
		img := cropped(layer)
		d.engine.memory.back(layer)
		if need := int64(len(img.Pix)); need <= *room {
			*room -= need
			d.stills[node.Common()] = &still{node.frame(), img}
		}
	}
	return nil
}

// cropped copies what a layer shows, without its transparent borders.
func cropped(layer *image.RGBA) *image.RGBA {
	area := shown(layer)
	img := image.NewRGBA(area)
	blend.Copy(img, layer)
	return img
}

// shown is the smallest rectangle around all that is not transparent.
func shown(layer *image.RGBA) image.Rectangle {
	area := image.Rectangle{}
	for y := layer.Rect.Min.Y; y < layer.Rect.Max.Y; y++ {
		row := layer.Pix[layer.PixOffset(layer.Rect.Min.X, y):][:4*layer.Rect.Dx()]
		first, last := 0, len(row)/4
		for first < last && row[4*first+3] == 0 {
			first++
		}
		for last > first && row[4*last-1] == 0 {
			last--
		}
		if first < last {
			area = area.Union(image.Rect(layer.Rect.Min.X+first, y, layer.Rect.Min.X+last, y+1))
		}
	}
	return area
}

// ground fills a canvas with what lies below all that changes, but for what is
// hidden.
func (d *Design) ground(canvas *image.RGBA, hidden image.Rectangle) {
	for _, area := range rest(canvas.Rect, hidden) {
		switch {
		case d.base != nil:
			blend.Copy(part(canvas, area), d.base)
		case d.rows != nil:
			for y := area.Min.Y; y < area.Max.Y; y++ {
				repeat(canvas.Pix[canvas.PixOffset(area.Min.X, y):][:4*area.Dx()], d.rows[y])
			}
		default:
			whole := box{0, 0, float64(d.Template.Width), float64(d.Template.Height)}
			fill(part(canvas, area), whole, d.Template.Background)
		}
	}
}

// always resolves the layers that can be resolved without a product, whatever
// their conditions say.
func (d *Design) always(layers []templates.Layer) ([]Node, error) {
	values := d.Template.Values(nil)
	var nodes []Node
	for _, layer := range layers {
		if layer.Common().Opacity == 0 {
			continue
		}
		if node := d.frozen(layer, values); node != nil {
			nodes = append(nodes, node)
		}
	}
	return nodes, d.arrange(nodes, 0, 0)
}
