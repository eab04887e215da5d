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
	texts := texts{left: maxTexts}
	for rest := data[min(len(data), pngSignature):]; len(rest) >= pngOverhead; {
		size, name := uint64(binary.BigEndian.Uint32(rest)), string(rest[4:8])
		if name == "IEND" || size > uint64(len(rest)-pngOverhead) {
			break // the decoder says what is missing
		}
		if name == "zTXt" || name == "iTXt" || name == "iCCP" {
			if err := texts.check(name, rest[8:8+size]); err != nil {
				return nil, false, err
			}
		}
		rest = rest[size+pngOverhead:]
	}
	return fastpng.Decode(data, e.memory.pixels)
}

// texts looks at the packed texts of a file, all with one reader: a new one for each of
// a million would take longer than any picture.
type texts struct {
	left   int64 // bytes that they may still unpack to
	reader io.ReadCloser
}

// check refuses a chunk with packed text that is a bomb, alone or with those before it.
func (t *texts) check(name string, body []byte) error {
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
	if err := t.open(packed); err != nil {
		return nil // not needed for the picture
	}
	limit := min(t.left, int64(max(maxText, maxTextRatio*len(packed))))
	n, _ := io.Copy(io.Discard, io.LimitReader(t.reader, limit+1)) // damage is no bomb
	if n > limit {
		return fmt.Errorf("chunk %s: expected a text of at most %d bytes; found more in %d packed ones", name, limit, len(packed))
	}
	t.left -= n
	return nil
}

func (t *texts) open(packed []byte) error {
	from := bytes.NewReader(packed)
	if t.reader != nil {
		return t.reader.(zlib.Resetter).Reset(from, nil)
	}
	reader, err := zlib.NewReader(from)
	if err == nil {
		t.reader = reader
	}
	return err
}
