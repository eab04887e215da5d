package renderer

import (
	"image"

	"github.com/adloom/adloom/renderer/blend"
)

// picture draws a photo or asset fitted into its box.
func (p *painter) picture(dst *image.RGBA, n *Picture) error {
	if n.frame().snapped().Intersect(dst.Rect).Empty() {
		return nil
	}
	src, err := p.source(n)
	if err != nil {
		return err
	}
	defer p.release(src)
	return p.show(dst, n, src)
}

// show draws a source. What is kept of it from an earlier render, and whether it
// can go straight onto dst, changes no byte.
func (p *painter) show(dst *image.RGBA, n *Picture, src source) error {
	target := n.frame().snapped()
	corners := p.engine.corners(target, n.Radii)
	switch {
	case src.none():
		return nil
	case src.kept != nil:
		img := *src.kept.img
		img.Rect = img.Rect.Add(target.Min)
		corners.lay(dst, &img, src.kept.solid)
		return nil
	}
	if err := p.ctx.Err(); err != nil {
		return err
	}
	err := p.fit(dst, n, src, target, corners)
	if err != nil && p.ctx.Err() == nil {
		err = &PhotoError{n.ID, n.URL, err}
	}
	return err
}

// fit scales a picture into its box and draws it.
func (p *painter) fit(dst *image.RGBA, n *Picture, src source, target image.Rectangle, corners corners) error {
	keep := src.photo && p.engine.photos.again(src.key)
	if !keep && solid(n, src) && target.In(dst.Rect) && !retouched(n.Image) {
		return p.straight(dst, src, target, corners)
	}
	var img *image.RGBA
	if keep {
		img = image.NewRGBA(src.area)
	} else {
		img = p.engine.memory.picture(src.area)
		defer p.engine.memory.back(img)
	}
	if err := p.engine.scale(img, src.raster, src.from); err != nil {
		return err
	}
	if err := p.retouch(img, n.Image, src.opaque); err != nil {
		return err
	}
	corners.lay(dst, img, solid(n, src))
	if keep {
		kept := *img
		kept.Rect = kept.Rect.Sub(target.Min)
		p.engine.photos.keep(src.key, &fitted{&kept, solid(n, src)})
	}
	return nil
}

// solid tells whether a picture will be opaque and fill its box.
func solid(n *Picture, src source) bool {
	if src.kept != nil {
		return src.kept.solid
	}
	return !src.none() && src.opaque && n.Cutout == 0 && src.area == n.frame().snapped()
}

// straight scales an opaque picture onto dst. What its corners do not cover is set
// aside before.
func (p *painter) straight(dst *image.RGBA, src source, target image.Rectangle, corners corners) error {
	bands := [2]*image.Alpha{corners.top, corners.bottom}
	var below [2]*image.RGBA
	for i, band := range bands {
		if band != nil {
			below[i] = p.engine.memory.picture(band.Rect)
			blend.Copy(below[i], dst)
		}
	}
	if err := p.engine.scale(part(dst, target), src.raster, src.from); err != nil {
		return err
	}
	for i, band := range bands {
		if band != nil {
			blend.OverMasked(below[i], part(dst, band.Rect), band)
			blend.Copy(dst, below[i])
			p.engine.memory.back(below[i])
		}
	}
	return nil
}
