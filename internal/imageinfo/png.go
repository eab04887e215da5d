package imageinfo

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"slices"
)

const pngMagic = "\x89PNG\r\n\x1a\n"

// pngDepths lists the bit depths that each colour type may have.
var pngDepths = map[byte][]byte{0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}

// pngChannels is how many values a pixel of each colour type has.
var pngChannels = [...]int{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}

// readPNG reads IHDR, then walks the chunks for acTL (APNG) and eXIf, which may stand behind the pixels.
func (i *Info) readPNG(data []byte) error {
	rest := data[len(pngMagic):]
	if len(rest) < 8+13+4 {
		return short(PNG, "the end of IHDR")
	}
	if size, name := binary.BigEndian.Uint32(rest), string(rest[4:8]); size != 13 || name != "IHDR" {
		return corrupt(PNG, "first chunk is %q of %d bytes, want IHDR of 13", name, size)
	}
	if err := i.readIHDR(rest[4 : 8+13+4]); err != nil {
		return err
	}
	for rest = rest[8+13+4:]; len(rest) >= 12; {
		size := uint64(binary.BigEndian.Uint32(rest))
		name := string(rest[4:8])
		if name == "IEND" || 12+size > uint64(len(rest)) {
			break
		}
		switch body := rest[8 : 8+size]; name {
		case "acTL":
			if n := len(body); n >= 4 {
				if frames := binary.BigEndian.Uint32(body); frames >= 1 && frames <= math.MaxInt32 {
					i.Frames = int(frames)
				}
			}
		case "eXIf":
			i.Orientation, _ = exifOrientation(body)
		}
		rest = rest[12+size:]
	}
	return nil
}

// readIHDR takes the chunk from its name to its checksum.
func (i *Info) readIHDR(chunk []byte) error {
	body := chunk[4:17]
	if sum, want := crc32.ChecksumIEEE(chunk[:17]), binary.BigEndian.Uint32(chunk[17:]); sum != want {
		return corrupt(PNG, "IHDR has checksum %08x, want %08x", want, sum)
	}
	width, height := binary.BigEndian.Uint32(body), binary.BigEndian.Uint32(body[4:])
	if width > math.MaxInt32 || height > math.MaxInt32 {
		return corrupt(PNG, "size %dx%d, want at most %d", width, height, math.MaxInt32)
	}
	depth, colour := body[8], body[9]
	if !slices.Contains(pngDepths[colour], depth) {
		return corrupt(PNG, "no picture has colour type %d with %d bits", colour, depth)
	}
	i.Width, i.Height = int(width), int(height)
	if colour == 0 || colour == 4 {
		i.Space = Gray
	}
	// Deflate makes at most 1032 bytes of one: a match of 258 takes two bits at least.
	i.Density = 1032 * 8 / (int(depth) * pngChannels[colour])
	return nil
}
