package mask

import "image"

// Masks combine as coverages that know nothing of each other: by their product, not by the lesser. Beyond its Rect a
// mask covers nothing.

// Intersect returns what both a and b cover.
func Intersect(a, b *image.Alpha) *image.Alpha {
	out := image.NewAlpha(a.Rect.Intersect(b.Rect))
	for y := out.Rect.Min.Y; y < out.Rect.Max.Y; y++ {
		o, p, q := row(out, out.Rect, y), row(a, out.Rect, y), row(b, out.Rect, y)
		for x := range o {
			o[x] = times(p[x], q[x])
		}
	}
	return out
}

// Subtract returns what a covers and b does not. Its Rect is that of a.
func Subtract(a, b *image.Alpha) *image.Alpha {
	out := cloned(a)
	common := a.Rect.Intersect(b.Rect)
	for y := common.Min.Y; y < common.Max.Y; y++ {
		o, q := row(out, common, y), row(b, common, y)
		for x := range o {
			o[x] = times(o[x], 255-q[x])
		}
	}
	return out
}

// Union returns what a or b or both cover.
func Union(a, b *image.Alpha) *image.Alpha {
	out := image.NewAlpha(a.Rect.Union(b.Rect))
	paste(out, a)
	for y := b.Rect.Min.Y; y < b.Rect.Max.Y; y++ {
		o, q := row(out, b.Rect, y), row(b, b.Rect, y)
		for x := range o {
			o[x] = 255 - times(255-o[x], 255-q[x])
		}
	}
	return out
}

// times is the rounded product of two parts of 255.
func times(a, b byte) byte {
	v := uint32(a)*uint32(b) + 128
	return byte((v + v>>8) >> 8)
}
