package imageinfo

import "encoding/binary"

const (
	gifExtension = 0x21
	gifImage     = 0x2c

	// gifDensity is that of LZW: no code stands for more than its 4096 pixels, and codes for many have 12 bits.
	gifDensity = 4096*8/12 + 1
)

// readGIF takes the logical screen as the size, grown to hold the first frame, as browsers do: decoders allocate by
// frame, so a small screen must not hide a huge one. Later frames are only counted.
func (i *Info) readGIF(data []byte) error {
	if len(data) < 13 {
		return short(GIF, "the end of the screen descriptor")
	}
	i.Width = int(binary.LittleEndian.Uint16(data[6:]))
	i.Height = int(binary.LittleEndian.Uint16(data[8:]))
	if i.Width == 0 || i.Height == 0 {
		return corrupt(GIF, "screen of %dx%d, want at least 1x1", i.Width, i.Height)
	}
	rest := skip(data, 13+colourTable(data[10]))
	frames := 0
	for len(rest) > 0 {
		switch rest[0] {
		case gifExtension:
			rest = skipBlocks(skip(rest, 2))
		case gifImage:
			if len(rest) < 10 {
				rest = nil
				continue
			}
			if frames++; frames == 1 {
				if err := i.growGIF(rest[1:10]); err != nil {
					return err
				}
			}
			rest = skipBlocks(skip(rest, 10+colourTable(rest[9])+1))
		default: // the trailer, or rubbish that a decoder would not get past either
			rest = nil
		}
	}
	if frames == 0 {
		return short(GIF, "the first frame")
	}
	i.Frames = frames
	i.Density = gifDensity
	return nil
}

func (i *Info) growGIF(frame []byte) error {
	left, top := int(binary.LittleEndian.Uint16(frame)), int(binary.LittleEndian.Uint16(frame[2:]))
	width, height := int(binary.LittleEndian.Uint16(frame[4:])), int(binary.LittleEndian.Uint16(frame[6:]))
	if width == 0 || height == 0 {
		return corrupt(GIF, "first frame of %dx%d, want at least 1x1", width, height)
	}
	i.Width, i.Height = max(i.Width, left+width), max(i.Height, top+height)
	return nil
}

// colourTable returns the bytes of the table that a descriptor's flags announce.
func colourTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// skipBlocks passes a chain of length-prefixed blocks and its empty last one.
func skipBlocks(data []byte) []byte {
	for len(data) > 0 && data[0] != 0 {
		data = skip(data, 1+int(data[0]))
	}
	return skip(data, 1)
}

// skip returns data without its first n bytes, or nothing when it has fewer.
func skip(data []byte, n int) []byte {
	if n > len(data) {
		return nil
	}
	return data[n:]
}
