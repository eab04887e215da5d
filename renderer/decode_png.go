package renderer

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"io"
)

const (
	pngSignature = 8  // bytes
	pngOverhead  = 12 // bytes of a chunk besides its body

	// A text that is longer than this, and packed so tightly, is nobody's text.
	maxText      = 1 << 20
	maxTextRatio = 200
	maxTexts     = 16 << 20 // of all chunks together
)

// decodePNG gives the decoder the chunks that make the pixels. Damage to another one,
// such as a wrong checksum, or a missing end costs no picture; a bomb in one costs the
// file its trust.
func decodePNG(data []byte) (image.Image, error) {
	const end = "\x00\x00\x00\x00IEND\xae\x42\x60\x82"
	parts := []io.Reader{bytes.NewReader(data[:pngSignature])}
	texts := int64(maxTexts)
	rest := data[pngSignature:]
	for ended := false; !ended && len(rest) >= pngOverhead; {
		size, name := uint64(binary.BigEndian.Uint32(rest)), string(rest[4:8])
		needed := name == "tRNS" || name[0]&0x20 == 0 // small letters mark what a decoder may pass over
		if room := uint64(len(rest) - pngOverhead); size > room {
			if needed {
				return nil, fmt.Errorf("chunk %s: expected %d bytes; found %d", name, size, room)
			}
			break
		}
		switch {
		case name == "zTXt" || name == "iTXt" || name == "iCCP":
			if err := checkText(name, rest[8:8+size], &texts); err != nil {
				return nil, err
			}
		case needed:
			parts = append(parts, bytes.NewReader(rest[:size+pngOverhead]))
		}
		rest = rest[size+pngOverhead:]
		ended = name == "IEND"
	}
	return png.Decode(io.MultiReader(append(parts, bytes.NewReader([]byte(end)))...))
}

// checkText refuses a chunk with packed text that is a bomb, alone or with those
// before it; left is what they may still unpack to.
func checkText(name string, body []byte, left *int64) error {
	_, packed, _ := bytes.Cut(body, []byte{0}) // behind the keyword
	switch {
	case name == "iTXt" && len(packed) >= 2 && packed[0] == 1: // packed, method, two more texts
		_, packed, _ = bytes.Cut(packed[2:], []byte{0})
		_, packed, _ = bytes.Cut(packed, []byte{0})
	case name == "iTXt" || len(packed) == 0:
		return nil
	default: // method
		packed = packed[1:]
	}
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil // not needed for the picture
	}
	limit := min(*left, int64(max(maxText, maxTextRatio*len(packed))))
	n, _ := io.Copy(io.Discard, io.LimitReader(r, limit+1)) // damage is no bomb
	if n > limit {
		return fmt.Errorf("chunk %s: expected a text of at most %d bytes; found more in %d packed ones", name, limit, len(packed))
	}
	*left -= n
	return nil
}
