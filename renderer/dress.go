package renderer

import (
	"image"
	"image/color"
	"math"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/mask"
	"github.com/adloom/adloom/templates"
)

// dressy tells whether a layer wears shadows or an outline.
func dressy(base *templates.Base) bool { return len(base.Shadows) > 0 || base.Outline != nil }

// dressed paints a node with its outline and shadows.
func (p *painter) dressed(dst *image.RGBA, node Node) error {
	base := node.Common()
	if !dressy(base) {
		return p.paint(dst, node)
	}
	if n, ok := node.(*Picture); ok {
		return p.dressedPicture(dst, n)
	}
	return p.dressedBy(dst, node, func(content *image.RGBA) error { return p.paint(content, node) })
}

// dressedPicture knows what a picture covers before it is painted, if it fills its box.
func (p *painter) dressedPicture(dst *image.RGBA, n *Picture) error {
	src, err := p.source(n)
	if err != nil || src.none() {
		return err
	}
	defer p.release(src)
	if !solid(n, src) {
		return p.dressedBy(dst, n, func(content *image.RGBA) error { return p.show(content, n, src) })
	}
	target := n.frame().snapped()
	worn := p.engine.worn(wornKey{target.Size(), n.Radii, &n.Base}, func() *image.Alpha {
		size := target.Size()
		return mask.RoundedRectangle(image.Rectangle{Max: size}, 0, 0, float64(size.X), float64(size.Y), n.Radii)
	})
	worn.under(dst, target.Min)
	if err := p.show(dst, n, src); err != nil {
		return err
	}
	worn.over(dst, target.Min)
	return nil
}

// dressedBy paints a node's content apart, to learn what it covers.
func (p *painter) dressedBy(dst *image.RGBA, node Node, paint func(*image.RGBA) error) error {
	base := node.Common()
	area := held(node).Intersect(dst.Rect.Inset(-margin(base)))
	if area.Empty() {
		return nil
	}
	content := p.engine.memory.empty(area)
	defer p.engine.memory.back(content)
	if err := paint(content); err != nil {
		return err
	}
	if err := p.ctx.Err(); err != nil {
		return err
	}
	clothes := p.engine.wear(mask.OfPicture(content), base)
	clothes.under(dst, image.Point{})
	blend.Over(dst, content)
	clothes.over(dst, image.Point{})
	return nil
}

// margin is from how far outside of an area something may cast its shadow into it.
func margin(base *templates.Base) int {
	far := 0.0
	if base.Outline != nil {
		far = base.Outline.Width + 2
	}
	cast := far
	for _, s := range base.Shadows {
		far = max(far, cast+max(math.Abs(s.X), math.Abs(s.Y))+math.Abs(s.Spread)+float64(mask.Reach(s.Blur/2))+2)
	}
	return int(math.Ceil(far))
}

// clothes are the shadows and the outline of something, as coverage in colours.
type clothes struct{ below, above []cloth }

type cloth struct {
	mask  *image.Alpha
	color color.RGBA
}

// wear makes the clothes of what a mask covers.
func (e *Engine) wear(covered *image.Alpha, base *templates.Base) clothes {
	scratch := e.maskScratch()
	defer e.maskScratches.Put(scratch)
	var c clothes
	casts := covered
	if base.Outline != nil {
		line := mask.OuterStroke(covered, base.Outline.Width, scratch)
		casts = mask.Union(covered, line)
		c.below = append(c.below, cloth{line, blend.Premultiplied(base.Outline.Color)})
	}
	for _, s := range base.Shadows { // the first one uppermost, and so the last one drawn
		if s.Inset {
			m := mask.Inner(covered, s.X, s.Y, s.Blur/2, s.Spread, scratch)
			c.above = append([]cloth{{m, blend.Premultiplied(s.Color)}}, c.above...)
		} else {
			m := mask.Drop(casts, s.X, s.Y, s.Blur/2, s.Spread, scratch)
			c.below = append(c.below, cloth{m, blend.Premultiplied(s.Color)})
		}
	}
	for i, j := 0, len(c.below)-1; i < j; i, j = i+1, j-1 {
		c.below[i], c.below[j] = c.below[j], c.below[i]
	}
	return c
}

func (c clothes) under(dst *image.RGBA, at image.Point) { lay(dst, c.below, at) }
func (c clothes) over(dst *image.RGBA, at image.Point)  { lay(dst, c.above, at) }

func lay(dst *image.RGBA, cloths []cloth, at image.Point) {
	for _, c := range cloths {
		moved := *c.mask
		moved.Rect = moved.Rect.Add(at)
		blend.Tint(dst, &moved, c.color)
	}
}

// wornKey names the clothes of a box with round corners.
type wornKey struct {
	size  image.Point
	radii [4]float64
	base  *templates.Base
}

// worn makes clothes, or remembers.
func (e *Engine) worn(key wornKey, covered func() *image.Alpha) clothes {
	if c, ok := e.clothes.Get(key); ok {
		return c
	}
	c := e.wear(covered(), key.base)
	bytes := int64(512)
	for _, cloth := range append(c.below, c.above...) {
		bytes += int64(len(cloth.mask.Pix))
	}
	e.clothes.Add(key, c, bytes)
	return c
}
