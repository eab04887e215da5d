package renderer

import (
	"context"
	"image"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/templates"
)

// freeze paints what never changes: the lowest layers together with the background,
// and each other still by itself, as far as there is room. It must come before the
// design is used.
func (d *Design) freeze(ctx context.Context, room int64) error {
	nodes, err := d.always(d.Template.Layers)
	if err != nil {
		return err
	}
	if inRows(d.Template.Background) {
		d.rows = rowColors(image.Pt(d.Template.Width, d.Template.Height), d.Template.Background)
	}
	canvas := d.canvas()
	p := &painter{ctx: ctx, engine: d.engine, fonts: d.fonts, assets: d.assets, paths: d.paths, canvas: canvas}
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
	err = d.keep(p, nodes[d.flat:], canvas, &room)
	d.Texts = p.texts
	return err
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
		extent := bounds(node)
		if base := node.Common(); turns(base) {
			extent = around(extent, turned(node.frame(), base.Rotation))
		}
		if pixelBytes(extent.Intersect(canvas)) > *room {
			d.noRoom(node)
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
		*room -= int64(len(img.Pix))
		d.stills[node.Common()] = &still{node.frame(), img, extent.In(canvas)}
	}
	return nil
}

func (d *Design) noRoom(node Node) {
	d.roomless[node.Common()] = true
	if group, ok := node.(*Cluster); ok {
		for _, child := range group.Nodes {
			d.noRoom(child)
		}
	}
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
