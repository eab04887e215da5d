package typeset

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"

	"github.com/adloom/adloom/renderer/fontfile"
	"github.com/adloom/adloom/renderer/path"
)

// subpixels is how many places between two pixels a glyph can have on its line.
const subpixels = 4

// glyph is what a glyph shows, about its origin: how much of each pixel it covers,
// or a picture of its own colours. Without either it shows nothing, such as a space.
type glyph struct {
	mask    *image.Alpha
	picture *image.RGBA
}

type glyphKey struct {
	face   *face
	id     font.GID
	size   float64
	stroke float64     // the width of a line along its outline; 0: the glyph itself
	color  color.NRGBA // of the text, for pictures that refer to it
	sub    uint8       // in quarters of a pixel
}

// glyph rasterizes, or remembers.
func (w *worker) glyph(key glyphKey) *glyph {
	if !key.face.source.Color {
		key.color = color.NRGBA{}
	}
	if g, ok := w.setter.glyphs.Get(key); ok {
		return g
	}
	g := w.drawn(&key)
	bytes := int64(entryBytes)
	if g.mask != nil {
		bytes += int64(len(g.mask.Pix))
	}
	if g.picture != nil {
		bytes += int64(len(g.picture.Pix))
	}
	w.setter.glyphs.Add(key, g, bytes)
	return g
}

func (w *worker) drawn(key *glyphKey) *glyph {
	f := w.instance(key.face)
	if f == nil {
		return &glyph{}
	}
	shift := float64(key.sub) / subpixels
	if key.face.source.Color {
		if picture, ok := w.colors.Draw(f, key.id, key.size, shift, key.color); ok {
			if key.stroke > 0 {
				return &glyph{} // a picture has no line along it
			}
			return &glyph{picture: picture}
		}
	}
	outline, ok := fontfile.Outline(f, key.id)
	if !ok || len(outline.Segments) == 0 {
		return &glyph{}
	}
	o := placedOutline{outline.Segments, key.size / float64(f.Upem()), shift, 0}
	if key.face.slanted {
		o.slope = slope
	}
	switch {
	case key.stroke > 0:
		return &glyph{mask: stroked(o, key)}
	case key.face.bold:
		return &glyph{mask: thickened(o, key)}
	}
	return &glyph{mask: w.fill(o)}
}

// placedOutline is an outline in pixels about the glyph's origin.
type placedOutline struct {
	segments     []ot.Segment
	scale, shift float64
	slope        float64 // by how much each unit up moves it to the right
}

func (o *placedOutline) at(p ot.SegmentPoint) (x, y float64) {
	across, up := float64(p.X), float64(p.Y)
	return float64((across+float64(up*o.slope))*o.scale) + o.shift, float64(-up * o.scale)
}

// What a glyph may measure in pixels: what a hostile font says is not believed.
const (
	maxGlyph     = 8192
	maxGlyphArea = 16 << 20
)

// keptRaster is the most pixels that a worker keeps room for.
const keptRaster = 1 << 20

// area is the pixels that an outline can touch; empty when there is nothing that
// can be drawn.
func (o *placedOutline) area() image.Rectangle {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range o.segments {
		for _, q := range s.ArgsSlice() {
			x, y := o.at(q)
			left, right = min(left, x), max(right, x)
			top, bottom = min(top, y), max(bottom, y)
		}
	}
	if !(right-left < maxGlyph && bottom-top < maxGlyph && math.Abs(left) < maxGlyph && math.Abs(top) < maxGlyph) {
		return image.Rectangle{}
	}
	area := image.Rect(int(math.Floor(left)), int(math.Floor(top)), int(math.Ceil(right)), int(math.Ceil(bottom)))
	if area.Dx()*area.Dy() > maxGlyphArea {
		return image.Rectangle{}
	}
	return area
}

// fill is what an outline covers.
func (w *worker) fill(o placedOutline) *image.Alpha {
	area := o.area()
	if area.Empty() {
		return nil
	}
	w.raster.Reset(area.Dx(), area.Dy())
	w.raster.DrawOp = draw.Src
	place := func(q ot.SegmentPoint) (float32, float32) {
		x, y := o.at(q)
		return float32(x - float64(area.Min.X)), float32(y - float64(area.Min.Y))
	}
	for _, s := range o.segments {
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

// path is the outline as something that can be stroked.
func (o *placedOutline) path() *path.Path {
	p := &path.Path{}
	for i, s := range o.segments {
		ax, ay := o.at(s.Args[0])
		switch s.Op {
		case ot.SegmentOpMoveTo:
			if i > 0 {
				p.Close()
			}
			p.MoveTo(ax, ay)
		case ot.SegmentOpLineTo:
			p.LineTo(ax, ay)
		case ot.SegmentOpQuadTo:
			bx, by := o.at(s.Args[1])
			p.QuadTo(ax, ay, bx, by)
		case ot.SegmentOpCubeTo:
			bx, by := o.at(s.Args[1])
			cx, cy := o.at(s.Args[2])
			p.CubicTo(ax, ay, bx, by, cx, cy)
		}
	}
	p.Close()
	return p
}

// lineWidth is that of the line along an outline, which the glyph hides half of.
func (k *glyphKey) lineWidth() float64 {
	if k.face.bold {
		return k.stroke + float64(k.size*emboldening(k.size))
	}
	return k.stroke
}

// stroked is what a line along an outline covers; its middle is on the edge.
func stroked(o placedOutline, key *glyphKey) *image.Alpha {
	area := o.area()
	if area.Empty() || key.stroke > maxGlyph {
		return nil
	}
	width := key.lineWidth()
	area = area.Inset(-int(math.Ceil(width/2)) - 1)
	return o.path().Stroke(path.Style{Width: width, Join: path.RoundJoin, Cap: path.RoundCap}).Coverage(area, path.NonZero)
}

// thickened is what an outline covers that is made bold.
func thickened(o placedOutline, key *glyphKey) *image.Alpha {
	area := o.area()
	if area.Empty() {
		return nil
	}
	extra := key.size * emboldening(key.size)
	area = area.Inset(-int(math.Ceil(extra)) - 1)
	outline := o.path()
	bold := outline.Coverage(area, path.NonZero)
	join(bold, outline.Stroke(path.Style{Width: extra}).Coverage(area, path.NonZero))
	return bold
}
