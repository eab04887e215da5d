package libwebp

import (
	"encoding/binary"
	"fmt"
	"iter"
)

// fileHeader is "RIFF", the size of the rest and "WEBP".
const fileHeader = 12

// chunk is one part of a file.
type chunk struct {
	name string
	body []byte
}

// body gives what follows the file header, without what stands behind the file's own end.
func body(data []byte) ([]byte, error) {
	if len(data) < fileHeader || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
		return nil, fmt.Errorf("%w: expected a RIFF header, found %.12q", ErrCorrupt, data)
	}
	size, rest := uint64(binary.LittleEndian.Uint32(data[4:])), data[fileHeader:]
	if size < 4 {
		return nil, fmt.Errorf("%w: expected a RIFF size of at least 4, found %d", ErrCorrupt, size)
	}
	return rest[:min(size-4, uint64(len(rest)))], nil
}

// chunks walks the chunks that are there as a whole.
func chunks(data []byte) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		for len(data) >= 8 {
			size := uint64(binary.LittleEndian.Uint32(data[4:]))
			if size > uint64(len(data)-8) || !yield(chunk{string(data[:4]), data[8 : 8+size]}) {
				return
			}
			data = data[min(8+size+size&1, uint64(len(data))):]
		}
	}
}

// appendChunk writes a chunk with its padding.
func appendChunk(dst []byte, name string, body []byte) []byte {
	dst = append(dst, name...)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(body)))
	dst = append(dst, body...)
	if len(body)%2 == 1 {
		dst = append(dst, 0)
	}
	return dst
}

// bitstreamSize reads the size of a picture out of the first bytes of a VP8 or VP8L chunk.
func bitstreamSize(c chunk) (width, height int, err error) {
	switch {
	case c.name == "VP8 " && len(c.body) >= 10 && c.body[0]&1 == 0 && string(c.body[3:6]) == "\x9d\x01\x2a":
		width = int(binary.LittleEndian.Uint16(c.body[6:]) & 0x3fff)
		height = int(binary.LittleEndian.Uint16(c.body[8:]) & 0x3fff)
	case c.name == "VP8L" && len(c.body) >= 5 && c.body[0] == 0x2f:
		bits := binary.LittleEndian.Uint32(c.body[1:])
		width, height = int(bits&0x3fff)+1, int(bits>>14&0x3fff)+1
	default:
		return 0, 0, fmt.Errorf("%w: expected the header of a key frame in %q, found %.10x", ErrCorrupt, c.name, c.body)
	}
	if width == 0 || height == 0 {
		return 0, 0, fmt.Errorf("%w: expected at least 1 x 1 pixels, found %d x %d", ErrCorrupt, width, height)
	}
	return width, height, nil
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

func appendUint24(dst []byte, n int) []byte {
	return append(dst, byte(n), byte(n>>8), byte(n>>16))
}
