package main

import (
	"image"
	"runtime"

	"github.com/adloom/adloom/internal/libwebp"
	"github.com/adloom/adloom/internal/turbojpeg"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/resample"
)

// machineCodecs are the codecs that this machine has besides those of Go; adloom
// doctor says what is missing.
func machineCodecs() renderer.Codecs {
	var codecs renderer.Codecs
	if library, err := turbojpeg.Load(); err == nil {
		codecs.JPEG = newTurboCodec(library)
	}
	if library, err := libwebp.Load(); err == nil {
		codecs.WebP = webpCodec{library}
	}
	return codecs
}

// turboCodec keeps as many coders of libjpeg-turbo as CPUs may want at once. It is
// safe for concurrent use.
type turboCodec struct {
	library  *turbojpeg.Library
	decoders chan *turbojpeg.Decoder
	encoders chan *turbojpeg.Encoder
}

func newTurboCodec(library *turbojpeg.Library) *turboCodec {
	n := runtime.GOMAXPROCS(0)
	return &turboCodec{library: library, decoders: make(chan *turbojpeg.Decoder, n), encoders: make(chan *turbojpeg.Encoder, n)}
}

// Decode implements renderer.JPEGCodec. Damage is an error: a picture that is grey
// below is no product's.
func (c *turboCodec) Decode(data []byte, width, height int, alloc func(bytes int) []byte) (*image.RGBA, error) {
	decoder, err := take(c.decoders, c.library.NewDecoder)
	if err != nil {
		return nil, err
	}
	decoder.FastScales = true
	defer give(c.decoders, decoder)
	img, err := decoder.DecodeInto(data, width, height, alloc)
	if err != nil {
		return nil, err
	}
	return img, nil
}

// DecodePlanes implements renderer.PlanesDecoder. With chroma at full resolution
// nothing is gained.
func (c *turboCodec) DecodePlanes(data []byte, width, height int, alloc func(bytes int) []byte) (renderer.Planes, error) {
	decoder, err := take(c.decoders, c.library.NewDecoder)
	if err != nil {
		return renderer.Planes{}, err
	}
	decoder.FastScales, decoder.HalvedOnly = true, true
	defer give(c.decoders, decoder)
	var memory []byte
	p, err := decoder.DecodePlanes(data, width, height, func(n int) []byte {
		memory = alloc(n)
		return memory
	})
	if err != nil {
		return renderer.Planes{}, err
	}
	return renderer.Planes{
		Samples: resample.Planes{Y: p.Y.Pix, Cb: p.Cb.Pix, Cr: p.Cr.Pix, YStride: p.Y.Stride, CStride: p.Cb.Stride},
		Size:    image.Pt(p.Width, p.Height), Share: p.Shared, Memory: memory,
	}, nil
}

// Encode implements renderer.JPEGCodec.
func (c *turboCodec) Encode(img *image.RGBA, o renderer.JPEGOptions) ([]byte, error) {
	encoder, err := take(c.encoders, c.library.NewEncoder)
	if err != nil {
		return nil, err
	}
	defer give(c.encoders, encoder)
	encoder.Progressive = o.Progressive
	sub := turbojpeg.Subsampling420
	if o.Full {
		sub = turbojpeg.Subsampling444
	}
	return encoder.Encode(img, o.Quality, sub)
}

func take[T any](free chan T, make func() (T, error)) (T, error) {
	select {
	case handle := <-free:
		return handle, nil
	default:
		return make()
	}
}

func give[T interface{ Close() }](free chan T, handle T) {
	select {
	case free <- handle:
	default:
		handle.Close()
	}
}

// webpCodec is libwebp, which is safe for concurrent use as it is.
type webpCodec struct{ *libwebp.Library }

// Decode implements renderer.WebPCodec.
func (c webpCodec) Decode(data []byte, width, height int, alloc func(bytes int) []byte) (*image.RGBA, error) {
	return c.DecodeInto(data, width, height, alloc)
}
