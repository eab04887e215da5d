package svg

import (
	"image"

	"github.com/adloom/adloom/renderer/path"
)

// painter draws nodes and keeps the buffers that they share.
type painter struct {
	raster path.Rasterizer
	buffer []uint8 // of the coverage of a shape
}

// draw draws n, whose parent's space m maps to pixels.
func (p *painter) draw(n *node, m path.Matrix, dst *image.RGBA) {
	m = m.Mul(n.matrix)
	area := pixels(mapped(n.reach, m)).Intersect(dst.Rect)
	if area.Empty() || n.opacity == 0 {
		return
	}
	if n.opacity == 1 && n.clip == nil && n.mask == nil {
		p.content(n, m, dst, area)
		return
	}
	layer := image.NewRGBA(area)
	p.content(n, m, layer, area)
	all := image.NewAlpha(area)
	fill(all.Pix, sample(n.opacity))
	if n.clip != nil {
		multiply(all, p.clipped(n.clip, m, area))
	}
	if n.mask != nil {
		multiply(all, p.masked(n.mask, m, area))
	}
	over(dst, layer, all)
}

// content draws what is in n.
func (p *painter) content(n *node, m path.Matrix, dst *image.RGBA, area image.Rectangle) {
	if s := n.shape; s != nil {
		if s.strokeFirst {
			p.stroke(s, m, dst, area)
		}
		if s.fill.visible() {
			p.paint(dst, p.coverage(s.outline.Transform(m), s.rule, area), s.fill, m)
		}
		if !s.strokeFirst {
			p.stroke(s, m, dst, area)
		}
	}
	for _, c := range n.children {
		p.draw(c, m, dst)
	}
}

func (p *painter) stroke(s *shape, m path.Matrix, dst *image.RGBA, area image.Rectangle) {
	if !s.stroke.visible() {
		return
	}
	style := s.line
	style.Tolerance = path.DefaultTolerance / m.Stretch()
	outline := s.outline.Stroke(style).Transform(m)
	p.paint(dst, p.coverage(outline, path.NonZero, area), s.stroke, m)
}

// coverage returns the coverage of an outline inside area; it holds until the next one is asked for.
func (p *painter) coverage(outline *path.Path, rule path.FillRule, area image.Rectangle) *image.Alpha {
	if b, ok := outline.Bounds(); ok {
		area = area.Intersect(pixels(b))
	}
	if n := area.Dx() * area.Dy(); n > len(p.buffer) {
		p.buffer = make([]uint8, n)
	}
	cover := &image.Alpha{Pix: p.buffer[:area.Dx()*area.Dy()], Stride: area.Dx(), Rect: area}
	p.raster.Fill(cover, outline, rule)
	return cover
}

// clipped returns how much of each pixel is inside c.
func (p *painter) clipped(c *clip, m path.Matrix, area image.Rectangle) *image.Alpha {
	all := image.NewAlpha(area)
	inside := m.Mul(c.matrix)
	for _, n := range c.nodes {
		p.unite(n, inside, all)
	}
	if c.clip != nil {
		multiply(all, p.clipped(c.clip, m, area))
	}
	return all
}

// unite adds the area of n to dst.
func (p *painter) unite(n *node, m path.Matrix, dst *image.Alpha) {
	m = m.Mul(n.matrix)
	if n.clip != nil {
		own := image.NewAlpha(dst.Rect)
		p.uniteContent(n, m, own)
		multiply(own, p.clipped(n.clip, m, dst.Rect))
		join(dst, own)
		return
	}
	p.uniteContent(n, m, dst)
}

func (p *painter) uniteContent(n *node, m path.Matrix, dst *image.Alpha) {
	if n.shape != nil {
		join(dst, p.coverage(n.shape.outline.Transform(m), n.shape.rule, dst.Rect))
	}
	for _, c := range n.children {
		p.unite(c, m, dst)
	}
}

// masked returns how much a mask lets through of each pixel.
func (p *painter) masked(k *mask, m path.Matrix, area image.Rectangle) *image.Alpha {
	layer := image.NewRGBA(area)
	for _, n := range k.nodes {
		p.draw(n, m.Mul(k.matrix), layer)
	}
	all := image.NewAlpha(area)
	weigh(all, layer, k.luminance)
	region := image.NewAlpha(area)
	join(region, p.coverage(k.region.Transform(m), path.NonZero, area))
	multiply(all, region)
	if k.clip != nil {
		multiply(all, p.clipped(k.clip, m, area))
	}
	if k.mask != nil {
		multiply(all, p.masked(k.mask, m, area))
	}
	return all
}
