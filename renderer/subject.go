package renderer

import (
	"github.com/adloom/adloom/renderer/crop"
	"github.com/adloom/adloom/renderer/cutout"
	"github.com/adloom/adloom/renderer/trim"
	"github.com/adloom/adloom/templates"
)

// trimmed is a picture without its uniform borders, in pixels of its full size. A
// cut-out keeps a rim of them where it will know its background by that, and so take
// the rim out.
func trimmed(src raster, l *templates.Image) box {
	kept := trim.Bounds(src.pix, level(l.Trim))
	if l.Cutout > 0 {
		if wide := trim.Pad(kept, src.pix.Rect, rim); cutout.OnWhite(part(src.pix, wide)) {
			kept = wide
		}
	}
	x, y := src.grown()
	return box{float64(kept.Min.X) * x, float64(kept.Min.Y) * y, float64(kept.Dx()) * x, float64(kept.Dy()) * y}
}

// rim is a share of the longer side.
const rim = 0.04

// attention is where a crop of an aspect ratio shows the product, as shares of the
// room that it can move in.
func attention(src raster, whole box, aspect float64) [2]float64 {
	x, y := src.grown()
	area := box{whole.x / x, whole.y / y, whole.w / x, whole.h / y}.snapped().Intersect(src.pix.Rect)
	w := crop.Find(part(src.pix, area), aspect)
	focus := [2]float64{0.5, 0.5}
	if rest := 1 - (w.X1 - w.X0); rest > 1e-9 {
		focus[0] = w.X0 / rest
	}
	if rest := 1 - (w.Y1 - w.Y0); rest > 1e-9 {
		focus[1] = w.Y0 / rest
	}
	return focus
}

// grown is how many pixels of the full size one of the stored pixels is.
func (r raster) grown() (x, y float64) {
	stored := r.pix.Rect.Size()
	return float64(r.full.X) / float64(stored.X), float64(r.full.Y) / float64(stored.Y)
}
