package fastpng_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"math/rand/v2"
)

// shape is a picture to make up.
type shape struct {
	width, height, depth, colour int
	interlaced                   bool
	filter                       int // 0 to 4, or 5 for all of them in turn
	transparent                  bool
	level                        int // of zlib
	pieces                       int // bytes of an IDAT, zero for a single one
	smooth                       bool
}

func (s shape) samples() int { return []int{1, 0, 3, 1, 2, 0, 4}[s.colour] }

// encode fills the picture with noise or with slow changes, so that filtered bytes are any.
func (s shape) encode(r *rand.Rand) []byte {
	out := []byte("\x89PNG\r\n\x1a\n")
	head := binary.BigEndian.AppendUint32(nil, uint32(s.width))
	head = binary.BigEndian.AppendUint32(head, uint32(s.height))
	head = append(head, byte(s.depth), byte(s.colour), 0, 0, 0)
	if s.interlaced {
		head[12] = 1
	}
	out = appendChunk(out, "IHDR", head)
	colours := 1 << min(s.depth, 8)
	if s.colour == 3 {
		colours = max(1, colours-r.IntN(colours))
		out = appendChunk(out, "PLTE", noise(r, 3*colours))
	}
	if s.transparent {
		switch s.colour {
		case 0:
			out = appendChunk(out, "tRNS", []byte{0, byte(r.IntN(1 << min(s.depth, 8)))})
		case 2:
			out = appendChunk(out, "tRNS", []byte{0, 1, 0, 2, 0, 3})
		case 3:
			out = appendChunk(out, "tRNS", noise(r, 1+r.IntN(colours)))
		}
	}
	packed := pack(s.raw(r), s.level)
	for s.pieces > 0 && len(packed) > s.pieces {
		out = appendChunk(out, "IDAT", packed[:s.pieces])
		packed = packed[s.pieces:]
	}
	return appendChunk(appendChunk(out, "IDAT", packed), "IEND", nil)
}

func (s shape) raw(r *rand.Rand) (out []byte) {
	row := func(width int) {
		if width == 0 {
			return
		}
		n := (width*s.samples()*s.depth + 7) / 8
		filter := s.filter
		if filter == 5 {
			filter = r.IntN(5)
		}
		out = append(out, byte(filter))
		pixel := max(1, s.samples()*s.depth/8)
		for i := range n {
			switch {
			case !s.smooth:
				out = append(out, byte(r.Uint32()))
			case s.transparent && s.colour == 2 && filter == 0 && r.IntN(4) > 0: // hits the key now and then
				out = append(out, []byte{1, 2, 3, 0, 1, 0, 2, 0, 3}[i%3+min(s.depth/16, 1)*(3-i%3+i%6)])
			default:
				out = append(out, byte(i/pixel%7/6*r.IntN(3)))
			}
		}
	}
	if !s.interlaced {
		for range s.height {
			row(s.width)
		}
		return out
	}
	for _, p := range [][4]int{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}} {
		for y := p[1]; y < s.height; y += p[3] {
			row((s.width - p[0] + p[2] - 1) / p[2])
		}
	}
	return out
}

func pack(raw []byte, level int) []byte {
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, level)
	if err != nil {
		panic(err)
	}
	w.Write(raw)
	w.Close()
	return b.Bytes()
}

func appendChunk(out []byte, name string, body []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[len(out)-len(body)-4:]))
}

func noise(r *rand.Rand, n int) []byte {
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(r.Uint32())
	}
	return out
}
