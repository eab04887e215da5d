package imageinfo

import "encoding/binary"

// readWebP walks the RIFF chunks. The extended header (VP8X) names the canvas, the bitstreams name what a decoder will
// allocate; both are read and must agree, so that a small canvas cannot hide a huge bitstream.
func (i *Info) readWebP(data []byte) error {
	rest := data[12:]
	if riff := uint64(binary.LittleEndian.Uint32(data[4:])); riff >= 4 && riff-4 < uint64(len(rest)) {
		rest = rest[:riff-4]
	}
	extended, frames := false, 0
	for first := true; len(rest) >= 8; first = false {
		name, body, whole, after := riffChunk(rest)
		switch name {
		case "VP8X":
			if !first {
				return corrupt(WebP, "VP8X is not the first chunk")
			}
			if len(body) < 10 {
				return short(WebP, "the end of VP8X")
			}
			extended = true
			i.Width, i.Height = int(uint24(body[4:]))+1, int(uint24(body[7:]))+1
		case "VP8 ", "VP8L":
			if frames > 0 {
				break // a still picture behind an animation is not looked at by decoders
			}
			width, height, err := bitstreamSize(name, body)
			if err != nil {
				return err
			}
			if extended && (width != i.Width || height != i.Height) {
				return corrupt(WebP, "bitstream of %dx%d on a canvas of %dx%d, want the same size", width, height, i.Width, i.Height)
			}
			i.Width, i.Height = width, height
			frames = 1
			if !extended {
				i.Frames = 1
				return nil
			}
		case "ANMF":
			if !extended {
				return corrupt(WebP, "animation frame without a canvas")
			}
			if err := i.checkANMF(body, frames == 0); err != nil {
				return err
			}
			frames++
		case "EXIF":
			if whole {
				i.Orientation, _ = exifOrientation(body)
			}
		}
		rest = after
	}
	if frames == 0 {
		return short(WebP, "the first picture")
	}
	i.Frames = frames
	return nil
}

// checkANMF refuses a frame that leaves the canvas, and one whose bitstream has another size than the frame says. Of
// an animation cut short only the first frame must be there.
func (i *Info) checkANMF(body []byte, first bool) error {
	const header = 16
	if len(body) < header {
		if first {
			return short(WebP, "the end of the first frame's header")
		}
		return nil
	}
	x, y := 2*int(uint24(body)), 2*int(uint24(body[3:]))
	width, height := int(uint24(body[6:]))+1, int(uint24(body[9:]))+1
	if x+width > i.Width || y+height > i.Height {
		return corrupt(WebP, "frame of %dx%d at %d,%d leaves the canvas of %dx%d", width, height, x, y, i.Width, i.Height)
	}
	for rest := body[header:]; len(rest) >= 8; {
		name, inner, _, after := riffChunk(rest)
		if name == "VP8 " || name == "VP8L" {
			w, h, err := bitstreamSize(name, inner)
			if err != nil {
				if first {
					return err
				}
				return nil
			}
			if w != width || h != height {
				return corrupt(WebP, "bitstream of %dx%d in a frame of %dx%d, want the same size", w, h, width, height)
			}
			return nil
		}
		rest = after
	}
	if first {
		return short(WebP, "the first frame's bitstream")
	}
	return nil
}

// riffChunk splits the first chunk off data, which has at least 8 bytes. Whole is false when the body is cut.
func riffChunk(data []byte) (name string, body []byte, whole bool, after []byte) {
	size := uint64(binary.LittleEndian.Uint32(data[4:]))
	name, data = string(data[:4]), data[8:]
	if size > uint64(len(data)) {
		return name, data, false, nil
	}
	return name, data[:size], true, skip(data, int(size+size&1))
}

// bitstreamSize reads the size out of the first bytes of a lossy or a lossless bitstream.
func bitstreamSize(name string, body []byte) (width, height int, err error) {
	if len(body) < 10 && name == "VP8 " || len(body) < 5 {
		return 0, 0, short(WebP, "the end of the bitstream's header")
	}
	if name == "VP8L" {
		if body[0] != 0x2f {
			return 0, 0, corrupt(WebP, "lossless bitstream begins with %#x, want 0x2f", body[0])
		}
		bits := binary.LittleEndian.Uint32(body[1:])
		return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1, nil
	}
	if body[0]&1 != 0 || string(body[3:6]) != "\x9d\x01\x2a" {
		return 0, 0, corrupt(WebP, "lossy bitstream begins with %x, want a key frame", body[:6])
	}
	return int(binary.LittleEndian.Uint16(body[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(body[8:]) & 0x3fff), nil
}

func uint24(b []byte) uint32 { return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 }
