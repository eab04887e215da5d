package fastpng

import (
	"fmt"
	"image"
)

// Decode returns the picture with premultiplied alpha, rounded to nearest, its bounds from (0, 0); opaque says that
// no pixel has an alpha below 255. It takes all that the header promises: the caller has checked that the size is
// bearable.
//
// Memory for the pixels comes from alloc, called once with the number of bytes needed, which may hold anything and
// be more; nil takes fresh memory. Beside them Decode needs 250 KiB, or 100 KiB and six rows if that is more, and where
// the pixels come in several chunks IDAT, a copy of the packed bytes.
//
// It is an error if pixels are missing, or the checksum of them or of a chunk that matters is wrong. More unpacked
// bytes than there are pixels are ignored; the chunk IEND need not be there.
func Decode(data []byte, alloc func(bytes int) []byte) (img *image.RGBA, opaque bool, err error) {
	f, err := parse(data)
	if err != nil {
		return nil, false, fmt.Errorf("decode png: %w", err)
	}
	if err := f.checkLength(); err != nil {
		return nil, false, fmt.Errorf("decode png: %w", err)
	}
	if alloc == nil {
		alloc = func(bytes int) []byte { return make([]byte, bytes) }
	}
	h := f.header
	size := 4 * h.width * h.height
	img = &image.RGBA{Pix: alloc(size)[:size:size], Stride: 4 * h.width, Rect: image.Rect(0, 0, h.width, h.height)}
	if opaque, err = f.pixels(img); err != nil {
		return nil, false, fmt.Errorf("decode png: %w", err)
	}
	return img, opaque, nil
}

// checkLength refuses a header that promises more than the packed bytes can hold, before memory is spent on it.
func (f *file) checkLength() error {
	const ratio = maxMatch * 8 / 2 // a code for a length and one for a distance have a bit each at least
	if least := f.header.rowBytes(f.header.width) * f.header.height / ratio; len(f.packed) < least {
		return fmt.Errorf("expected at least %d packed bytes for %dx%d pixels; found %d", least, f.header.width, f.header.height, len(f.packed))
	}
	return nil
}

// pixels draws all rows, and says whether they are opaque.
func (f *file) pixels(img *image.RGBA) (opaque bool, err error) {
	passes := f.header.passes()
	total, longest := 0, 0
	for _, p := range passes {
		n := f.header.rowBytes(p.width)
		total += p.height * (1 + n)
		longest = max(longest, n)
	}
	rows, err := newRows(f.packed, total, 1+longest)
	if err != nil {
		return false, err
	}
	d := drawer{
		rows: rows, convert: newConverter(f),
		pixelBytes: f.header.pixelBytes(), current: make([]byte, longest), above: make([]byte, longest),
	}
	if f.header.interlaced {
		d.line = make([]byte, 4*f.header.width)
	}
	opaque = true
	for _, p := range passes {
		o, err := d.draw(img, p, f.header.rowBytes(p.width))
		if err != nil {
			return false, err
		}
		opaque = opaque && o
	}
	return opaque, rows.finish()
}

// drawer draws one pass after the other.
type drawer struct {
	rows           *rows
	convert        *converter
	pixelBytes     int    // as the filters count them
	current, above []byte // unfiltered rows
	line           []byte // of an interlaced pass, its pixels side by side
}

// draw draws a pass whose rows have n bytes.
func (d *drawer) draw(img *image.RGBA, p pass, n int) (opaque bool, err error) {
	current, above := d.current[:n], d.above[:n]
	clear(above)
	opaque = true
	for y := range p.height {
		row, err := d.rows.next(1 + n)
		if err != nil {
			return false, fmt.Errorf("row %d of %d: %w", y, p.height, err)
		}
		if err := unfilter(row[0], current, row[1:], above, d.pixelBytes); err != nil {
			return false, fmt.Errorf("row %d of %d: %w", y, p.height, err)
		}
		to := img.Pix[(p.top+y*p.stepY)*img.Stride:][:img.Stride]
		if p.stepX == 1 {
			opaque = d.convert.row(to, current, p.width) && opaque
		} else {
			line := d.line[:4*p.width]
			opaque = d.convert.row(line, current, p.width) && opaque
			scatter(to, line, p.left, p.stepX)
		}
		current, above = above, current
	}
	return opaque, nil
}
