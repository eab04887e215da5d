package renderer

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"image"
	"io"

	"github.com/adloom/adloom/internal/fastpng"
)

const (
	pngSignature = 8  // bytes
	pngOverhead  = 12 // bytes of a chunk besides its body

	// A text that is longer than this, and packed so tightly, is nobody's text.
	maxText      = 1 << 20
	maxTextRatio = 200
	maxTexts     = 16 << 20 // of all chunks together
)

// decodePNG passes over damage in a chunk that makes no pixels, or a missing end: that
// costs no picture. A bomb in one costs the file its trust.
func (e *Engine) decodePNG(data []byte) (img *image.RGBA, opaque bool, err error) {
	texts := int64(maxTexts)
	for rest := data[min(len(data), pngSignature):]; len(rest) >= pngOverhead; {
		size, name := uint64(binary.BigEndian.Uint32(rest)), string(rest[4:8])
		if name == "IEND" || size > uint64(len(rest)-pngOverhead) {
			break // the decoder says what is missing
		}
		if name == "zTXt" || name == "iTXt" || name == "iCCP" {
			if err := checkText(name, rest[8:8+size], &texts); err != nil {
				return nil, false, err
			}
		}
		rest = rest[size+pngOverhead:]
	}
	return fastpng.Decode(data, e.memory.pixels)
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
