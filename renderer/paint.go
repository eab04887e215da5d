package renderer

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"math"

	"golang.org/x/image/draw"

	"github.com/adloom/adloom/templates"
)

// Result is a painted scene.
type Result struct {
	Image *image.RGBA
	// Missing lists the photos that could not be had and were hidden or replaced,
	// as their layers say. Such a picture may look different a moment later.
	Missing []*PhotoError
}

// Paint draws a scene. It fails with a *PhotoError when a photo that must be
// there cannot be drawn, and with ctx's error between two layers.
func (e *Engine) Paint(ctx context.Context, s *Scene, photos Photos) (*Result, error) {
	p := &painter{engine: e, photos: photos}
	canvas := image.NewRGBA(image.Rect(0, 0, s.Template.Width, s.Template.Height))
	fill(canvas, box{0, 0, float64(s.Template.Width), float64(s.Template.Height)}, s.Template.Background)
	if err := p.nodes(ctx, canvas, s.Nodes, 0, 0); err != nil {
		return nil, err
	}
	return &Result{Image: canvas, Missing: p.missing}, nil
}

// painter holds the state of one Paint.
type painter struct {
	engine  *Engine
	photos  Photos
	missing []*PhotoError
}

// nodes paints in order. dx and dy move the nodes: a group's place.
func (p *painter) nodes(ctx context.Context, dst *image.RGBA, nodes []Node, dx, dy float64) error {
	for _, node := range nodes {
		if err := ctx.Err(); err != nil {
			return err
		}
		base := node.Common()
		frame := box{base.X + dx, base.Y + dy, base.Width, base.Height}
		var layer *image.RGBA
		var err error
		switch n := node.(type) {
		case *Picture:
			layer, err = p.picture(n, frame)
		case *Words:
			layer, frame, err = p.words(dst, n, frame)
		case *Outline:
			layer = outline(n.Shape, frame, seen(dst.Rect, frame, base.Rotation))
		case *Cluster:
			layer, err = p.cluster(ctx, dst, n, frame)
		default:
			err = fmt.Errorf("unknown node %T", node)
		}
		if err != nil {
			return err
		}
		if layer != nil {
			place(dst, layer, frame, base)
		}
	}
	return nil
}

// cluster paints a group: straight onto dst when that gives the same picture,
// else into a layer of its own, as large as what it holds and dst shows.
func (p *painter) cluster(ctx context.Context, dst *image.RGBA, n *Cluster, frame box) (*image.RGBA, error) {
	if !n.apart() {
		return nil, p.nodes(ctx, dst, n.Nodes, frame.x, frame.y)
	}
	area := n.area(dst.Rect, frame)
	if area.Empty() {
		return nil, nil
	}
	layer := image.NewRGBA(area)
	return layer, p.nodes(ctx, layer, n.Nodes, frame.x, frame.y)
}

// place lays a painted layer onto dst, turned about the middle of frame.
func place(dst, layer *image.RGBA, frame box, base *templates.Base) {
	if base.Opacity == 0 || layer.Rect.Empty() {
		return
	}
	var options *draw.Options
	mask := image.Image(nil)
	if base.Opacity < 1 {
		mask = image.NewUniform(color.Alpha{uint8(math.Round(base.Opacity * 255))})
		options = &draw.Options{SrcMask: mask}
	}
	if math.Mod(base.Rotation, 360) == 0 {
		draw.DrawMask(dst, layer.Rect, layer, layer.Rect.Min, mask, image.Point{}, draw.Over)
		return
	}
	// A border of transparent pixels lets the resampler smooth the turned edges.
	padded := image.NewRGBA(layer.Rect.Inset(-2))
	draw.Draw(padded, layer.Rect, layer, layer.Rect.Min, draw.Src)
	turn := turned(frame, base.Rotation)
	draw.CatmullRom.Transform(dst, turn, padded, padded.Rect, draw.Over, options)
}
