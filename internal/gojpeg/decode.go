package gojpeg

import (
	"fmt"
	"image"
)

// Markers of ITU-T T.81, table B.1.
const (
	markerSOF0  = 0xC0
	markerSOF2  = 0xC2
	markerDHT   = 0xC4
	markerJPG   = 0xC8
	markerDAC   = 0xCC
	markerSOF15 = 0xCF
	markerRST0  = 0xD0
	markerRST7  = 0xD7
	markerSOI   = 0xD8
	markerEOI   = 0xD9
	markerSOS   = 0xDA
	markerDQT   = 0xDB
	markerDNL   = 0xDC
	markerDRI   = 0xDD
	markerAPP0  = 0xE0
	markerAPP14 = 0xEE
	markerTEM   = 0x01
)

// Decode gives the picture in data, opaque, at the smallest of the scales 1/8, 1/4, 1/2 and 1 that leaves at
// least width by height pixels of it, or in full size if it is smaller than that. Sides are rounded up. A minimum
// of 0 or less asks for nothing in that direction; two of them ask for the full size.
//
// It gives the whole picture or an error, which wraps [ErrCorrupt], [ErrTooLarge] or [ErrUnsupported].
func Decode(data []byte, width, height int) (*image.RGBA, error) {
	d := &decoder{data: data, minWidth: width, minHeight: height}
	if err := d.run(); err != nil {
		return nil, fmt.Errorf("decode JPEG: %w", err)
	}
	return d.out.img, nil
}

// decoder is the state of one call.
type decoder struct {
	data                []byte
	pos                 int // in data
	minWidth, minHeight int

	tables tables
	frame  *frame
	scans  int
	out    *output
	bits   bitReader
	block  [64]int32
}

// tables are what segments before a scan set up for it.
type tables struct {
	quant    [4]*[64]int32 // in zigzag order
	dc, ac   [4]*huffman
	restart  int // MCUs between restart markers, 0 for none
	jfif     bool
	adobe    bool
	adobeRGB bool
}

func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrCorrupt, fmt.Errorf(format, args...))
}

func unsupported(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrUnsupported, fmt.Errorf(format, args...))
}

func (d *decoder) run() error {
	if len(d.data) < 2 || d.data[0] != 0xFF || d.data[1] != markerSOI {
		return corrupt("expected FFD8 at the start; found % X", d.data[:min(2, len(d.data))])
	}
	d.pos = 2
	for {
		marker, err := d.nextMarker()
		if err != nil {
			return err
		}
		if marker == markerEOI {
			return d.finish()
		}
		if marker == markerTEM {
			continue
		}
		segment, err := d.segment(marker)
		if err != nil {
			return err
		}
		if err := d.read(marker, segment); err != nil {
			return err
		}
	}
}

// read takes one segment in, and after a scan header the scan.
func (d *decoder) read(marker byte, segment []byte) error {
	switch {
	case marker == markerDQT:
		return d.tables.readQuant(segment)
	case marker == markerDHT:
		return d.tables.readHuffman(segment)
	case marker == markerDRI:
		return d.tables.readRestart(segment)
	case marker == markerSOS:
		return d.readScan(segment)
	case marker == markerDAC:
		return unsupported("expected Huffman coding; found arithmetic coding")
	case marker == markerDNL:
		return unsupported("expected the height in the frame header; found a DNL segment")
	case marker == markerAPP0:
		d.tables.readJFIF(segment)
	case marker == markerAPP14:
		d.tables.readAdobe(segment)
	case marker >= markerSOF0 && marker <= markerSOF15 && marker != markerJPG:
		return d.readFrame(marker, segment)
	case marker >= markerRST0 && marker <= markerSOI:
		return corrupt("expected a segment; found marker FF%02X", marker)
	}
	return nil // application data, comments and what decoders may ignore
}

// nextMarker skips fill bytes, and nothing else, up to a marker.
func (d *decoder) nextMarker() (byte, error) {
	rest := d.data[d.pos:]
	if len(rest) > 0 && rest[0] != 0xFF {
		return 0, corrupt("expected a marker at byte %d; found %02X", d.pos, rest[0])
	}
	for i, b := range rest {
		if b == 0xFF {
			continue
		}
		if b == 0 {
			return 0, corrupt("expected a marker at byte %d; found FF00", d.pos)
		}
		d.pos += i + 1
		return b, nil
	}
	return 0, corrupt("expected a marker; found the end of data")
}

// segment gives the content of the segment at pos.
func (d *decoder) segment(marker byte) ([]byte, error) {
	rest := d.data[d.pos:]
	if len(rest) < 2 {
		return nil, corrupt("expected a segment FF%02X; found the end of data", marker)
	}
	n := int(rest[0])<<8 | int(rest[1])
	if n < 2 || n > len(rest) {
		return nil, corrupt("segment FF%02X: expected a length of 2 to %d; found %d", marker, len(rest), n)
	}
	d.pos += n
	return rest[2:n], nil
}

// finish checks that the picture is whole, and draws it if that had to wait for all scans.
func (d *decoder) finish() error {
	if d.frame == nil || d.scans == 0 {
		return corrupt("expected a picture; found the end after %d scans", d.scans)
	}
	for i := range d.frame.comps {
		c := &d.frame.comps[i]
		if c.quant == nil {
			return corrupt("expected scans of all components; found none of component %d", c.id)
		}
	}
	if d.frame.stored {
		d.drawStored()
	}
	return nil
}
