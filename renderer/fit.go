package renderer

import (
	"image"
	"math"

	"github.com/disintegration/imaging"
	"golang.org/x/image/draw"

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
func fitted(src raster, target image.Rectangle, fit templates.Fit, focus [2]float64) (image.Rectangle, *image.RGBA) {
	whole := box{0, 0, float64(src.full.X), float64(src.full.Y)}
	tw, th := float64(target.Dx()), float64(target.Dy())
	switch fit {
	case templates.Fill:
		return target, scaled(src, whole, target.Size())
	case templates.Contain:
		size := fitting(src.full, target.Size(), fit)
		at := target.Min.Add(image.Pt(share(target.Dx()-size.X, focus[0]), share(target.Dy()-size.Y, focus[1])))
		return image.Rectangle{at, at.Add(size)}, scaled(src, whole, size)
	case templates.None:
		size := image.Pt(min(src.full.X, target.Dx()), min(src.full.Y, target.Dy()))
		from := image.Pt(share(src.full.X-size.X, focus[0]), share(src.full.Y-size.Y, focus[1]))
		at := target.Min.Add(image.Pt(share(target.Dx()-size.X, focus[0]), share(target.Dy()-size.Y, focus[1])))
		return image.Rectangle{at, at.Add(size)}, scaled(src, box{float64(from.X), float64(from.Y), float64(size.X), float64(size.Y)}, size)
	}
	scale := math.Max(tw/whole.w, th/whole.h)
	seen := box{w: tw / scale, h: th / scale}
	seen.x, seen.y = (whole.w-seen.w)*focus[0], (whole.h-seen.h)*focus[1]
	return target, scaled(src, seen, target.Size())
}

func share(rest int, part float64) int { return int(math.Round(float64(rest) * part)) }

// scaled draws the part of a picture that lies in from, in pixels of its full size,
// at another size.
func scaled(src raster, from box, size image.Point) *image.RGBA {
	// The codec may have shrunk the picture.
	x := float64(src.pix.Rect.Dx()) / float64(src.full.X)
	y := float64(src.pix.Rect.Dy()) / float64(src.full.Y)
	part := box{from.x * x, from.y * y, from.w * x, from.h * y}.snapped().Intersect(src.pix.Rect)
	out := image.NewRGBA(image.Rectangle{Max: size})
	if part.Size() == size {
		draw.Draw(out, out.Rect, src.pix, part.Min, draw.Src)
		return out
	}
	resized := imaging.Resize(imaging.Crop(src.pix, part), size.X, size.Y, imaging.Lanczos)
	draw.Draw(out, out.Rect, resized, image.Point{}, draw.Src)
	return out
}
