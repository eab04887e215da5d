package jpegplanes

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
)

// Markers of T.81, table B.1.
const (
	sof0, sof1, sof2 = 0xc0, 0xc1, 0xc2
	dht, dqt, dri    = 0xc4, 0xdb, 0xdd
	rst0, eoi, sos   = 0xd0, 0xd9, 0xda
	app0, app14      = 0xe0, 0xee
)

// block holds 64 values by rows.
type block [64]int32

// component is a plane of the picture, in blocks of 8x8.
type component struct {
	id            byte
	across, down  int // sampling factors
	table         byte
	width, height int     // in blocks, as far as the picture goes
	stride        int     // in blocks; with those that only fill up the last MCU
	coefficients  []int16 // 64 a block, by rows
}

// decoder reads one file.
type decoder struct {
	data          []byte
	pos           int
	width, height int
	across, down  int // largest sampling factors
	progressive   bool
	components    []component
	quantization  [4][64]uint16 // by rows
	codes         [2][4]*huffman
	restart       int // interval in MCUs, 0 for none
	jfif          bool
	adobe         int // the transform of Adobe's marker, -1 without it
	scanned       int // components whose DC values are there, a bit each
}

// Decode gives an *image.Gray, an *image.RGBA or an *image.CMYK, in which 255 is full ink whatever the file means
// by it. The error wraps ErrCorrupt or ErrUnsupported.
func Decode(data []byte) (image.Image, error) {
	d := &decoder{data: data, adobe: -1}
	if err := d.segments(); err != nil {
		return nil, err
	}
	if d.components == nil || d.scanned != 1<<len(d.components)-1 {
		return nil, fmt.Errorf("%w: expected a scan of each of %d components, found them as %04b", ErrCorrupt, len(d.components), d.scanned)
	}
	return d.picture(), nil
}

// segments reads up to the end of the picture.
func (d *decoder) segments() error {
	if !bytes.HasPrefix(d.data, []byte("\xff\xd8")) {
		return fmt.Errorf("%w: expected the start of an image, found %.2x", ErrCorrupt, d.data)
	}
	d.pos = 2
	for {
		marker, ok := d.marker()
		if !ok || marker == eoi {
			return nil
		}
		if marker <= 0x01 || marker >= rst0 && marker < eoi {
			continue
		}
		if len(d.data)-d.pos < 2 {
			return fmt.Errorf("%w: the data ends in segment %#x", ErrCorrupt, marker)
		}
		size := int(binary.BigEndian.Uint16(d.data[d.pos:]))
		if size < 2 || size > len(d.data)-d.pos {
			return fmt.Errorf("%w: segment %#x: expected a length of 2 to %d, found %d", ErrCorrupt, marker, len(d.data)-d.pos, size)
		}
		body := d.data[d.pos+2 : d.pos+size]
		d.pos += size
		if err := d.segment(marker, body); err != nil {
			return fmt.Errorf("segment %#x: %w", marker, err)
		}
	}
}

// marker passes what is not one and gives the next.
func (d *decoder) marker() (byte, bool) {
	at := bytes.IndexByte(d.data[d.pos:], 0xff)
	if at < 0 {
		return 0, false
	}
	for d.pos += at; d.pos < len(d.data); {
		d.pos++
		if m := d.data[d.pos-1]; m != 0xff {
			return m, true
		}
	}
	return 0, false
}

func (d *decoder) segment(marker byte, body []byte) error {
	switch marker {
	case sof0, sof1, sof2:
		d.progressive = marker == sof2
		return d.frame(body)
	case dht:
		return d.huffmanTables(body)
	case dqt:
		return d.quantizationTables(body)
	case sos:
		return d.scan(body)
	case dri:
		if len(body) != 2 {
			return fmt.Errorf("%w: expected 2 bytes, found %d", ErrCorrupt, len(body))
		}
		d.restart = int(binary.BigEndian.Uint16(body))
	case app0:
		d.jfif = d.jfif || bytes.HasPrefix(body, []byte("JFIF\x00"))
	case app14:
		if len(body) >= 12 && string(body[:5]) == "Adobe" {
			d.adobe = int(body[11])
		}
	default:
		if marker >= 0xc3 && marker <= 0xcf {
			return fmt.Errorf("%w: expected Huffman codes for 8x8 blocks, found %s", ErrUnsupported, coding(marker))
		}
	}
	return nil
}

// coding names what another frame, or a segment for one, stands for (T.81, table B.1).
func coding(marker byte) string {
	switch marker {
	case 0xc9, 0xca, 0xcc:
		return "arithmetic coding"
	case 0xc3, 0xc7, 0xcb, 0xcf:
		return "lossless coding"
	}
	return "hierarchical coding"
}

func (d *decoder) quantizationTables(body []byte) error {
	order := zigzag()
	for len(body) > 0 {
		wide, id := int(body[0]>>4), body[0]&15
		if wide > 1 || id > 3 || len(body) < 1+64*(1+wide) {
			return fmt.Errorf("%w: expected a table 0 to 3 of 8 or 16 bits, found %#x with %d bytes", ErrCorrupt, body[0], len(body))
		}
		for i, at := range order {
			if wide == 1 {
				d.quantization[id][at] = binary.BigEndian.Uint16(body[1+2*i:])
			} else {
				d.quantization[id][at] = uint16(body[1+i])
			}
		}
		body = body[1+64*(1+wide):]
	}
	return nil
}
