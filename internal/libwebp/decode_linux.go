//go:build linux && (amd64 || arm64)

package libwebp

import (
	"errors"
	"fmt"
	"image"
	"runtime"
	"unsafe"
)

// Decode decodes at the smallest scale of 1/8, 1/4 and 1 that is at least minWidth x minHeight, or in full
// size if the picture is smaller than that. A minimum of 0 asks for nothing in that direction; two of them ask
// for the full size. A lossy picture with transparency, or a frame smaller than its canvas, is always in full
// size: the library would let the colour of what cannot be seen bleed into its surroundings.
//
// The colours are premultiplied. The error wraps ErrCorrupt, ErrTooLarge or ErrUnsupported; there is a whole
// picture or none.
func (l *Library) Decode(data []byte, minWidth, minHeight int) (*image.RGBA, error) {
	return l.DecodeInto(data, minWidth, minHeight, nil)
}

// DecodeInto is Decode, with the picture in memory of the caller. It calls alloc once, with the bytes that the
// picture takes, when the header has told its size; what alloc gives may hold anything. If that is too short, or
// alloc is nil, the memory is new. After an error the memory is the caller's to take back.
func (l *Library) DecodeInto(data []byte, minWidth, minHeight int, alloc func(bytes int) []byte) (*image.RGBA, error) {
	still, canvas, at, err := FirstFrame(data)
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	size := canvas.Size()
	if err := checkSize(size); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	var found bitstreamFeatures
	status := l.features(unsafe.SliceData(still), uintptr(len(still)), &found, decoderABI)
	runtime.KeepAlive(still)
	if err := statusError(status); err != nil {
		return nil, fmt.Errorf("decode header: %w", err)
	}
	picture := image.Pt(int(found.width), int(found.height))
	frame := image.Rectangle{Max: picture}.Add(at)
	if frame.Empty() || !frame.In(canvas) { // then the library and FirstFrame read the file in different ways
		return nil, fmt.Errorf("decode header: %w: expected a frame inside %v, found %v", ErrCorrupt, canvas, frame)
	}
	if frame == canvas && (found.format != formatLossy || found.hasAlpha == 0) {
		size.X, size.Y = smallest(size.X, size.Y, minWidth, minHeight)
		frame.Max = size
	}
	img := newRGBA(size, alloc)
	if frame.Size() != size {
		clear(img.Pix)
	}
	if err := l.decodeFrame(img, frame, still, picture); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	if found.format != formatLossy || found.hasAlpha != 0 { // of a lossless file hasAlpha is but a hint
		premultiply(img.Pix)
	}
	return img, nil
}

// newRGBA is image.NewRGBA without zeroing, in memory of alloc if that gives enough.
func newRGBA(size image.Point, alloc func(bytes int) []byte) *image.RGBA {
	n := 4 * size.X * size.Y
	var pix []byte
	if alloc != nil {
		pix = alloc(n)
	}
	if cap(pix) < n {
		pix = make([]byte, n)
	}
	return &image.RGBA{Pix: pix[:n], Stride: 4 * size.X, Rect: image.Rectangle{Max: size}}
}

// decodeFrame decodes a still picture of a size, straight, into the part frame of img, scaled to its size.
func (l *Library) decodeFrame(img *image.RGBA, frame image.Rectangle, still []byte, size image.Point) error {
	config := new(decoderConfig)
	if l.initConfig(config, decoderABI) == 0 {
		return errors.New("libwebp refused the configuration that it took at first")
	}
	// The library gets the address of an address in Go memory, so what that points to has to be pinned.
	var pin runtime.Pinner
	defer pin.Unpin()
	part := img.Pix[img.PixOffset(frame.Min.X, frame.Min.Y):]
	config.output.colorspace = modeRGBA
	config.output.isExternalMemory = 1
	config.output.rgba = unsafe.SliceData(part)
	config.output.stride = int32(img.Stride)
	config.output.size = uintptr(len(part))
	pin.Pin(config.output.rgba)
	if scaled := frame.Size(); scaled != size { // asked to scale to the same size, the library would blur
		config.options.useScaling = 1
		config.options.scaledWidth, config.options.scaledHeight = int32(scaled.X), int32(scaled.Y)
	}

	status := l.decode(unsafe.SliceData(still), uintptr(len(still)), config)
	// The library saw addresses only, which do not keep Go memory alive.
	runtime.KeepAlive(still)
	runtime.KeepAlive(config)
	return statusError(status)
}

// statusError puts a VP8StatusCode into words of this package.
func statusError(status int32) error {
	switch status {
	case 0:
		return nil
	case statusOutOfMemory:
		return errors.New("libwebp is out of memory")
	case statusUnsupportedFeature:
		return fmt.Errorf("%w: %s", ErrUnsupported, statusText(status))
	}
	return fmt.Errorf("%w: %s", ErrCorrupt, statusText(status))
}
