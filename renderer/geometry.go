package renderer

import (
	"image"
	"math"

	"golang.org/x/image/math/f64"

	"github.com/adloom/adloom/renderer/mask"
	"github.com/adloom/adloom/templates"
)

// box is a rectangle in pixels of the canvas, not rounded.
type box struct{ x, y, w, h float64 }

// pixels is the smallest whole rectangle around the box.
func (b box) pixels() image.Rectangle {
	return image.Rect(int(math.Floor(b.x)), int(math.Floor(b.y)), int(math.Ceil(b.x+b.w)), int(math.Ceil(b.y+b.h)))
}

// snapped is the box with its edges on whole pixels, as photos need it.
func (b box) snapped() image.Rectangle {
	return image.Rect(int(math.Round(b.x)), int(math.Round(b.y)), int(math.Round(b.x+b.w)), int(math.Round(b.y+b.h)))
}

// hair is what is too little to take another pixel for.
const hair = 1.0 / 64

// whole is the box with its edges moved outward to whole pixels.
func (b box) whole() box {
	x, y := math.Floor(b.x+hair), math.Floor(b.y+hair)
	return box{x, y, math.Ceil(b.x+b.w-hair) - x, math.Ceil(b.y+b.h-hair) - y}
}

// grown is the box with more on all sides.
func (b box) grown(by float64) box { return box{b.x - by, b.y - by, b.w + 2*by, b.h + 2*by} }

// turned is the rotation about the middle of a frame, in degrees clockwise.
func turned(frame box, degrees float64) f64.Aff3 {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := frame.x+frame.w/2, frame.y+frame.h/2
	return f64.Aff3{
		cos, -sin, cx - float64(cos*cx) + float64(sin*cy),
		sin, cos, cy - float64(sin*cx) - float64(cos*cy),
	}
}

// around is the smallest whole rectangle around r after a rotation.
func around(r image.Rectangle, turn f64.Aff3) image.Rectangle {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, x := range []float64{float64(r.Min.X), float64(r.Max.X)} {
		for _, y := range []float64{float64(r.Min.Y), float64(r.Max.Y)} {
			tx, ty := turn[0]*x+turn[1]*y+turn[2], turn[3]*x+turn[4]*y+turn[5]
			left, right = min(left, tx), max(right, tx)
			top, bottom = min(top, ty), max(bottom, ty)
		}
	}
	return box{left, top, right - left, bottom - top}.pixels()
}

// rest is what a hole leaves of an area: above it, below it, and at its sides.
func rest(area, hole image.Rectangle) []image.Rectangle {
	if hole.Empty() {
		return []image.Rectangle{area}
	}
	var parts []image.Rectangle
	for _, r := range [4]image.Rectangle{
		{area.Min, image.Pt(area.Max.X, hole.Min.Y)},
		{image.Pt(area.Min.X, hole.Max.Y), area.Max},
		{image.Pt(area.Min.X, hole.Min.Y), image.Pt(hole.Min.X, hole.Max.Y)},
		{image.Pt(hole.Max.X, hole.Min.Y), image.Pt(area.Max.X, hole.Max.Y)},
	} {
		if !r.Empty() {
			parts = append(parts, r)
		}
	}
	return parts
}

// seen is the part of a layer's own plane that dst can show of it: dst itself, or,
// for a layer that is turned about its middle, what the turn brings into dst.
func seen(dst image.Rectangle, frame box, degrees float64) image.Rectangle {
	if math.Mod(degrees, 360) == 0 {
		return dst
	}
	return around(dst, turned(frame, -degrees)).Inset(-2) // the resampler looks at neighbours
}

// bounds is what a node can cover before it is turned.
func bounds(node Node) image.Rectangle { return worn(held(node), node.Common()) }

// held is what a node can cover by itself.
func held(node Node) image.Rectangle {
	frame := node.frame()
	switch n := node.(type) {
	case *Outline:
		return shapeBounds(n)
	case *Words:
		out := largest(n.Text)
		reach := frame.grown(out)
		if b := n.Backdrop; b != nil { // words that its padding leaves no room for
			reach = box{reach.x - b.Padding[3], reach.y - b.Padding[0], reach.w + b.Padding[1] + b.Padding[3], reach.h + b.Padding[0] + b.Padding[2]}
		}
		if spill := float64(n.LineHeight*out) - frame.h; spill > 0 { // one line is drawn though it is taller
			reach.y, reach.h = reach.y-spill, reach.h+2*spill
		}
		if n.LetterSpacing < 0 { // lines may run backward
			back := float64(-n.LetterSpacing * float64(len(n.text())))
			reach.x, reach.w = reach.x-back, reach.w+2*back
		}
		return reach.pixels()
	case *Cluster:
		var area image.Rectangle
		for _, child := range n.Nodes {
			r := bounds(child)
			if base := child.Common(); turns(base) {
				r = around(r, turned(child.frame(), base.Rotation))
			}
			area = area.Union(r)
		}
		if n.Clip {
			area = area.Intersect(frame.snapped())
		}
		return area
	case *Stars: // their edges are not on whole pixels
		return frame.pixels()
	}
	return frame.snapped()
}

// largest is how far letters of a text may stand out of its box.
func largest(t *templates.Text) float64 {
	size := t.Size + t.StrokeWidth
	for i := range t.Spans {
		size = max(size, t.Spans[i].Size+t.Spans[i].StrokeWidth+math.Abs(t.Spans[i].Rise))
	}
	return size
}

// worn is what an area covers with its outline and shadows.
func worn(area image.Rectangle, base *templates.Base) image.Rectangle {
	if area.Empty() {
		return area
	}
	casts := area
	if base.Outline != nil {
		casts = casts.Inset(-int(math.Ceil(base.Outline.Width)) - 2)
	}
	all := casts
	for _, s := range base.Shadows {
		if !s.Inset {
			reach := int(math.Ceil(max(s.Spread, 0))) + mask.Reach(s.Blur/2) + 2
			moved := casts.Inset(-reach).Add(image.Pt(int(math.Round(s.X)), int(math.Round(s.Y))))
			all = all.Union(moved.Inset(-1))
		}
	}
	return all
}
