package renderer

import (
	"image"
	"math"
	"slices"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/mask"
	"github.com/adloom/adloom/renderer/path"
	"github.com/adloom/adloom/templates"
)

// outline draws a shape.
func (p *painter) outline(dst *image.RGBA, n *Outline) error {
	s, frame := n.Shape, n.frame()
	figure := figurePath(&s.Figure, n.drawn, frame)
	area := shapeBounds(n)
	if turnsItself(n) {
		area = around(area, turned(frame, s.Rotation))
		figure = figure.Transform(turnOf(frame, s.Rotation))
	}
	if area = area.Intersect(dst.Rect); area.Empty() {
		return nil
	}
	filled := s.Fill != nil && s.Kind != templates.Line
	inside := func() *image.Alpha { return figure.Coverage(area, path.NonZero) }
	switch {
	case s.StrokeWidth == 0 && filled:
		p.paintThrough(dst, frame, *s.Fill, inside())
	case !filled:
		blend.Tint(dst, stroked(figure, s, area), blend.Premultiplied(s.Stroke))
	case s.StrokeAlign == templates.StrokeInside:
		p.lined(dst, frame, s, inside(), stroked(figure, s, area))
	case s.StrokeAlign == templates.StrokeOutside && covers(*s.Fill) && len(s.Dash) == 0:
		// The stroke goes below the fill, so that nothing shines through between them.
		both := mask.Union(figure.Stroke(pen(s, 2)).Coverage(area, path.NonZero), inside())
		blend.Tint(dst, both, blend.Premultiplied(s.Stroke))
		p.paintThrough(dst, frame, *s.Fill, inside())
	default:
		p.paintThrough(dst, frame, *s.Fill, inside())
		blend.Tint(dst, stroked(figure, s, area), blend.Premultiplied(s.Stroke))
	}
	return nil
}

// covers tells whether a paint hides what is below.
func covers(paint templates.Paint) bool {
	if paint.Kind == templates.Solid {
		return paint.Color.A == 255
	}
	return !slices.ContainsFunc(paint.Stops, func(s templates.Stop) bool { return s.Color.A < 255 })
}

// lined draws a fill and a stroke inside of its edge through the same coverage, so
// that the fill does not shine through around the stroke.
func (p *painter) lined(dst *image.RGBA, frame box, s *templates.Shape, inside, stroke *image.Alpha) {
	sheet := p.engine.memory.picture(inside.Rect)
	defer p.engine.memory.back(sheet)
	fill(sheet, frame, *s.Fill)
	for i, a := range stroke.Pix { // its share of what is inside
		if in := uint32(inside.Pix[i]); in > 0 && in < 255 {
			stroke.Pix[i] = uint8(min(255, (uint32(a)*255+in/2)/in))
		}
	}
	blend.Tint(sheet, stroke, blend.Premultiplied(s.Stroke))
	blend.OverMasked(dst, sheet, inside)
}

// paintThrough lays paint over dst where a mask lets it.
func (p *painter) paintThrough(dst *image.RGBA, frame box, paint templates.Paint, mask *image.Alpha) {
	if paint.Kind == templates.Solid {
		blend.Tint(dst, mask, blend.Premultiplied(paint.Color))
		return
	}
	src := p.engine.memory.picture(mask.Rect)
	defer p.engine.memory.back(src)
	fill(src, frame, paint)
	blend.OverMasked(dst, src, mask)
}

// figurePath is a figure's path in a frame; drawn is its own path, if it has one.
func figurePath(f *templates.Figure, drawn *path.Path, frame box) *path.Path {
	cx, cy := frame.x+frame.w/2, frame.y+frame.h/2
	switch f.Kind {
	case templates.Rectangle:
		return path.Rectangle(frame.x, frame.y, frame.w, frame.h, f.Radii)
	case templates.Ellipse:
		return path.Ellipse(cx, cy, frame.w/2, frame.h/2)
	case templates.Star:
		return path.Star(cx, cy, frame.w/2, frame.h/2, f.Tips, f.Inner)
	case templates.Burst:
		return path.Burst(cx, cy, frame.w/2, frame.h/2, f.Tips, f.Inner, f.Roundness)
	case templates.PathShape:
		m := path.Translate(frame.x, frame.y)
		if v := f.ViewBox; v[2] > 0 && v[3] > 0 {
			m = m.Mul(path.Scale(frame.w/v[2], frame.h/v[3])).Mul(path.Translate(-v[0], -v[1]))
		}
		return drawn.Transform(m)
	}
	lines := &path.Path{}
	for i, q := range f.Points {
		if i == 0 {
			lines.MoveTo(frame.x+q[0], frame.y+q[1])
		} else {
			lines.LineTo(frame.x+q[0], frame.y+q[1])
		}
	}
	if f.Kind == templates.Polygon {
		lines.Close()
	}
	return lines
}

// stroked is the coverage of a shape's stroke.
func stroked(figure *path.Path, s *templates.Shape, area image.Rectangle) *image.Alpha {
	if s.StrokeAlign == templates.StrokeCenter || s.Kind == templates.Line {
		return figure.Stroke(pen(s, 1)).Coverage(area, path.NonZero)
	}
	// Twice as wide, and the half that is not wanted cut off.
	stroke, inside := figure.Stroke(pen(s, 2)).Coverage(area, path.NonZero), figure.Coverage(area, path.NonZero)
	if s.StrokeAlign == templates.StrokeInside {
		return mask.Intersect(stroke, inside)
	}
	return mask.Subtract(stroke, inside)
}

// pen is what draws a shape's stroke, some times as wide.
func pen(s *templates.Shape, times float64) path.Style {
	style := path.Style{Width: times * s.StrokeWidth, MiterLimit: miterLimit, Dash: s.Dash}
	switch s.StrokeJoin {
	case templates.JoinRound:
		style.Join = path.RoundJoin
	case templates.JoinBevel:
		style.Join = path.BevelJoin
	}
	switch s.StrokeCap {
	case templates.CapRound:
		style.Cap = path.RoundCap
	case templates.CapSquare:
		style.Cap = path.SquareCap
	}
	return style
}

// miterLimit is how far a sharp corner of a stroke may reach, in half widths
// (SVG 2, section 13.5.5).
const miterLimit = 4

// shapeBounds is what a shape can cover: points may lie outside its box.
func shapeBounds(n *Outline) image.Rectangle {
	b := n.frame()
	if r, ok := figurePath(&n.Figure, n.drawn, b).Bounds(); ok {
		b = box{r.X0, r.Y0, r.Width(), r.Height()}
	}
	reach := n.StrokeWidth / 2 * miterLimit
	if n.StrokeAlign == templates.StrokeOutside {
		reach *= 2
	}
	if math.IsNaN(b.x + b.y + b.w + b.h) {
		return image.Rectangle{}
	}
	return b.grown(reach).pixels()
}
