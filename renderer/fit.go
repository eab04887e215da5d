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

// fitted scales and crops src for target and returns where it lands. The result's
// pixels begin at its own origin.
func (e *Engine) fitted(src raster, target image.Rectangle, fit templates.Fit, focus [2]float64) (image.Rectangle, *image.RGBA, error) {
	whole := box{0, 0, float64(src.full.X), float64(src.full.Y)}
	tw, th := float64(target.Dx()), float64(target.Dy())
	switch fit {
	case templates.Fill:
		img, err := e.scaled(src, whole, target.Size())
		return target, img, err
	case templates.Contain:
		size := fitting(src.full, target.Size(), fit)
		at := target.Min.Add(image.Pt(share(target.Dx()-size.X, focus[0]), share(target.Dy()-size.Y, focus[1])))
		img, err := e.scaled(src, whole, size)
		return image.Rectangle{at, at.Add(size)}, img, err
	case templates.None:
		size := image.Pt(min(src.full.X, target.Dx()), min(src.full.Y, target.Dy()))
		from := image.Pt(share(src.full.X-size.X, focus[0]), share(src.full.Y-size.Y, focus[1]))
		at := target.Min.Add(image.Pt(share(target.Dx()-size.X, focus[0]), share(target.Dy()-size.Y, focus[1])))
		img, err := e.scaled(src, box{float64(from.X), float64(from.Y), float64(size.X), float64(size.Y)}, size)
		return image.Rectangle{at, at.Add(size)}, img, err
	}
	scale := math.Max(tw/whole.w, th/whole.h)
	seen := box{w: tw / scale, h: th / scale}
	seen.x, seen.y = (whole.w-seen.w)*focus[0], (whole.h-seen.h)*focus[1]
	img, err := e.scaled(src, seen, target.Size())
	return target, img, err
}

func share(rest int, part float64) int { return int(math.Round(float64(rest) * part)) }
