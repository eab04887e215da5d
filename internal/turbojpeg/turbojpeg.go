// Package turbojpeg decodes and encodes JPEG with the machine's libturbojpeg, found at run time and called
// without cgo.
//
// [Load] looks for the library once; where it is missing, or the machine is not 64-bit Linux, the error wraps
// [ErrUnavailable] and a slower codec has to do. A [Library] is safe for concurrent use and stays loaded for
// the life of the process. A [Decoder] or [Encoder] is one handle of the library for one goroutine at a time;
// who makes it closes it.
//
// Nothing here looks at EXIF orientation or ICC profiles. The DCT is the accurate integer one in both
// directions, which gives the same bytes on every machine, with SIMD or without.
package turbojpeg

import "errors"

// Limits on pictures, checked before any memory is taken for them.
const (
	// MaxPixels bounds the picture in the file, not the scaled result: a progressive file is held whole.
	MaxPixels = 50_000_000
	// maxSide is the format's own limit.
	maxSide = 65500
)

var (
	// ErrUnavailable means that the library cannot be used on this machine.
	ErrUnavailable = errors.New("libturbojpeg is not available")
	// ErrCorrupt means that no picture could be had from the data.
	ErrCorrupt = errors.New("not a whole JPEG")
	// ErrDamaged means that a picture came out but parts of it may be missing or wrong.
	ErrDamaged = errors.New("damaged JPEG")
	// ErrTooLarge means more than MaxPixels.
	ErrTooLarge = errors.New("JPEG has too many pixels")
	// ErrUnsupported means a kind of JPEG that the library does not turn into RGB, such as CMYK.
	ErrUnsupported = errors.New("unsupported kind of JPEG")
	// ErrClosed means that a Decoder or Encoder was used after Close.
	ErrClosed = errors.New("turbojpeg: used after Close")
)

// Subsampling says how much colour resolution an encoded picture keeps.
type Subsampling int

const (
	Subsampling444 Subsampling = iota // all of it
	Subsampling422                    // half across
	Subsampling420                    // half across and half down, the usual choice for photos
)

// scale is a fraction that the library can decode at.
type scale struct{ num, denom int32 }

// of gives the size of a side at this scale, rounded up as the library does.
func (s scale) of(side int) int {
	return (side*int(s.num) + int(s.denom) - 1) / int(s.denom)
}

// fast reports whether the library has SIMD code for the scale: 1, 1/2, 1/4 and 1/8.
func (s scale) fast() bool { return s.num == 1 }

// smallest picks from scales the smallest, at most 1, that leaves at least minWidth x minHeight of a picture
// that is at least as large, or full size if none does. A minimum of 0 or less asks for nothing in that
// direction; two of them ask for the full size.
func smallest(scales []scale, width, height, minWidth, minHeight int) scale {
	best := scale{1, 1}
	if minWidth <= 0 && minHeight <= 0 {
		return best
	}
	for _, s := range scales {
		smaller := s.num*best.denom < best.num*s.denom
		if smaller && s.of(width) >= minWidth && s.of(height) >= minHeight {
			best = s
		}
	}
	return best
}
