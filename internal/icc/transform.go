package icc

import "fmt"

// Transform turns pixels into sRGB. It is immutable and safe for concurrent use; making one takes longer than
// using it for a small picture, so that it pays to keep it for pictures with the same profile.
type Transform struct {
	space Space
	// One of these, by the kind of profile.
	shaper *shaper
	gray   *gray
	grid   *grid
}

// Transform makes the tables. The error wraps ErrCorrupt or ErrUnsupported.
func (p *Profile) Transform() (*Transform, error) {
	t := &Transform{space: p.space}
	var err error
	switch _, lut := p.lutTag(); {
	case lut != nil && p.space != Gray:
		t.grid, err = p.grid()
	case p.space == RGB:
		t.shaper, err = newShaper(p)
	case p.space == Gray:
		t.gray, err = newGray(p)
	default:
		err = fmt.Errorf("%w: expected a table of colours for %s, found none", ErrUnsupported, p.space)
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

func (p *Profile) grid() (*grid, error) {
	l, err := p.lut()
	if err != nil {
		return nil, err
	}
	return newGrid(l.refined(!p.lab)), nil
}

// Space says which pixels the transform takes.
func (t *Transform) Space() Space { return t.space }

// RGB turns RGBA into sRGB in place. Alpha stays as it is; colours are straight, or all pixels opaque. With the
// profile of a gray picture red, green and blue are each the gray. For CMYK the error wraps ErrMismatch, and pix
// stays as it is.
func (t *Transform) RGB(pix []byte) error {
	switch {
	case t.space == CMYK:
		return fmt.Errorf("%w: expected RGB or gray, found %s", ErrMismatch, t.space)
	case t.shaper != nil:
		t.shaper.run(pix)
	case t.gray != nil:
		t.gray.run(pix)
	default:
		t.grid.rgb(pix)
	}
	return nil
}

// CMYK writes the pixels of src to dst as opaque RGBA in sRGB; the two may be the same memory. In src 255 is full ink,
// as in image.CMYK, and not none as in the files of Adobe programs. For other pixels, or a dst smaller than src, the
// error says so, and dst stays as it is.
func (t *Transform) CMYK(dst, src []byte) error {
	if t.space != CMYK {
		return fmt.Errorf("%w: expected CMYK, found %s", ErrMismatch, t.space)
	}
	if len(dst) < len(src) {
		return fmt.Errorf("expected memory for %d bytes, found %d", len(src), len(dst))
	}
	t.grid.cmyk(dst, src)
	return nil
}
