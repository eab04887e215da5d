package colorglyph

import (
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"

	"github.com/adloom/adloom/renderer/path"
)

// contours is an outline as m maps it.
func contours(outline font.GlyphOutline, m path.Matrix) *path.Path {
	p := &path.Path{}
	at := func(q ot.SegmentPoint) path.Point { return m.Apply(path.Point{X: float64(q.X), Y: float64(q.Y)}) }
	for _, s := range outline.Segments {
		a := at(s.Args[0])
		switch s.Op {
		case ot.SegmentOpMoveTo:
			p.Close()
			p.MoveTo(a.X, a.Y)
		case ot.SegmentOpLineTo:
			p.LineTo(a.X, a.Y)
		case ot.SegmentOpQuadTo:
			b := at(s.Args[1])
			p.QuadTo(a.X, a.Y, b.X, b.Y)
		case ot.SegmentOpCubeTo:
			b, c := at(s.Args[1]), at(s.Args[2])
			p.CubicTo(a.X, a.Y, b.X, b.Y, c.X, c.Y)
		}
	}
	p.Close()
	return p
}
