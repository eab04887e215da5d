package renderer

import "image"

// Codecs are the machine's own codecs, faster than the pure-Go ones. A nil codec
// leaves the work to Go: pictures agree within what the formats leave open.
type Codecs struct {
	JPEG JPEGCodec
	WebP WebPCodec
}

// JPEGCodec decodes and encodes JPEG. It must be safe for concurrent use.
type JPEGCodec interface {
	// Decode returns an opaque picture at a scale that leaves at least width by
	// height of it, as it is stored. It fails for what it does not decode whole.
	Decode(data []byte, width, height int) (*image.RGBA, error)
	// Encode writes an opaque picture with halved colour resolution (4:2:0).
	Encode(img *image.RGBA, quality int) ([]byte, error)
}

// WebPCodec decodes WebP. It must be safe for concurrent use.
type WebPCodec interface {
	// Decode returns a picture with premultiplied alpha at a scale that leaves at
	// least width by height of it; of an animation the first frame on its canvas.
	Decode(data []byte, width, height int) (*image.RGBA, error)
}
