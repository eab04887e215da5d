package typeset

import (
	"image"
	"image/draw"
	"math"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// subpixels is how many places between two pixels a glyph can have on its line.
const subpixels = 4

// glyph is how much of each pixel a glyph covers, about its origin.
type glyph struct{ mask *image.Alpha } // nil: nothing, such as a space

type glyphKey struct {
	face *face
	id   font.GID
	size float64
	sub  uint8 // in quarters of a pixel
}

// glyph rasterizes, or remembers.
func (w *worker) glyph(face uint8, id font.GID, size float64, sub uint8) *glyph {
	key := glyphKey{w.set.faces[face], id, size, sub}
	if g, ok := w.setter.glyphs.Get(key); ok {
		return g
	}
	g := &glyph{}
	f := w.faces[face]
	if outline, ok := f.GlyphDataOutline(id); ok && len(outline.Segments) > 0 {
		g.mask = w.fill(outline, size/float64(f.Upem()), float64(sub)/subpixels)
	}
	bytes := int64(entryBytes)
	if g.mask != nil {
		bytes += int64(len(g.mask.Pix))
	}
	w.setter.glyphs.Add(key, g, bytes)
	return g
}

// What a glyph may measure in pixels: what a hostile font says is not believed.
const (
	maxGlyph     = 8192
	maxGlyphArea = 16 << 20
)

// keptRaster is the most pixels that a worker keeps room for.
const keptRaster = 1 << 20

// fill is what an outline covers.
func (w *worker) fill(outline font.GlyphOutline, scale, shift float64) *image.Alpha {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range outline.Segments {
		for _, q := range s.ArgsSlice() {
			x, y := float64(float64(q.X)*scale)+shift, -float64(q.Y)*scale
			left, right = min(left, x), max(right, x)
			top, bottom = min(top, y), max(bottom, y)
		}
	}
	if !(right-left < maxGlyph && bottom-top < maxGlyph && math.Abs(left) < maxGlyph && math.Abs(top) < maxGlyph) {
		return nil
	}
	area := image.Rect(int(math.Floor(left)), int(math.Floor(top)), int(math.Ceil(right)), int(math.Ceil(bottom)))
	if area.Empty() || area.Dx()*area.Dy() > maxGlyphArea {
		return nil
	}
	w.raster.Reset(area.Dx(), area.Dy())
	w.raster.DrawOp = draw.Src
	place := func(q ot.SegmentPoint) (float32, float32) {
		return float32(float64(float64(q.X)*scale) + shift - float64(area.Min.X)), float32(float64(-float64(q.Y)*scale) - float64(area.Min.Y))
	}
	for _, s := range outline.Segments {
		ax, ay := place(s.Args[0])
		switch s.Op {
		case ot.SegmentOpMoveTo:
			w.raster.ClosePath()
			w.raster.MoveTo(ax, ay)
		case ot.SegmentOpLineTo:
			w.raster.LineTo(ax, ay)
		case ot.SegmentOpQuadTo:
			bx, by := place(s.Args[1])
			w.raster.QuadTo(ax, ay, bx, by)
		case ot.SegmentOpCubeTo:
			bx, by := place(s.Args[1])
			cx, cy := place(s.Args[2])
			w.raster.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	w.raster.ClosePath()
	mask := image.NewAlpha(area)
	w.raster.Draw(mask, area, image.Opaque, image.Point{})
	if len(mask.Pix) > keptRaster {
		w.raster = vector.Rasterizer{}
	}
	return mask
}
