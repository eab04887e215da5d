package colorglyph

import (
	"image"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/path"
)

// draw lays n over dst.
func (d *Drawer) draw(n *node, dst *image.RGBA) {
	if n == nil {
		return
	}
	area := n.reach.Intersect(dst.Rect)
	if area.Empty() {
		return
	}
	switch {
	case n.ink != nil:
		blend.Over(dst, n.ink.over(area, nil))
	case n.outline != nil:
		d.cut(n, dst, area)
	case n.layers != nil:
		for _, l := range n.layers {
			d.draw(l, dst)
		}
	default:
		d.compose(n, dst, area)
	}
}

// cut lays the content of n over dst as far as its outline covers it.
func (d *Drawer) cut(n *node, dst *image.RGBA, area image.Rectangle) {
	if n.content.ink == nil {
		layer := image.NewRGBA(area)
		d.draw(n.content, layer)
		blend.OverMasked(dst, layer, d.coverage(n.outline, area))
		return
	}
	cover := d.coverage(n.outline, area)
	if k := n.content.ink; k.gradient == nil {
		blend.Tint(dst, cover, blend.Premultiplied(k.colour))
	} else {
		blend.OverMasked(dst, k.over(area, cover), cover)
	}
}

// coverage is that of an outline inside area; it holds until the next one is asked for.
func (d *Drawer) coverage(outline *path.Path, area image.Rectangle) *image.Alpha {
	size := area.Dx() * area.Dy()
	if size > cap(d.cover) {
		d.cover = make([]uint8, size)
	}
	cover := &image.Alpha{Pix: d.cover[:size], Stride: area.Dx(), Rect: area}
	d.raster.Fill(cover, outline, path.NonZero)
	if size > keptCover {
		d.cover = nil
	}
	return cover
}

// keptCover is the most pixels of coverage that a Drawer keeps room for.
const keptCover = 1 << 20

// over is an area of the ink; of a gradient with a mask, only where it covers something.
func (k *ink) over(area image.Rectangle, mask *image.Alpha) *image.RGBA {
	img := image.NewRGBA(area)
	if k.gradient == nil {
		c := blend.Premultiplied(k.colour)
		for i := 0; i < len(img.Pix); i += 4 {
			*(*[4]uint8)(img.Pix[i:]) = [4]uint8{c.R, c.G, c.B, c.A}
		}
		return img
	}
	for y := range area.Dy() {
		row := img.Pix[y*img.Stride:][:4*area.Dx()]
		for x := range area.Dx() {
			if mask == nil || mask.Pix[y*mask.Stride+x] != 0 {
				*(*[4]uint8)(row[4*x:]) = k.gradient.colour(area.Min.X+x, area.Min.Y+y)
			}
		}
	}
	return img
}
