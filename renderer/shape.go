package renderer

import (
	"image"
	"math"

	"github.com/fogleman/gg"
	"golang.org/x/image/draw"

	"github.com/adloom/adloom/templates"
)

// outline draws what reach sees of a shape into a layer of its own.
func outline(s *templates.Shape, frame box, reach image.Rectangle) *image.RGBA {
	area := shapeBounds(s, frame).Intersect(reach)
	if area.Empty() {
		return nil
	}
	layer := image.NewRGBA(area)
	x, y := frame.x-float64(area.Min.X), frame.y-float64(area.Min.Y)
	if s.Fill != nil && s.Kind != templates.Line {
		paintThrough(layer, frame, *s.Fill, coverage(area, func(dc *gg.Context) {
			trace(dc, s, x, y)
			dc.Fill()
		}))
	}
	if s.StrokeWidth > 0 {
		stroke := templates.Paint{Kind: templates.Solid, Color: s.Stroke}
		paintThrough(layer, frame, stroke, coverage(area, func(dc *gg.Context) { strokeOutline(dc, s, x, y) }))
	}
	return layer
}

// trace adds a shape's path.
func trace(dc *gg.Context, s *templates.Shape, x, y float64) {
	switch s.Kind {
	case templates.Rectangle:
		roundedRectangle(dc, x, y, s.Width, s.Height, s.Radius)
	case templates.Ellipse:
		dc.DrawEllipse(x+s.Width/2, y+s.Height/2, s.Width/2, s.Height/2)
	default:
		for _, p := range s.Points {
			dc.LineTo(x+p[0], y+p[1])
		}
		if s.Kind == templates.Polygon {
			dc.ClosePath()
		}
	}
}

// strokeOutline draws along a path. Lines end where their points are; a rectangle
// has sharp corners unless it is rounded, as borders in CSS have. Other corners are
// round.
func strokeOutline(dc *gg.Context, s *templates.Shape, x, y float64) {
	if s.Kind != templates.Rectangle {
		trace(dc, s, x, y)
		if s.Kind == templates.Line {
			dc.SetLineCapButt()
		}
		dc.SetLineWidth(s.StrokeWidth)
		dc.Stroke()
		return
	}
	half := s.StrokeWidth / 2
	outer, inner := 0.0, 0.0
	if s.Radius > 0 {
		outer, inner = s.Radius+half, max(0, s.Radius-half)
	}
	dc.SetFillRuleEvenOdd()
	roundedRectangle(dc, x-half, y-half, s.Width+2*half, s.Height+2*half, outer)
	if s.Width > 2*half && s.Height > 2*half {
		roundedRectangle(dc, x+half, y+half, s.Width-2*half, s.Height-2*half, inner)
	}
	dc.Fill()
}

// shapeBounds is what a shape can cover: points may lie outside its box.
func shapeBounds(s *templates.Shape, frame box) image.Rectangle {
	left, top, right, bottom := 0.0, 0.0, frame.w, frame.h
	for _, p := range s.Points {
		left, right = min(left, p[0]), max(right, p[0])
		top, bottom = min(top, p[1]), max(bottom, p[1])
	}
	m := s.StrokeWidth
	return box{frame.x + left - m, frame.y + top - m, right - left + 2*m, bottom - top + 2*m}.pixels()
}

// roundedRectangle adds a path whose corners never outgrow the sides.
func roundedRectangle(dc *gg.Context, x, y, w, h, radius float64) {
	radius = math.Min(radius, math.Min(w, h)/2)
	if radius <= 0 {
		dc.DrawRectangle(x, y, w, h)
		return
	}
	dc.DrawRoundedRectangle(x, y, w, h, radius)
}

// coverage is how much of each pixel of area a drawing covers.
func coverage(area image.Rectangle, drawing func(dc *gg.Context)) *image.Alpha {
	dc := gg.NewContext(area.Dx(), area.Dy())
	dc.SetRGB(1, 1, 1)
	drawing(dc)
	mask := dc.AsMask()
	mask.Rect = area
	return mask
}

// paintThrough lays paint over the layer where the mask lets it.
func paintThrough(layer *image.RGBA, frame box, paint templates.Paint, mask *image.Alpha) {
	src := image.NewRGBA(layer.Rect)
	fill(src, frame, paint)
	draw.DrawMask(layer, layer.Rect, src, layer.Rect.Min, mask, mask.Rect.Min, draw.Over)
}
