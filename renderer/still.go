package renderer

import (
	"image"
	"math"
	"slices"

	"github.com/adloom/adloom/templates"
)

// still is a layer that looks the same for every product, painted once: what it
// wears and its turn are in it, its opacity and blend mode are not.
type still struct {
	frame box // where it was painted
	img   *image.RGBA
	whole bool // nothing of it lay outside of the canvas
}

// at is the still in another frame, as dst shows it; nil when it would look
// different there.
func (s *still) at(frame box, dst, canvas image.Rectangle) *image.RGBA {
	dx, dy := frame.x-s.frame.x, frame.y-s.frame.y
	if frame.w != s.frame.w || frame.h != s.frame.h || dx != math.Trunc(dx) || dy != math.Trunc(dy) {
		return nil
	}
	if !s.whole && (frame != s.frame || !dst.In(canvas)) {
		return nil
	}
	img := *s.img
	img.Rect = img.Rect.Add(image.Pt(int(dx), int(dy)))
	return &img
}

// isStill tells whether a node looks the same for every product. Whether it is shown
// is another question, except inside a group.
func isStill(node Node) bool {
	switch n := node.(type) {
	case *Picture:
		_, static := n.Src.Static()
		return static && n.Asset != nil
	case *Words:
		return !slices.ContainsFunc(n.Spans, func(s templates.Span) bool {
			_, static := s.Text.Static()
			return !static
		})
	case *Outline:
		return true
	case *Code:
		_, static := n.QR.Text.Static()
		return static
	case *Stars:
		_, static := n.Rating.Value.Static()
		return static
	case *Cluster:
		if len(n.Nodes) == 0 || len(n.Nodes) != len(n.Layers) || looksBelow(n) {
			return false
		}
		for _, child := range n.Nodes {
			if child.Common().Show != nil || !isStill(child) {
				return false
			}
		}
		return true
	}
	return false
}

// looksBelow tells whether what a group holds is blended with what lies below the
// group: it is when the group is not painted as one.
func looksBelow(n *Cluster) bool {
	if apart(n) || dressy(&n.Base) {
		return false
	}
	return slices.ContainsFunc(n.Nodes, func(child Node) bool {
		inner, ok := child.(*Cluster)
		return child.Common().Blend != templates.Normal || ok && looksBelow(inner)
	})
}
