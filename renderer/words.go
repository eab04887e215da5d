package renderer

import (
	"image"
	"math"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"

	"github.com/adloom/adloom/templates"
)

// words draws a text: straight onto dst, or into a layer when it is turned or faded.
// The frame that comes back is as tall as the lines when the text has no height of
// its own: rotation turns about its middle.
func (p *painter) words(dst *image.RGBA, n *Words, frame box) (*image.RGBA, box, error) {
	setter, giveBack := p.engine.typesetter()
	defer giveBack()
	faces, err := setter.choose(p.engine.fonts, n.Fonts, n.Weight, n.Italic)
	if err != nil {
		return nil, frame, err
	}
	par, lines := layout(n.Text, n.Words, faces, &setter.shaper)
	height := float64(len(lines)) * par.lineHeight()
	if frame.h == 0 {
		frame.h = height
	}
	top := frame.y
	switch n.VAlign {
	case templates.AlignMiddle:
		top += (frame.h - height) / 2
	case templates.AlignBottom:
		top += frame.h - height
	}
	// Glyphs may reach out of their line by an em, such as a swash or a stacked accent.
	area := box{frame.x - par.size, top - par.size, frame.w + 2*par.size, height + 2*par.size}.pixels()
	area = area.Intersect(seen(dst.Rect, frame, n.Rotation))
	if area.Empty() {
		return nil, frame, nil
	}
	if n.Opacity == 1 && n.Rotation == 0 {
		par.ink(dst, area, lines, frame, top)
		return nil, frame, nil
	}
	layer := image.NewRGBA(area)
	par.ink(layer, area, lines, frame, top)
	return layer, frame, nil
}

// ink fills the glyphs of the lines, then the lines through them.
func (p *paragraph) ink(dst *image.RGBA, area image.Rectangle, lines []textLine, frame box, top float64) {
	color := image.NewUniform(p.style.Color)
	pen := &pen{vector.NewRasterizer(area.Dx(), area.Dy()), area.Min}
	p.each(lines, frame, top, pen.line)
	pen.raster.Draw(dst, area, color, image.Point{})
	if !p.style.Strike {
		return
	}
	// Apart from the glyphs: a rasterizer adds up windings, and fonts differ in theirs.
	pen.raster.Reset(area.Dx(), area.Dy())
	p.each(lines, frame, top, func(line textLine, x, baseline float64) {
		pen.strike(p.faces[0], p.size, x, baseline, line.width)
	})
	pen.raster.Draw(dst, area, color, image.Point{})
}

// each tells where every line begins.
func (p *paragraph) each(lines []textLine, frame box, top float64, visit func(line textLine, x, baseline float64)) {
	ascent, descent := p.extents()
	leading := (p.lineHeight() - ascent - descent) / 2
	for i, line := range lines {
		x := frame.x
		switch p.style.Align {
		case templates.AlignCenter:
			x += (frame.w - line.width) / 2
		case templates.AlignRight:
			x += frame.w - line.width
		}
		visit(line, x, top+float64(i)*p.lineHeight()+leading+ascent)
	}
}

// extents are the ascent and descent of the first face, in whole pixels as
// browsers round them.
func (p *paragraph) extents() (ascent, descent float64) {
	e, ok := p.faces[0].FontHExtents()
	if !ok {
		return p.size * 0.8, p.size * 0.2
	}
	scale := p.size / float64(p.faces[0].Upem())
	return math.Round(float64(e.Ascender) * scale), math.Round(-float64(e.Descender) * scale)
}

// pen fills glyph outlines into a rasterizer whose corner lies at a pixel.
type pen struct {
	raster *vector.Rasterizer
	at     image.Point
}

func (p *pen) line(line textLine, x, baseline float64) {
	for _, run := range line.runs {
		scale := fromFixed(run.Size) / float64(run.Face.Upem())
		for _, g := range run.Glyphs {
			if outline, ok := run.Face.GlyphDataOutline(g.GlyphID); ok {
				p.glyph(outline, x+fromFixed(g.XOffset), baseline-fromFixed(g.YOffset), scale)
			}
			x += fromFixed(g.Advance)
		}
	}
}

func (p *pen) glyph(outline font.GlyphOutline, x, y, scale float64) {
	place := func(q ot.SegmentPoint) (float32, float32) {
		return float32(x + float64(q.X)*scale - float64(p.at.X)), float32(y - float64(q.Y)*scale - float64(p.at.Y))
	}
	for _, s := range outline.Segments {
		ax, ay := place(s.Args[0])
		switch s.Op {
		case ot.SegmentOpMoveTo:
			p.raster.ClosePath()
			p.raster.MoveTo(ax, ay)
		case ot.SegmentOpLineTo:
			p.raster.LineTo(ax, ay)
		case ot.SegmentOpQuadTo:
			bx, by := place(s.Args[1])
			p.raster.QuadTo(ax, ay, bx, by)
		case ot.SegmentOpCubeTo:
			bx, by := place(s.Args[1])
			cx, cy := place(s.Args[2])
			p.raster.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	p.raster.ClosePath()
}

// strike draws the line through a text where its font wants it.
func (p *pen) strike(face *font.Face, size, x, baseline, width float64) {
	scale := size / float64(face.Upem())
	thick := max(1, float64(face.LineMetric(font.StrikethroughThickness))*scale)
	top := baseline - float64(face.LineMetric(font.StrikethroughPosition))*scale - float64(p.at.Y) - thick/2
	left := x - float64(p.at.X)
	for i, corner := range [][2]float64{{left, top}, {left + width, top}, {left + width, top + thick}, {left, top + thick}} {
		if i == 0 {
			p.raster.MoveTo(float32(corner[0]), float32(corner[1]))
			continue
		}
		p.raster.LineTo(float32(corner[0]), float32(corner[1]))
	}
	p.raster.ClosePath()
}
