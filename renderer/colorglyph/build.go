package colorglyph

import (
	"image/color"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"

	"github.com/adloom/adloom/renderer/path"
)

// What the graph of paints of a glyph may measure. The emoji that come nearest, flags with coats of arms, have four
// thousand paints and 36,000 segments.
const (
	maxDepth    = 64
	maxPaints   = 1 << 14
	maxSegments = 1 << 20
	maxStops    = 1 << 16 // of all gradients
)

// builder reads the graph of paints of a glyph into nodes.
type builder struct {
	face       *font.Face
	foreground color.NRGBA
	variation  variation
	broken     bool // the graph is too large, or not one

	paints, segments, stops int
}

// clipped builds a glyph with its paint, cut by the box that the font has for it. Without a box and an outline it has
// no end, and is not drawn.
func (b *builder) clipped(glyph font.GID, paint tables.PaintTable, m path.Matrix, depth int) *node {
	n := b.paint(paint, m, depth)
	if n == nil {
		return nil
	}
	if box, ok := b.face.COLR.ClipList.Search(tables.GlyphID(glyph)); ok {
		return inside(b.box(box, m), n)
	}
	if n.reach == everywhere() {
		b.broken = true
	}
	return n
}

// box is the outline of a clip box.
func (b *builder) box(box tables.ClipBox, m path.Matrix) *path.Path {
	var x0, y0, x1, y1 float64
	switch box := box.(type) {
	case tables.ClipBoxFormat1:
		x0, y0, x1, y1 = float64(box.XMin), float64(box.YMin), float64(box.XMax), float64(box.YMax)
	case tables.ClipBoxFormat2:
		d := b.variation.at(box.VarIndexBase)
		x0, y0 = float64(box.XMin)+d(0), float64(box.YMin)+d(1)
		x1, y1 = float64(box.XMax)+d(2), float64(box.YMax)+d(3)
	}
	return path.Rectangle(x0, y0, x1-x0, y1-y0, [4]float64{}).Transform(m)
}

// paint builds a paint that m maps to pixels; nil paints nothing.
func (b *builder) paint(p tables.PaintTable, m path.Matrix, depth int) *node {
	if b.paints++; b.paints > maxPaints || depth > maxDepth {
		b.broken = true
	}
	if p == nil || b.broken {
		return nil
	}
	depth++
	switch p := p.(type) {
	case tables.PaintColrLayersResolved:
		var layers []*node
		for _, l := range p {
			layers = append(layers, b.glyph(l.GlyphID, m, fill(ink{colour: b.colour(l.PaletteIndex, 1)})))
		}
		return stacked(layers)
	case tables.PaintColrLayers:
		return b.layers(p, m, depth)
	case tables.PaintGlyph:
		return b.glyph(p.GlyphID, m, b.paint(p.Paint, m, depth))
	case tables.PaintColrGlyph:
		if paint, ok := search(b.face.COLR, font.GID(p.GlyphID)); ok {
			return b.clipped(font.GID(p.GlyphID), paint, m, depth)
		}
		return nil
	case tables.PaintComposite:
		return composed(p.CompositeMode, b.paint(p.BackdropPaint, m, depth), b.paint(p.SourcePaint, m, depth))
	case tables.PaintSolid:
		return fill(ink{colour: b.colour(p.PaletteIndex, f2dot14(p.Alpha, 0))})
	case tables.PaintVarSolid:
		return fill(ink{colour: b.colour(p.PaletteIndex, f2dot14(p.Alpha, b.variation.at(p.VarIndexBase)(0)))})
	}
	if inner, t, ok := b.variation.transform(p); ok {
		return b.paint(inner, m.Mul(t), depth)
	}
	return b.gradient(p, m)
}

// layers builds a range of the font's list of layers.
func (b *builder) layers(p tables.PaintColrLayers, m path.Matrix, depth int) *node {
	if p.FirstLayerIndex > math.MaxInt32 {
		b.broken = true
		return nil
	}
	paints, err := b.face.COLR.LayerList.Resolve(p)
	if err != nil {
		b.broken = true
		return nil
	}
	var layers []*node
	for _, l := range paints {
		layers = append(layers, b.paint(l, m, depth))
	}
	return stacked(layers)
}

// glyph builds what is painted inside an outline.
func (b *builder) glyph(id tables.GlyphID, m path.Matrix, content *node) *node {
	if b.paints++; b.paints > maxPaints {
		b.broken = true
	}
	if content == nil || b.broken {
		return nil
	}
	outline, ok := b.face.GlyphDataOutline(font.GID(id))
	if !ok || len(outline.Segments) == 0 {
		return nil
	}
	if b.segments += len(outline.Segments); b.segments > maxSegments {
		b.broken = true
		return nil
	}
	return inside(contours(outline, m), content)
}

// colour is an entry of the palette, made more transparent. An entry that the palette has not is nothing.
func (b *builder) colour(entry uint16, alpha float64) color.NRGBA {
	c := b.foreground
	if entry != 0xFFFF {
		colours := palette(b.face.Font)
		if int(entry) >= len(colours) {
			return color.NRGBA{}
		}
		r := colours[entry]
		c = color.NRGBA{r.Red, r.Green, r.Blue, r.Alpha}
	}
	c.A = uint8(math.Floor(float64(float64(c.A)*max(0, min(alpha, 1))) + 0.5))
	return c
}
