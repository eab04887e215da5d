//go:build linux && (amd64 || arm64)

package libwebp

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"math"
	"runtime"
	"unsafe"
)

// Encode gives img as a lossy WebP with a quality of 0 to 100. Transparency is kept without loss, and costs
// nothing where there is none.
func (l *Library) Encode(img *image.RGBA, quality int) ([]byte, error) {
	if quality < 0 || quality > 100 {
		return nil, fmt.Errorf("encode: expected a quality of 0 to 100, found %d", quality)
	}
	return l.encodeWith(img, func(pix *byte, width, height, stride int32, output **byte) uintptr {
		return l.encode(pix, width, height, stride, float32(quality), output)
	})
}

// EncodeLossless gives img as a lossless WebP, from which Decode gets every pixel back.
func (l *Library) EncodeLossless(img *image.RGBA) ([]byte, error) {
	return l.encodeWith(img, l.encodeLossless)
}

func (l *Library) encodeWith(img *image.RGBA, encode func(pix *byte, width, height, stride int32, output **byte) uintptr) ([]byte, error) {
	if err := checkEncode(img); err != nil {
		return nil, err
	}
	pix, stride := img.Pix, img.Stride
	if !allOpaque(img) {
		copied := l.straight.Get().(*[]byte)
		defer l.straight.Put(copied)
		*copied = straight(*copied, img)
		pix, stride = *copied, 4*img.Rect.Dx()
	}
	var output *byte // memory of the library
	size := encode(unsafe.SliceData(pix), int32(img.Rect.Dx()), int32(img.Rect.Dy()), int32(stride), &output)
	runtime.KeepAlive(pix)
	if output == nil {
		return nil, errors.New("encode: libwebp gave nothing, which it does when memory is short")
	}
	defer l.free(output)
	if size == 0 {
		return nil, errors.New("encode: libwebp gave no bytes")
	}
	return bytes.Clone(unsafe.Slice(output, size)), nil
}

func allOpaque(img *image.RGBA) bool {
	for y := range img.Rect.Dy() {
		if !opaque(img.Pix[y*img.Stride:][:4*img.Rect.Dx()]) {
			return false
		}
	}
	return true
}

// straight gives the pixels of img with straight colours, in pix if that is large enough.
func straight(pix []byte, img *image.RGBA) []byte {
	width, height := 4*img.Rect.Dx(), img.Rect.Dy()
	if cap(pix) < width*height {
		pix = make([]byte, width*height)
	}
	pix = pix[:width*height]
	for y := range height {
		straighten(pix[y*width:], img.Pix[y*img.Stride:][:width])
	}
	return pix
}

// checkEncode makes sure that the library reads no memory that is not the picture's.
func checkEncode(img *image.RGBA) error {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	if err := checkSize(img.Rect.Size()); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	switch {
	case width <= 0 || height <= 0 || width > maxSide || height > maxSide:
		return fmt.Errorf("encode: expected a picture of 1 to %d pixels a side, found %d x %d", maxSide, width, height)
	case img.Stride < 4*width || img.Stride > math.MaxInt32 || len(img.Pix) < img.Stride*(height-1)+4*width:
		return fmt.Errorf("encode: expected memory for %d x %d pixels, found %d bytes with a stride of %d", width, height, len(img.Pix), img.Stride)
	}
	return nil
}
