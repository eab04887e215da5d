package renderer

import (
	"image"
	"math/bits"
	"sync"
)

// memory lends the pixels of pictures that live no longer than a render: a fresh
// megabyte costs more than what is drawn on it.
type memory struct{ sizes [4 * 64]sync.Pool }

// size returns the class of buffers that hold n bytes, and how many they hold: a
// power of two or a quarter between two.
func size(n int) (class, bytes int) {
	n = max(n, 4096)
	top := bits.Len(uint(n-1)) - 1 // n-1 has its first bit here
	step := 1 << (top - 2)
	quarter := (n-1)>>(top-2)&3 + 1
	return 4*top + quarter - 1, 1<<top + quarter*step
}

// picture lends a picture with any content.
func (m *memory) picture(r image.Rectangle) *image.RGBA {
	n := 4 * r.Dx() * r.Dy()
	class, bytes := size(n)
	img, ok := m.sizes[class].Get().(*image.RGBA)
	if !ok {
		img = &image.RGBA{Pix: make([]byte, bytes)}
	}
	img.Pix, img.Stride, img.Rect = img.Pix[:n], 4*r.Dx(), r
	return img
}

// bytes lends the pixels of a picture without one.
func (m *memory) bytes(n int) []byte { return m.picture(image.Rect(0, 0, (n+3)/4, 1)).Pix[:n] }

// empty lends a transparent picture.
func (m *memory) empty(r image.Rectangle) *image.RGBA {
	img := m.picture(r)
	clear(img.Pix)
	return img
}

// back takes a lent picture back; nobody may use it any more. Pictures that were
// not lent are welcome too; nil is nothing.
func (m *memory) back(img *image.RGBA) {
	if img == nil {
		return
	}
	if class, bytes := size(cap(img.Pix)); bytes == cap(img.Pix) {
		m.sizes[class].Put(img)
	}
}
