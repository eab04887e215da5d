package renderer

import (
	"image"

	"github.com/adloom/adloom/internal/gojpeg"
)

// Codecs are the machine's own codecs, faster than the pure-Go ones. A nil codec
// leaves the work to Go: pictures agree within what the formats leave open.
type Codecs struct {
	JPEG JPEGCodec
	WebP WebPCodec
}

// JPEGCodec decodes and encodes JPEG. It must be safe for concurrent use.
type JPEGCodec interface {
	// Decode returns an opaque picture at a scale that leaves at least width by
	// height of it, as it is stored, in memory that alloc gives; nil stands for make.
	// It fails for what it does not decode whole.
	Decode(data []byte, width, height int, alloc func(bytes int) []byte) (*image.RGBA, error)
	// Encode writes an opaque picture.
	Encode(img *image.RGBA, o JPEGOptions) ([]byte, error)
}

// JPEGOptions say how a JPEG is written.
type JPEGOptions struct {
	Quality     int  // 1 to 100
	Full        bool // colours at full resolution (4:4:4), else at half (4:2:0)
	Progressive bool // where the codec can
}

// WebPCodec decodes and encodes WebP. It must be safe for concurrent use.
type WebPCodec interface {
	// Decode returns a picture with premultiplied alpha at a scale that leaves at
	// least width by height of it, in memory that alloc gives; nil stands for make. Of
	// an animation it is the first frame on its canvas.
	Decode(data []byte, width, height int, alloc func(bytes int) []byte) (*image.RGBA, error)
	Encode(img *image.RGBA, quality int) ([]byte, error)
	EncodeLossless(img *image.RGBA) ([]byte, error)
}

// builtinJPEG is the codec of machines without a faster one: it gives the same
// pictures, but writes no progressive ones.
type builtinJPEG struct{}

func (builtinJPEG) Decode(data []byte, width, height int, _ func(int) []byte) (*image.RGBA, error) {
	return gojpeg.Decode(data, width, height)
}

func (builtinJPEG) Encode(img *image.RGBA, o JPEGOptions) ([]byte, error) {
	sub := gojpeg.Subsampling420
	if o.Full {
		sub = gojpeg.Subsampling444
	}
	return gojpeg.Encode(img, o.Quality, sub)
}
