// Package libwebp decodes and encodes WebP with the machine's libwebp, found at run time and called without cgo.
//
// [Load] looks for the library once; where it is missing, or the machine is not 64-bit Linux, the error wraps
// [ErrUnavailable] and a slower codec has to do. A [Library] is safe for concurrent use and stays loaded for
// the life of the process. There are no handles to close: each call takes and gives back its own memory.
//
// Pictures are image.RGBA, so their colours are premultiplied. WebP holds straight colours; the way there and
// back rounds to nearest, which makes a lossless round trip exact.
//
// Of an animation the first frame is decoded, on its whole canvas. [FirstFrame] finds it in the file without
// any library. [Decode] needs no library either: it is the slower codec for pictures that come in.
//
// Nothing here looks at EXIF orientation or ICC profiles.
package libwebp

import (
	"errors"
	"fmt"
	"image"
)

// Limits on pictures, checked before any memory is taken for them.
const (
	// MaxPixels bounds the canvas in the file, not the scaled result: a lossless file is held whole.
	MaxPixels = 50_000_000
	// maxSide is the format's own limit.
	maxSide = 16383
)

var (
	// ErrUnavailable means that the library cannot be used on this machine.
	ErrUnavailable = errors.New("libwebp is not available")
	// ErrCorrupt means that no whole picture could be had from the data.
	ErrCorrupt = errors.New("not a whole WebP")
	// ErrTooLarge means more than MaxPixels.
	ErrTooLarge = errors.New("WebP has too many pixels")
	// ErrUnsupported means a kind of WebP that the library does not know.
	ErrUnsupported = errors.New("unsupported kind of WebP")
)

// checkSize holds a canvas against MaxPixels.
func checkSize(size image.Point) error {
	if int64(size.X)*int64(size.Y) > MaxPixels {
		return fmt.Errorf("%w: %d x %d, at most %d in all", ErrTooLarge, size.X, size.Y, MaxPixels)
	}
	return nil
}

// smallest picks from 1, 1/4 and 1/8 the smallest scale that leaves at least minWidth x minHeight of a picture, or
// full size if none does. At these the library's rescaler averages whole blocks, takes no longer than a decode
// in full size, and leaves the fine resampling to whoever knows the final size. It has no saving to offer, unlike
// that of a JPEG decoder, which is why 1/2 is missing: that takes longer than full size. A minimum of 0 or less
// asks for nothing in that direction; two of them ask for the full size.
func smallest(width, height, minWidth, minHeight int) (scaledWidth, scaledHeight int) {
	scaledWidth, scaledHeight = width, height
	if minWidth <= 0 && minHeight <= 0 {
		return scaledWidth, scaledHeight
	}
	for _, n := range []int{4, 8} {
		if w, h := (width+n-1)/n, (height+n-1)/n; w >= minWidth && h >= minHeight {
			scaledWidth, scaledHeight = w, h
		}
	}
	return scaledWidth, scaledHeight
}
