package renderer

import (
	"image"

	"github.com/disintegration/imaging"
	"golang.org/x/image/draw"

	"github.com/adloom/adloom/templates"
)

// adjusted changes the colours of a fitted picture, in the order of the fields.
func adjusted(img *image.RGBA, a *templates.Adjust) *image.RGBA {
	if a == nil || *a == (templates.Adjust{}) {
		return img
	}
	out := imaging.Clone(img)
	if a.Brightness != 0 {
		out = imaging.AdjustBrightness(out, a.Brightness)
	}
	if a.Contrast != 0 {
		out = imaging.AdjustContrast(out, a.Contrast)
	}
	if a.Saturation != 0 {
		out = imaging.AdjustSaturation(out, a.Saturation)
	}
	if a.Blur > 0 {
		out = imaging.Blur(out, a.Blur)
	}
	draw.Draw(img, img.Rect, out, image.Point{}, draw.Src)
	return img
}
