package renderer

import (
	"context"
	"fmt"
	"image"
	"math"

	"golang.org/x/image/draw"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/path"
	"github.com/adloom/adloom/templates"
)

// Result is a painted scene.
type Result struct {
	Image *image.RGBA
	// Missing lists the photos that could not be had and were hidden or replaced,
	// as their layers say. Such a picture may look different a moment later.
	Missing []*PhotoError
	// Texts says how each text came out, in paint order; those that are the same for
	// every product are in Design.Texts.
	Texts []TextOutcome

	engine *Engine
	opaque bool // it is known to be
}

// Release gives the picture's memory to the next render. Neither may be used any
// more. Without it the memory is garbage.
func (r *Result) Release() {
	r.engine.memory.back(r.Image)
	r.Image = nil
}

// Paint draws a scene. It fails with a *PhotoError when a photo that must be
// there cannot be drawn, and with ctx's error between two steps.
func (e *Engine) Paint(ctx context.Context, s *Scene, photos Photos) (*Result, error) {
	p := &painter{ctx: ctx, engine: e, fonts: s.design.fonts, stills: s.design.stills, assets: s.design.assets, paths: s.design.paths, photos: photos, canvas: s.design.canvas()}
	canvas := e.memory.picture(p.canvas)
	if err := p.scene(canvas, s); err != nil {
		e.memory.back(canvas)
		return nil, err
	}
	return &Result{Image: canvas, Missing: p.missing, Texts: p.texts, engine: e, opaque: covers(s.Template.Background)}, nil
}

// painter holds the state of one Paint.
type painter struct {
	ctx     context.Context
	engine  *Engine
	fonts   fonts
	stills  map[*templates.Base]*still
	assets  map[string]*Asset
	paths   map[*templates.Figure]*path.Path
	canvas  image.Rectangle
	photos  Photos
	missing []*PhotoError
	texts   []TextOutcome
}

// scene paints the ground, but for what a photo will hide, and what lies on it.
func (p *painter) scene(canvas *image.RGBA, s *Scene) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	nodes := s.Nodes[s.flat:]
	photo := p.lowest(nodes)
	if photo == nil {
		s.design.ground(canvas, image.Rectangle{})
		return p.nodes(canvas, nodes)
	}
	src, err := p.source(photo)
	if err != nil {
		return err
	}
	defer p.release(src)
	hidden := image.Rectangle{}
	if solid(photo, src) {
		hidden = p.engine.corners(photo.frame().snapped(), photo.Radii).between()
	}
	s.design.ground(canvas, hidden.Intersect(canvas.Rect))
	if err := p.show(canvas, photo, src); err != nil {
		return err
	}
	return p.nodes(canvas, nodes[1:])
}

// lowest returns the lowest node if it is a picture that is painted as it is.
func (p *painter) lowest(nodes []Node) *Picture {
	if len(nodes) == 0 || p.stills[nodes[0].Common()] != nil || apart(nodes[0]) || dressy(nodes[0].Common()) {
		return nil
	}
	n, ok := nodes[0].(*Picture)
	if !ok || !n.frame().snapped().Overlaps(p.canvas) {
		return nil
	}
	return n
}

// nodes paints in order.
func (p *painter) nodes(dst *image.RGBA, nodes []Node) error {
	for _, node := range nodes {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		if err := p.node(dst, node); err != nil {
			return err
		}
	}
	return nil
}

// node paints one node, straight onto dst when that gives the same picture, else
// by way of a layer of its own.
func (p *painter) node(dst *image.RGBA, node Node) error {
	base := node.Common()
	if still := p.stills[base]; still != nil {
		if img := still.at(node.frame(), dst.Rect, p.canvas); img != nil {
			compose(dst, img, base)
			return nil
		}
	}
	if !apart(node) {
		return p.dressed(dst, node)
	}
	layer, err := p.layer(node, dst.Rect)
	if layer == nil {
		return err
	}
	defer p.engine.memory.back(layer)
	if err == nil {
		compose(dst, layer, base)
	}
	return err
}

// apart tells whether a node must be painted on a layer of its own, to be changed
// as a whole before it meets what is below.
func apart(node Node) bool {
	base := node.Common()
	return changed(base) || turns(base) && !turnsItself(node)
}

// changed tells whether a layer is changed as a whole, but for its turn.
func changed(base *templates.Base) bool {
	return base.Opacity < 1 || base.Blend != templates.Normal || base.Mask != nil
}

func turns(base *templates.Base) bool { return math.Mod(base.Rotation, 360) != 0 }

// layer paints a node on a layer that is as large as what dst shows of it; nil
// when that is nothing. Its opacity and blend mode are left to compose.
func (p *painter) layer(node Node, dst image.Rectangle) (*image.RGBA, error) {
	base := node.Common()
	area := bounds(node).Intersect(seen(dst, node.frame(), base.Rotation))
	if turnsItself(node) {
		area = around(bounds(node), turned(node.frame(), base.Rotation)).Intersect(dst)
	}
	if area.Empty() {
		return nil, nil
	}
	layer := p.engine.memory.empty(area)
	err := p.dressed(layer, node)
	if err == nil && base.Mask != nil {
		err = p.masked(layer, base, node.frame())
	}
	if err != nil || !turns(base) || turnsItself(node) {
		return layer, err
	}
	defer p.engine.memory.back(layer)
	return p.turned(layer, node.frame(), base.Rotation, dst), nil
}

// paint draws a node without what it wears.
func (p *painter) paint(dst *image.RGBA, node Node) error {
	switch n := node.(type) {
	case *Picture:
		return p.picture(dst, n)
	case *Words:
		return p.words(dst, n)
	case *Outline:
		return p.outline(dst, n)
	case *Code:
		return p.code(dst, n)
	case *Stars:
		return p.stars(dst, n)
	case *Cluster:
		return p.cluster(dst, n)
	}
	return fmt.Errorf("unknown node %T", node)
}

// cluster paints a group's nodes, within its box if it cuts them.
func (p *painter) cluster(dst *image.RGBA, n *Cluster) error {
	if n.Clip {
		area := n.frame().snapped().Intersect(dst.Rect)
		if area.Empty() {
			return nil
		}
		dst = part(dst, area)
	}
	return p.nodes(dst, n.Nodes)
}

// turned turns a layer about the middle of its frame.
func (p *painter) turned(layer *image.RGBA, frame box, degrees float64, dst image.Rectangle) *image.RGBA {
	turn := turned(frame, degrees)
	out := p.engine.memory.empty(around(layer.Rect.Inset(-2), turn).Intersect(dst))
	// A border of transparent pixels lets the resampler smooth the turned edges.
	padded := p.engine.memory.empty(layer.Rect.Inset(-2))
	defer p.engine.memory.back(padded)
	blend.Copy(padded, layer)
	draw.CatmullRom.Transform(out, turn, padded, padded.Rect, draw.Over, nil)
	return out
}

// compose lays a painted layer over dst.
func compose(dst, layer *image.RGBA, base *templates.Base) {
	opacity := uint8(math.Round(base.Opacity * 255))
	switch {
	case base.Blend != templates.Normal:
		blend.Blend(dst, layer, blend.Mode(base.Blend), opacity)
	case opacity == 255:
		blend.Over(dst, layer)
	default:
		blend.OverFaded(dst, layer, opacity)
	}
}
