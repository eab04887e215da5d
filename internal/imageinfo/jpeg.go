package imageinfo

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

const jpegMagic = "\xff\xd8\xff"

// Marker codes of ITU-T T.81, table B.1.
const (
	markerSOI  = 0xd8
	markerEOI  = 0xd9
	markerSOS  = 0xda
	markerDQT  = 0xdb
	markerAPP1 = 0xe1
	markerRST0 = 0xd0
	markerTEM  = 0x01

	markerJPEGLS = 0xf7 // ITU-T T.87
)

// readJPEG walks the segments up to the end of the picture. What stands between segments is skipped up to the next
// marker, as decoders do; so is the coded data, where a lone 0xff is always followed by a zero byte.
func (i *Info) readJPEG(data []byte) error {
	pos := 2
	oriented := false
	var tables quantization
	for {
		marker, next := nextMarker(data, pos)
		if next < 0 || marker == markerEOI {
			break
		}
		if marker == 0 || marker == markerTEM || marker >= markerRST0 && marker <= markerSOI {
			pos = next
			continue
		}
		if len(data)-next < 2 {
			break
		}
		size := int(binary.BigEndian.Uint16(data[next:]))
		if size < 2 {
			return corrupt(JPEG, "segment %#x has length %d, want at least 2", marker, size)
		}
		body := data[next+2 : min(next+size, len(data))]
		whole := len(body) == size-2
		switch {
		case marker == markerJPEGLS:
			return &FormatError{Found: "JPEG-LS"}
		case isSOF(marker):
			if !whole {
				return short(JPEG, "the end of the frame header")
			}
			if err := i.readSOF(marker, body); err != nil {
				return err
			}
			tables.frame(body)
		case marker == markerDQT && whole:
			tables.define(body)
		case marker == markerSOS:
			if i.Width == 0 {
				return corrupt(JPEG, "a scan comes before the frame header")
			}
			if whole {
				if err := tables.check(body); err != nil {
					return err
				}
			}
			i.Scans++
		case marker == markerAPP1 && whole && !oriented:
			i.Orientation, oriented = exifOrientation(body)
		}
		if !whole {
			break
		}
		pos = next + size
	}
	if i.Width == 0 {
		return short(JPEG, "the frame header")
	}
	return nil
}

// nextMarker returns the code after the next 0xff at or past pos, and the position behind it; next is -1 when there is
// none. Any number of 0xff may fill up before a marker.
func nextMarker(data []byte, pos int) (marker byte, next int) {
	at := bytes.IndexByte(data[pos:], 0xff)
	if at < 0 {
		return 0, -1
	}
	for pos += at; pos < len(data); pos++ {
		if data[pos] != 0xff {
			return data[pos], pos + 1
		}
	}
	return 0, -1
}

// isSOF tells the start-of-frame markers from their neighbours DHT, JPG and DAC.
func isSOF(marker byte) bool {
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc
}

// readSOF reads the size. A picture has one frame header; a second one would let a small header stand before a bomb.
//
// Of the ways of coding, decoders know the sequential and the progressive one, with 8 bits; the lossless and the
// hierarchical ones stayed on paper, or in medicine.
func (i *Info) readSOF(marker byte, body []byte) error {
	const sequential, extended, progressive, arithmetic, arithmeticProgressive = 0xc0, 0xc1, 0xc2, 0xc9, 0xca
	if i.Width != 0 {
		return corrupt(JPEG, "second frame header, want one")
	}
	if len(body) < 6 {
		return corrupt(JPEG, "frame header of %d bytes, want at least 6", len(body))
	}
	switch marker {
	case sequential, extended, progressive:
		// The least that stands for 64 pixels is a bit in each of two components, which have one value in four
		// across and down. Two such, crosswise, cover 32x32 pixels with 8 bits.
		i.Density = 1024
	case arithmetic, arithmeticProgressive:
	case 0xc3, 0xc7, 0xcb, 0xcf:
		return &FormatError{Found: "lossless JPEG"}
	default:
		return &FormatError{Found: "hierarchical JPEG"}
	}
	if body[0] != 8 {
		return &FormatError{Found: fmt.Sprintf("JPEG of %d bits", body[0])}
	}
	i.Height = int(binary.BigEndian.Uint16(body[1:]))
	i.Width = int(binary.BigEndian.Uint16(body[3:]))
	if i.Width == 0 || i.Height == 0 {
		return corrupt(JPEG, "size %dx%d, want at least 1x1", i.Width, i.Height)
	}
	switch body[5] {
	case 1, 2:
		i.Space = Gray
	case 4:
		i.Space = CMYK
	}
	return nil
}

// quantization is what is known of a picture's tables. Some decoders draw one gray where a table is missing, or with
// that of the picture before.
type quantization struct {
	defined [256]bool
	of      [256]byte // each component
	framed  [256]bool // the component is in the frame
}

// define takes a segment DQT: tables with their numbers, of 64 values in one or two bytes.
func (q *quantization) define(body []byte) {
	for len(body) > 0 {
		size := 64
		if body[0]>>4 != 0 {
			size *= 2
		}
		if len(body) <= size {
			return
		}
		q.defined[body[0]&15] = true
		body = body[1+size:]
	}
}

func (q *quantization) frame(body []byte) {
	for rest := body[6:]; len(rest) >= 3; rest = rest[3:] {
		q.of[rest[0]], q.framed[rest[0]] = rest[2], true
	}
}

// check takes the header of a scan.
func (q *quantization) check(body []byte) error {
	if len(body) == 0 {
		return nil
	}
	components := body[1:]
	for range int(body[0]) {
		if len(components) < 2 {
			return nil
		}
		if c := components[0]; q.framed[c] && !q.defined[q.of[c]] {
			return corrupt(JPEG, "a scan of component %d comes before its quantization table %d", c, q.of[c])
		}
		components = components[2:]
	}
	return nil
}
