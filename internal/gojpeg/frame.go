package gojpeg

import "fmt"

// frame is what the frame header says (T.81, B.2.2), and how it is going to be decoded.
type frame struct {
	width, height int // as in the file
	progressive   bool
	rgb           bool
	comps         []component
	maxH, maxV    int
	scale         int // eighths: 1, 2, 4 or 8
	mcusX, mcusY  int
	stored        bool // all coefficients are kept until the end
}

// component is one of the colour channels.
type component struct {
	id    byte
	h, v  int // sampling factors
	table byte
	quant *[64]int32 // in zigzag order; nil before the first scan

	blocksX, blocksY int // that have pixels of the picture
	size             int // of a block after the scaled IDCT: 1, 2, 4 or 8
	dc, ac           *huffman
	pred             int32 // DC prediction
	plane            plane
	store            store
}

func (d *decoder) readFrame(marker byte, p []byte) error {
	switch {
	case marker > markerSOF2:
		return unsupported("expected baseline, extended or progressive Huffman coding; found SOF%d", marker-markerSOF0)
	case d.frame != nil:
		return corrupt("expected one frame header; found two")
	case len(p) < 6 || len(p) != 6+3*int(p[5]):
		return corrupt("frame header: expected 6 bytes and 3 for each component; found %d", len(p))
	case p[0] != 8:
		return unsupported("expected 8-bit samples; found %d bits", p[0])
	}
	f := &frame{height: int(p[1])<<8 | int(p[2]), width: int(p[3])<<8 | int(p[4]), progressive: marker == markerSOF2}
	if f.width == 0 || f.height == 0 {
		return corrupt("expected a picture; found %d x %d pixels", f.width, f.height)
	}
	if f.width > maxSide || f.height > maxSide || int64(f.width)*int64(f.height) > MaxPixels {
		return fmt.Errorf("%w: expected at most %d pixels, %d a side; found %d x %d", ErrTooLarge, MaxPixels, maxSide, f.width, f.height)
	}
	if n := p[5]; n == 4 {
		return unsupported("expected grayscale, YCbCr or RGB; found CMYK or YCCK")
	} else if n != 1 && n != 3 {
		return unsupported("expected 1 or 3 components; found %d", n)
	}
	if err := f.readComponents(p[6:]); err != nil {
		return err
	}
	f.scale = smallestScale(f.width, f.height, d.minWidth, d.minHeight)
	if err := f.layOut(); err != nil {
		return err
	}
	d.frame = f
	return f.checkData(len(d.data) - d.pos)
}

func (f *frame) readComponents(p []byte) error {
	f.comps = make([]component, len(p)/3)
	f.maxH, f.maxV = 1, 1
	for i := range f.comps {
		c := &f.comps[i]
		c.id, c.h, c.v, c.table = p[3*i], int(p[3*i+1]>>4), int(p[3*i+1]&15), p[3*i+2]
		if c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.table > 3 {
			return corrupt("frame header: expected sampling factors of 1 to 4 and a table of 0 to 3; found %d, %d and %d", c.h, c.v, c.table)
		}
		for _, other := range f.comps[:i] {
			if other.id == c.id {
				return corrupt("frame header: expected components of different names; found %d twice", c.id)
			}
		}
		f.maxH, f.maxV = max(f.maxH, c.h), max(f.maxV, c.v)
	}
	if len(f.comps) == 1 { // a single component is never interleaved: its factors mean nothing
		f.comps[0].h, f.comps[0].v, f.maxH, f.maxV = 1, 1, 1, 1
	}
	return nil
}

// smallestScale gives eighths.
func smallestScale(width, height, minWidth, minHeight int) int {
	if minWidth > 0 || minHeight > 0 {
		for scale := 1; scale < 8; scale *= 2 {
			if ceilDiv(width*scale, 8) >= minWidth && ceilDiv(height*scale, 8) >= minHeight {
				return scale
			}
		}
	}
	return 8
}

// layOut decides on the scaled IDCT of each component. Subsampled chroma is shrunk less than luma where both
// directions allow it, which saves the upsampling: libjpeg's rule, which changes pixels.
func (f *frame) layOut() error {
	f.mcusX, f.mcusY = ceilDiv(f.width, 8*f.maxH), ceilDiv(f.height, 8*f.maxV)
	for i := range f.comps {
		c := &f.comps[i]
		c.size = f.scale
		for c.size < 8 && f.maxH*f.scale%(c.h*c.size*2) == 0 && f.maxV*f.scale%(c.v*c.size*2) == 0 {
			c.size *= 2
		}
		x, y := f.maxH*f.scale, f.maxV*f.scale
		if x%(c.h*c.size) != 0 || y%(c.v*c.size) != 0 {
			return unsupported("expected whole-numbered subsampling; found %d x %d of %d x %d", c.h, c.v, f.maxH, f.maxV)
		}
		c.blocksX, c.blocksY = ceilDiv(f.width*c.h, 8*f.maxH), ceilDiv(f.height*c.v, 8*f.maxV)
		c.plane = plane{
			width: ceilDiv(f.width*c.h*c.size, 8*f.maxH), height: ceilDiv(f.height*c.v*c.size, 8*f.maxV),
			stride: f.mcusX * c.h * c.size, band: c.v * c.size,
			expandX: x / (c.h * c.size), expandY: y / (c.v * c.size),
		}
		c.plane.chooseFilter(f.scale)
	}
	return nil
}

// checkData refuses data that cannot hold the picture, before memory is taken for it: a block takes a bit for its
// DC difference at least, and unless it is progressive one for the rest.
func (f *frame) checkData(bytes int) error {
	bits := 0
	for i := range f.comps {
		c := &f.comps[i]
		bits += c.blocksX * c.blocksY
	}
	if !f.progressive {
		bits *= 2
	}
	if bits > 8*bytes {
		return corrupt("expected %d bytes or more for %d x %d pixels; found %d", bits/8, f.width, f.height, bytes)
	}
	return nil
}

func ceilDiv(a, b int) int { return (a + b - 1) / b }
