package blend

import (
	"image"
	"image/color"
)

// Over lays src over dst.
func Over(dst, src *image.RGBA) {
	r := dst.Rect.Intersect(src.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		overRow(row(dst, y, r.Min.X, r.Max.X), row(src, y, r.Min.X, r.Max.X))
	}
}

// OverFaded lays src over dst at an opacity from 0, which leaves dst as it is, to 255, which is Over.
func OverFaded(dst, src *image.RGBA, opacity uint8) {
	switch opacity {
	case 0:
		return
	case 255:
		Over(dst, src)
		return
	}
	r := dst.Rect.Intersect(src.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		overFadedRow(row(dst, y, r.Min.X, r.Max.X), row(src, y, r.Min.X, r.Max.X), opacity)
	}
}

// OverMasked lays src over dst as far as the mask covers it. Outside of its Rect, a mask covers nothing.
func OverMasked(dst, src *image.RGBA, mask *image.Alpha) {
	r := dst.Rect.Intersect(src.Rect).Intersect(mask.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		overMaskedRow(row(dst, y, r.Min.X, r.Max.X), row(src, y, r.Min.X, r.Max.X), coverage(mask, y, r.Min.X, r.Max.X))
	}
}

// Tint lays the premultiplied colour c over dst as far as the mask covers it: a glyph, a shape.
func Tint(dst *image.RGBA, mask *image.Alpha, c color.RGBA) {
	r := dst.Rect.Intersect(mask.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		tintRow(row(dst, y, r.Min.X, r.Max.X), coverage(mask, y, r.Min.X, r.Max.X), word(c))
	}
}

// Flatten lays img over the colour c, in place. The colour counts as opaque whatever its alpha.
func Flatten(img *image.RGBA, c color.RGBA) {
	c.A = 255
	r := img.Rect
	for y := r.Min.Y; y < r.Max.Y; y++ {
		flattenRow(row(img, y, r.Min.X, r.Max.X), word(c))
	}
}

// word is a colour as a pixel in memory, read as a little-endian word.
func word(c color.RGBA) uint32 {
	return uint32(c.R) | uint32(c.G)<<8 | uint32(c.B)<<16 | uint32(c.A)<<24
}
