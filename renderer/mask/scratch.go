package mask

import (
	"image"
	"math"
)

// Limits of the parameters; what lies beyond is cut to them, and what is not a number counts as zero.
const (
	MaxSigma  = 200 // pixels
	MaxRadius = 300 // pixels
)

// Scratch holds the buffers of one operation for the next. The zero value is ready for use. It serves one operation
// at a time; keep one per worker, or several in a sync.Pool. Every function that takes one also takes nil.
type Scratch struct {
	blur  blurScratch
	field fieldScratch
}

// usable is s, or a new one for nil.
func (s *Scratch) usable() *Scratch {
	if s == nil {
		return new(Scratch)
	}
	return s
}

// grown returns a slice of n elements with any content, s itself if it is large enough.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// zeroed returns a slice of n zero elements, in the memory of s if it is large enough.
func zeroed[T any](s []T, n int) []T {
	s = grown(s, n)
	clear(s)
	return s
}

// bounded cuts v to what lies between low and high.
func bounded(v, low, high float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return min(max(v, low), high)
}

// cloned is a copy of m whose rows lie close together.
func cloned(m *image.Alpha) *image.Alpha {
	out := image.NewAlpha(m.Rect)
	paste(out, m)
	return out
}

// paste copies the part of m that lies in out.
func paste(out, m *image.Alpha) {
	area := out.Rect.Intersect(m.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		copy(row(out, area, y), row(m, area, y))
	}
}

// row is the pixels of row y of m between the sides of area, which m must contain.
func row(m *image.Alpha, area image.Rectangle, y int) []byte {
	at := m.PixOffset(area.Min.X, y)
	return m.Pix[at : at+area.Dx() : at+area.Dx()]
}
