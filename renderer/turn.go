package renderer

import (
	"slices"

	"github.com/adloom/adloom/renderer/path"
	"github.com/adloom/adloom/templates"
)

// turnsItself tells whether a node is drawn turned, which is sharper than a picture
// of it that is turned.
func turnsItself(node Node) bool {
	switch n := node.(type) {
	case *Outline:
		return drawnTurned(n.Shape)
	case *Words:
		return drawnTurned(n.Text)
	}
	return false
}

// drawnTurned tells it of a layer: shapes and texts of plain colours that wear nothing
// and are not cut at their box.
func drawnTurned(layer templates.Layer) bool {
	base := layer.Common()
	if !turns(base) || dressy(base) || base.Mask != nil {
		return false
	}
	switch l := layer.(type) {
	case *templates.Shape:
		return l.Fill == nil || l.Fill.Kind == templates.Solid
	case *templates.Text:
		return l.Overflow != templates.Clip && (l.Backdrop == nil || l.Backdrop.Fill.Kind == templates.Solid) &&
			!slices.ContainsFunc(l.Spans, func(s templates.Span) bool {
				return s.Color.Kind != templates.Solid || s.Underline // whose gaps are where glyphs are, upright
			})
	}
	return false
}

// turnOf is the rotation about the middle of a frame, for paths.
func turnOf(frame box, degrees float64) path.Matrix {
	m := turned(frame, degrees)
	return path.Matrix{m[0], m[3], m[1], m[4], m[2], m[5]}
}
