package renderer

import (
	"image"
	"math"

	"github.com/adloom/adloom/templates"
)

// fitting is the size that a whole picture would have, fitted into a target.
func fitting(full, target image.Point, fit templates.Fit) image.Point {
	x, y := float64(target.X)/float64(full.X), float64(target.Y)/float64(full.Y)
	switch fit {
	case templates.None:
		return full
	case templates.Fill:
		return target
	case templates.Contain:
		x = math.Min(x, y)
	default:
		x = math.Max(x, y)
	}
	return image.Pt(max(1, int(math.Round(float64(full.X)*x))), max(1, int(math.Round(float64(full.Y)*x))))
}

// needed is how many pixels of a whole picture a layer wants to choose from. A
// picture whose borders are cut off fills its box with less of itself.
func needed(l *templates.Image, full, target image.Point) image.Point {
	size := fitting(full, target, l.Fit)
	if l.Trim > 0 {
		const cut = 3 // times smaller than the picture, a product is still sharp
		size = image.Pt(min(full.X, cut*size.X), min(full.Y, cut*size.Y))
	}
	return size
}

// fitIn says where in its box a picture lies, in pixels of the canvas, and which
// part of it, in pixels of its full size.
func fitIn(l *templates.Image, src raster, target image.Rectangle) (area image.Rectangle, from box) {
	whole := box{0, 0, float64(src.full.X), float64(src.full.Y)}
	if l.Trim > 0 {
		whole = trimmed(src, l)
	}
	size := image.Pt(max(1, int(math.Round(whole.w))), max(1, int(math.Round(whole.h))))
	switch l.Fit {
	case templates.Fill:
		return target, whole
	case templates.Contain:
		size = fitting(size, target.Size(), l.Fit)
		return within(target, size, l.Focus), whole
	case templates.None:
		size = image.Pt(min(size.X, target.Dx()), min(size.Y, target.Dy()))
		from = box{0, 0, float64(size.X), float64(size.Y)}
		from.x = whole.x + math.Round((whole.w-from.w)*l.Focus[0])
		from.y = whole.y + math.Round((whole.h-from.h)*l.Focus[1])
		return within(target, size, l.Focus), from
	}
	scale := math.Max(float64(target.Dx())/whole.w, float64(target.Dy())/whole.h)
	from = box{w: float64(target.Dx()) / scale, h: float64(target.Dy()) / scale}
	focus := l.Focus
	if l.Fit == templates.Smart {
		focus = attention(src, whole, from.w/from.h)
	}
	from.x = whole.x + (whole.w-from.w)*focus[0]
	from.y = whole.y + (whole.h-from.h)*focus[1]
	return target, from
}

// within places a picture of a size in a target.
func within(target image.Rectangle, size image.Point, focus [2]float64) image.Rectangle {
	at := target.Min.Add(image.Pt(share(target.Dx()-size.X, focus[0]), share(target.Dy()-size.Y, focus[1])))
	return image.Rectangle{at, at.Add(size)}
}

func share(rest int, part float64) int { return int(math.Round(float64(rest) * part)) }
