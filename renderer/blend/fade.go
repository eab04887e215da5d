package blend

import "image"

// Fade multiplies img by an opacity from 0 to 255.
func Fade(img *image.RGBA, opacity uint8) {
	if opacity == 255 {
		return
	}
	r := img.Rect
	for y := r.Min.Y; y < r.Max.Y; y++ {
		if px := row(img, y, r.Min.X, r.Max.X); opacity == 0 {
			clear(px)
		} else {
			fadeRow(px, opacity)
		}
	}
}

// MaskIn multiplies img by the mask. Outside of the mask's Rect, img becomes transparent.
func MaskIn(img *image.RGBA, mask *image.Alpha) {
	in := img.Rect.Intersect(mask.Rect)
	for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
		if y < in.Min.Y || y >= in.Max.Y {
			clear(row(img, y, img.Rect.Min.X, img.Rect.Max.X))
			continue
		}
		clear(row(img, y, img.Rect.Min.X, in.Min.X))
		maskRow(row(img, y, in.Min.X, in.Max.X), coverage(mask, y, in.Min.X, in.Max.X))
		clear(row(img, y, in.Max.X, img.Rect.Max.X))
	}
}
