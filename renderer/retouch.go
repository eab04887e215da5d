package renderer

import (
	"image"

	"github.com/disintegration/imaging"
	"golang.org/x/image/draw"

	"github.com/adloom/adloom/renderer/cutout"
	"github.com/adloom/adloom/renderer/mask"
	"github.com/adloom/adloom/templates"
)

// retouched tells whether a layer changes the pixels of its picture.
func retouched(l *templates.Image) bool {
	return l.Cutout > 0 || l.Adjust != nil && *l.Adjust != templates.Adjust{}
}

// retouch takes out the background of a fitted picture, then changes its colours
// in the order of the fields.
func (p *painter) retouch(img *image.RGBA, l *templates.Image, opaque bool) error {
	if l.Cutout > 0 {
		scratch, ok := p.engine.cutouts.Get().(*cutout.Scratch)
		if !ok {
			scratch = &cutout.Scratch{}
		}
		cutout.White(img, cutout.Options{Tolerance: level(l.Cutout), Holes: l.Holes}, scratch)
		p.engine.cutouts.Put(scratch)
		opaque = false
	}
	a := l.Adjust
	if a == nil || *a == (templates.Adjust{}) {
		return p.ctx.Err()
	}
	newRecolor(a).run(img, opaque)
	if err := p.ctx.Err(); err != nil {
		return err
	}
	if a.Blur > 0 {
		edge := mask.Clamp
		if !opaque {
			edge = mask.Transparent
		}
		scratch := p.engine.maskScratch()
		mask.BlurPicture(img, a.Blur, edge, scratch)
		p.engine.maskScratches.Put(scratch)
	}
	if a.Sharpen > 0 {
		draw.Draw(img, img.Rect, imaging.Sharpen(img, a.Sharpen), image.Point{}, draw.Src)
	}
	return p.ctx.Err()
}

// level is a part of 255, from percent.
func level(percent float64) uint8 { return uint8(percent*2.55 + 0.5) }
