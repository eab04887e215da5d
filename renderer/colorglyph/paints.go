package colorglyph

import (
	"image"
	"image/color"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"

	"github.com/adloom/adloom/renderer/path"
)

// paints draws a glyph of the table COLR.
func (d *Drawer) paints(face *font.Face, glyph font.GID, size float64, foreground color.NRGBA) (*image.RGBA, bool) {
	paint, ok := search(face.COLR, glyph)
	if !ok {
		return nil, false
	}
	b := builder{face: face, foreground: foreground, variation: variationOf(face)}
	scale := size / float64(face.Upem())
	n := b.clipped(glyph, paint, path.Matrix{scale, 0, 0, -scale, 0, 0}, 0)
	if b.broken {
		return nil, false
	}
	if n == nil {
		return &image.RGBA{}, true
	}
	if !drawable(n.reach, size) || n.work(n.reach) > mostWork(size) || n.room(n.reach) > maxRoom {
		return nil, false
	}
	img := image.NewRGBA(n.reach)
	d.draw(n, img)
	return img, true
}

// search finds the paint of a glyph. A font may promise layers that it has not, which go-text finds out by a panic.
func search(colr *tables.COLR1, glyph font.GID) (paint tables.PaintTable, ok bool) {
	defer func() {
		if recover() != nil {
			paint, ok = nil, false
		}
	}()
	return colr.Search(tables.GlyphID(glyph))
}
