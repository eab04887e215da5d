package renderer

import (
	"image"
	"math"

	"golang.org/x/image/math/f64"

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

// turned is the rotation about the middle of a frame, in degrees clockwise.
func turned(frame box, degrees float64) f64.Aff3 {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := frame.x+frame.w/2, frame.y+frame.h/2
	return f64.Aff3{
		cos, -sin, cx - cos*cx + sin*cy,
		sin, cos, cy - sin*cx - cos*cy,
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

// seen is the part of a layer's own plane that dst can show of it: dst itself, or,
// for a layer that is turned about its middle, what the turn brings into dst.
func seen(dst image.Rectangle, frame box, degrees float64) image.Rectangle {
	if math.Mod(degrees, 360) == 0 {
		return dst
	}
	return around(dst, turned(frame, -degrees)).Inset(-2) // the resampler looks at neighbours
}

// bounds is what a node can cover, in the plane of its parent.
func bounds(node Node, dx, dy float64) image.Rectangle {
	base := node.Common()
	frame := box{base.X + dx, base.Y + dy, base.Width, base.Height}
	var area image.Rectangle
	switch n := node.(type) {
	case *Outline:
		area = shapeBounds(n.Shape, frame)
	case *Words:
		if frame.h == 0 {
			frame.h = templates.MaxSide
		}
		area = box{frame.x - n.Size, frame.y - n.Size, frame.w + 2*n.Size, frame.h + 2*n.Size}.pixels()
	case *Cluster:
		for _, child := range n.Nodes {
			area = area.Union(bounds(child, frame.x, frame.y))
		}
		if n.Clip {
			area = area.Intersect(frame.snapped())
		}
	default:
		area = frame.snapped()
	}
	if math.Mod(base.Rotation, 360) != 0 {
		area = around(area, turned(frame, base.Rotation))
	}
	return area
}

// apart tells whether a group needs a layer of its own.
func (c *Cluster) apart() bool { return c.Clip || c.Opacity < 1 || math.Mod(c.Rotation, 360) != 0 }

// area is how large that layer is: what the group holds and dst shows.
func (c *Cluster) area(dst image.Rectangle, frame box) image.Rectangle {
	var held image.Rectangle
	for _, child := range c.Nodes {
		held = held.Union(bounds(child, frame.x, frame.y))
	}
	if c.Clip {
		held = held.Intersect(frame.snapped())
	}
	return held.Intersect(seen(dst, frame, c.Rotation))
}
