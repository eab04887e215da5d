package renderurl

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"

	"github.com/adloom/adloom/templates"
)

// maxObject is how many bytes of JSON a payload may hold.
const maxObject = 64 << 10

// Free lists. They hold no state that a caller could see: a compressor weighs a megabyte and a decompressor
// 40 kB, while a payload has a few hundred bytes.
var (
	deflaters = sync.Pool{New: func() any { return newDeflater() }}
	inflaters = sync.Pool{New: func() any { return newInflater() }}
)

// parsePayload is the inverse of deflater.payload. It also takes what other compressors and other writers of
// JSON make, but nothing that is incomplete or goes on after its end.
func parsePayload(payload string) (templates.Fields, error) {
	packed, err := decodeBase64(payload)
	if err != nil {
		return nil, formatError("payload", "base64url without padding", payload)
	}
	in := inflaters.Get().(*inflater)
	defer inflaters.Put(in)
	object, err := in.inflate(packed)
	if err != nil {
		return nil, err
	}
	return parseObject(object)
}

// decodeBase64 refuses every second spelling: padding, line breaks and bits that do not count.
func decodeBase64(s string) ([]byte, error) {
	if strings.ContainsAny(s, "\r\n") { // which the decoder would skip
		return nil, errors.New("line break")
	}
	return base64.RawURLEncoding.Strict().DecodeString(s)
}

// deflater compresses with the best and slowest level of one pinned module. Not safe for concurrent use.
type deflater struct {
	object []byte
	packed bytes.Buffer
	w      *flate.Writer
}

func newDeflater() *deflater {
	w, err := flate.NewWriter(nil, flate.BestCompression)
	if err != nil {
		panic(err) // only an unknown level is an error
	}
	return &deflater{w: w}
}

// payload gives the payload of sorted fields; "" if they are more than a payload may hold.
func (d *deflater) payload(fields []param) string {
	d.object = appendObject(d.object[:0], fields)
	if len(d.object) > maxObject {
		return ""
	}
	d.packed.Reset()
	d.w.Reset(&d.packed)
	// Writing to memory has no errors.
	_, _ = d.w.Write(d.object)
	_ = d.w.Close()
	return base64.RawURLEncoding.EncodeToString(d.packed.Bytes())
}

// inflater decompresses one payload after another. Not safe for concurrent use.
type inflater struct {
	src bytes.Reader
	dst bytes.Buffer
	r   io.ReadCloser
}

func newInflater() *inflater {
	in := &inflater{}
	in.r = flate.NewReader(&in.src)
	return in
}

func (in *inflater) inflate(packed []byte) (string, error) {
	in.src.Reset(packed)
	defer in.src.Reset(nil)
	if err := in.r.(flate.Resetter).Reset(&in.src, nil); err != nil {
		return "", formatError("payload", "raw DEFLATE (RFC 1951)", err.Error())
	}
	in.dst.Reset()
	// One byte more than allowed tells too much from just enough.
	n, err := in.dst.ReadFrom(io.LimitReader(in.r, maxObject+1))
	if err != nil {
		return "", &FormatError{"payload", "a whole stream of raw DEFLATE (RFC 1951)", err.Error()}
	}
	if n > maxObject {
		return "", &FormatError{"payload", "at most 65536 bytes of JSON", "more"}
	}
	if rest := in.src.Len(); rest > 0 {
		return "", formatError("payload", "nothing after the compressed JSON", string(packed[len(packed)-rest:]))
	}
	return in.dst.String(), nil
}
