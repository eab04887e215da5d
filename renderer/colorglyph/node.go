package colorglyph

import (
	"image"
	"image/color"
	"math"

	"github.com/go-text/typesetting/font/opentype/tables"

	"github.com/adloom/adloom/renderer/path"
)

// node is something to paint, in pixels. One of ink, outline, backdrop and source, or layers is set.
type node struct {
	reach    image.Rectangle // that holds all that it paints
	ink      *ink
	outline  *path.Path // which cuts the content
	content  *node
	mode     tables.CompositeMode // of the source on the backdrop; either may be nil
	backdrop *node
	source   *node
	layers   []*node // from below
}

// ink is what an area is painted with.
type ink struct {
	colour   color.NRGBA
	gradient *gradient // instead of the colour, if not nil
}

// everywhere is the reach of what has no end.
func everywhere() image.Rectangle { return image.Rect(-1<<20, -1<<20, 1<<20, 1<<20) }

// pixels is the smallest rectangle of whole pixels that holds r.
func pixels(r path.Rect) image.Rectangle {
	if math.IsNaN(r.X0 + r.Y0 + r.X1 + r.Y1) {
		return image.Rectangle{}
	}
	const most = 1 << 20
	hold := func(v float64) int { return int(max(-most, min(v, most))) }
	return image.Rect(hold(math.Floor(r.X0)), hold(math.Floor(r.Y0)), hold(math.Ceil(r.X1)), hold(math.Ceil(r.Y1)))
}

func fill(k ink) *node {
	if k.gradient == nil && k.colour.A == 0 {
		return nil
	}
	return &node{reach: everywhere(), ink: &k}
}

// inside is the content as far as the outline covers it.
func inside(outline *path.Path, content *node) *node {
	bounds, ok := outline.Bounds()
	if !ok || content == nil {
		return nil
	}
	reach := pixels(bounds).Intersect(content.reach)
	if reach.Empty() {
		return nil
	}
	return &node{reach: reach, outline: outline, content: content}
}

// stacked lays nodes over each other.
func stacked(layers []*node) *node {
	n := &node{}
	for _, l := range layers {
		if l != nil {
			n.layers = append(n.layers, l)
			n.reach = n.reach.Union(l.reach)
		}
	}
	switch len(n.layers) {
	case 0:
		return nil
	case 1:
		return n.layers[0]
	}
	return n
}

// composed lays a source on a backdrop. Where there is nothing of one, the mode tells what remains of the other.
func composed(mode tables.CompositeMode, backdrop, source *node) *node {
	var below, above image.Rectangle
	if backdrop != nil {
		below = backdrop.reach
	}
	if source != nil {
		above = source.reach
	}
	n := &node{mode: mode, backdrop: backdrop, source: source}
	switch mode {
	case tables.CompositeClear:
	case tables.CompositeSrc:
		return source
	case tables.CompositeDest:
		return backdrop
	case tables.CompositeSrcOver:
		return stacked([]*node{backdrop, source})
	case tables.CompositeDestOver:
		return stacked([]*node{source, backdrop})
	case tables.CompositeSrcIn, tables.CompositeDestIn:
		n.reach = below.Intersect(above)
	case tables.CompositeSrcOut, tables.CompositeDestAtop:
		n.reach = above
	case tables.CompositeDestOut, tables.CompositeSrcAtop:
		n.reach = below
	default:
		n.reach = below.Union(above)
	}
	if n.reach.Empty() {
		return nil
	}
	return n
}
