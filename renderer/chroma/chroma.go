package chroma

import "image"

// Smears reports whether halved colour resolution would show: whether img has sharp edges of flat, strong colours, as
// coloured text, lines and signs have and photos have not. Edges of brightness alone do not count. Alpha is ignored.
//
// It looks along some rows and down some columns, which together meet every thin line that is longer than they are
// apart, and stops when it has seen enough.
func Smears(img *image.RGBA) bool {
	size := img.Rect.Size()
	if size.X < 3 || size.Y < 3 {
		return false
	}
	pixels := size.X * size.Y
	every := spacing(pixels)
	s := scan{
		pix: img.Pix, stride: img.Stride, width: size.X, height: size.Y,
		left: max(leastLength, pixels/pixelsPerLength) / every,
	}
	for y := every / 2; y < s.height; y += every {
		if s.row(y); s.left <= 0 {
			return true
		}
	}
	for y := 2; y < s.height; y++ {
		if s.columns(y, every); s.left <= 0 {
			return true
		}
	}
	return false
}

const (
	// leastLength is the length of the edges together, in pixels, from which they are worth more bytes. A line of small
	// print has several hundred, a photo of the size of an ad up to a hundred.
	leastLength = 192
	// pixelsPerLength lets larger photos have more: in 8192 pixels one pixel of edge, where up to 0.75 were seen.
	pixelsPerLength = 8192
)

// spacing is how many rows, or columns, apart a picture is looked at.
func spacing(pixels int) int {
	switch {
	case pixels < 1<<16:
		return 2
	case pixels < 1<<18:
		return 4
	}
	return 12
}
