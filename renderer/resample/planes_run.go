package resample

import (
	"errors"
	"fmt"
	"image"
	"unsafe"
)

// planesScratch holds the buffers of a run over planes.
type planesScratch struct {
	sums  [3][]int32 // of the portable path: a row of each plane
	words []int16    // of the vector path: what a band of a plane is made of
	rows  []int16    // the middle of a band, row by row
	luma  []int16    // the same, column by column
	both  []int16    // the same of Cb and Cr
	out   []byte     // finished pixels, column by column
}

// Run scales src into dst, which becomes opaque, without allocating if scratch has served a run of this size before;
// scratch may be nil. Sizes must be those of the plan, dst and src must not overlap, and what dst held before does not
// matter. It is safe for concurrent use on different dst and scratch.
func (p *PlanesPlan) Run(dst *image.RGBA, src Planes, scratch *Scratch) error {
	if err := errors.Join(fits("destination", dst, p.geometry.Dst), p.holds(src)); err != nil {
		return fmt.Errorf("scale planes: %w", err)
	}
	if scratch == nil {
		scratch = new(Scratch)
	}
	if p.vector != nil {
		p.runVector(pixelsOf(dst), src, &scratch.planes)
	} else {
		p.runPortable(pixelsOf(dst), src, &scratch.planes)
	}
	return nil
}

// Bytes is the memory that the plan holds, for a cache with a budget.
func (p *PlanesPlan) Bytes() int {
	n := int(unsafe.Sizeof(*p)) + p.luma.cols.bytes() + p.luma.rows.bytes() + p.chroma.cols.bytes() + p.chroma.rows.bytes()
	if p.vector != nil {
		n += p.vector.bytes()
	}
	return n
}

// holds checks that each plane has all the samples of the plan's source, since the vector path does not look.
func (p *PlanesPlan) holds(src Planes) error {
	size := p.geometry.Src
	err := holdsPlane("Y", src.Y, src.YStride, size)
	if p.colour() {
		size = image.Pt(chromaSide(size.X, p.share.X), chromaSide(size.Y, p.share.Y))
		err = errors.Join(err, holdsPlane("Cb", src.Cb, src.CStride, size), holdsPlane("Cr", src.Cr, src.CStride, size))
	}
	return err
}

func holdsPlane(name string, pix []byte, stride int, size image.Point) error {
	if stride < size.X {
		return fmt.Errorf("%s: expected rows of at least %d bytes; found a stride of %d", name, size.X, stride)
	}
	// Division keeps a stride that no picture has from overflowing the product.
	if len(pix) < size.X || (len(pix)-size.X)/stride < size.Y-1 {
		return fmt.Errorf("%s: expected at least %d rows of %d bytes, %d apart; found %d bytes", name, size.Y, size.X, stride, len(pix))
	}
	return nil
}
