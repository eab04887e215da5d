package resample

import (
	"errors"
	"fmt"
	"image"
)

// Scratch holds the buffers of a run for the next one. The zero value is ready for use. It serves one run at a time;
// keep one per worker, or several in a sync.Pool.
type Scratch struct {
	sums, middle []uint64 // of the portable path: one row
	tile         []int16  // of the vector path: the middle of eight rows
	strip        []uint32 // eight finished rows, column by column
	planes       planesScratch
}

// Run scales src into dst, both premultiplied, without allocating if scratch has served a run of this size before;
// scratch may be nil. Sizes must be those of the plan, pixels of dst and src must not overlap, and what dst held before does not
// matter. It is safe for concurrent use on different dst and scratch.
func (p *Plan) Run(dst, src *image.RGBA, scratch *Scratch) error {
	return p.run(dst, src, scratch, false)
}

// RunOpaque is Run for a source whose alpha is 255 everywhere, where it gives the same bytes sooner.
// For another source the result is opaque and its colours mean nothing.
func (p *Plan) RunOpaque(dst, src *image.RGBA, scratch *Scratch) error {
	return p.run(dst, src, scratch, true)
}

func (p *Plan) run(dst, src *image.RGBA, scratch *Scratch, opaque bool) error {
	if err := errors.Join(fits("destination", dst, p.geometry.Dst), fits("source", src, p.geometry.Src)); err != nil {
		return fmt.Errorf("scale: %w", err)
	}
	if scratch == nil {
		scratch = new(Scratch)
	}
	to, from := pixelsOf(dst), pixelsOf(src)
	switch {
	case p.copies:
		p.copy(to, from)
	case p.vector != nil:
		p.runVector(to, from, scratch, opaque)
	default:
		p.runPortable(to, from, scratch, opaque)
	}
	return nil
}

// copy moves whole rows.
func (p *Plan) copy(dst, src pixels) {
	for y, s := range p.rows.spans {
		copy(dst.row(y, 0, p.geometry.Dst.X), src.row(s.first, p.cols.spans[0].first, p.geometry.Dst.X))
	}
}

// pixels is an image.RGBA whose first byte is that of its upper left pixel.
type pixels struct {
	pix    []uint8
	stride int
}

func pixelsOf(m *image.RGBA) pixels {
	return pixels{m.Pix[m.PixOffset(m.Rect.Min.X, m.Rect.Min.Y):], m.Stride}
}

// row is n pixels of row y from column x on.
func (m pixels) row(y, x, n int) []uint8 {
	at := y*m.stride + 4*x
	return m.pix[at : at+4*n : at+4*n]
}

// fits checks that m has the given size and holds all the pixels that it claims, since the vector path does not look.
func fits(name string, m *image.RGBA, size image.Point) error {
	if m.Rect.Size() != size {
		return fmt.Errorf("%s: expected %v pixels; found %v", name, size, m.Rect.Size())
	}
	if m.Stride < 4*size.X {
		return fmt.Errorf("%s: expected rows of at least %d bytes; found a stride of %d", name, 4*size.X, m.Stride)
	}
	need := (size.Y-1)*m.Stride + 4*size.X
	if len(m.Pix) < need {
		return fmt.Errorf("%s: expected at least %d bytes of pixels; found %d", name, need, len(m.Pix))
	}
	return nil
}

// grown returns a slice of n elements with any content, s itself if it is large enough.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
