package renderer

import (
	"image"
	"math/bits"
	"sync"
)

// memory lends the pixels of pictures that live no longer than a render: a fresh
// megabyte costs more than what is drawn on it. It keeps what comes back, within a
// budget, where a garbage collection does not take it away.
type memory struct {
	mu     sync.Mutex
	idle   map[int][]*image.RGBA // by size
	bytes  int64                 // of those
	budget int64
}

// roomy is the size of the buffers that hold n bytes: a power of two or a quarter
// between two.
func roomy(n int) int {
	n = max(n, 4096)
	step := 1 << (bits.Len(uint(n-1)) - 3)
	return (n + step - 1) / step * step
}

// picture lends a picture with any content.
func (m *memory) picture(r image.Rectangle) *image.RGBA {
	n := 4 * r.Dx() * r.Dy()
	img := m.take(roomy(n))
	img.Pix, img.Stride, img.Rect = img.Pix[:n], 4*r.Dx(), r
	return img
}

func (m *memory) take(size int) *image.RGBA {
	m.mu.Lock()
	defer m.mu.Unlock()
	idle := m.idle[size]
	if len(idle) == 0 {
		return &image.RGBA{Pix: make([]byte, size)}
	}
	img := idle[len(idle)-1]
	idle[len(idle)-1] = nil
	m.idle[size] = idle[:len(idle)-1]
	m.bytes -= int64(size)
	return img
}

// pixels lends those of a picture without one.
func (m *memory) pixels(n int) []byte { return m.picture(image.Rect(0, 0, (n+3)/4, 1)).Pix[:n] }

// empty lends a transparent picture.
func (m *memory) empty(r image.Rectangle) *image.RGBA {
	img := m.picture(r)
	clear(img.Pix)
	return img
}

// back takes a lent picture back; nobody may use it any more. Pictures that were
// not lent are welcome too; nil is nothing.
func (m *memory) back(img *image.RGBA) {
	if img == nil || roomy(cap(img.Pix)) != cap(img.Pix) {
		return
	}
	size := int64(cap(img.Pix))
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.bytes+size > m.budget { // sizes that nobody asks for any more must not keep the others out
		clear(m.idle)
		m.bytes = 0
	}
	if size <= m.budget {
		m.idle[int(size)] = append(m.idle[int(size)], img)
		m.bytes += size
	}
}

func (m *memory) kept() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.bytes
}
