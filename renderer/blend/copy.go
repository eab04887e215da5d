package blend

import (
	"encoding/binary"
	"image"
)

// Copy replaces the pixels of dst that src lies on.
func Copy(dst, src *image.RGBA) {
	r := dst.Rect.Intersect(src.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		copy(row(dst, y, r.Min.X, r.Max.X), row(src, y, r.Min.X, r.Max.X))
	}
}

// Opaque reports whether every pixel's alpha is 255. It stops at the first row where one is not.
func Opaque(img *image.RGBA) bool {
	r := img.Rect
	for y := r.Min.Y; y < r.Max.Y; y++ {
		if !opaqueRow(row(img, y, r.Min.X, r.Max.X)) {
			return false
		}
	}
	return true
}

func opaqueRow(px []uint8) bool {
	a, b, c, d := ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)
	for len(px) >= 32 {
		a &= binary.LittleEndian.Uint64(px)
		b &= binary.LittleEndian.Uint64(px[8:])
		c &= binary.LittleEndian.Uint64(px[16:])
		d &= binary.LittleEndian.Uint64(px[24:])
		px = px[32:]
	}
	a &= b & c & d
	for len(px) >= 4 {
		a &= uint64(binary.LittleEndian.Uint32(px)) | 0xffffffff<<32
		px = px[4:]
	}
	const alphas = 0xff000000_ff000000
	return a&alphas == alphas
}
