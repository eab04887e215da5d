// Package jpegplanes decodes the JPEGs that image/jpeg does not: those whose components have any other sampling than
// the usual ones, and CMYK without Adobe's marker. It is a second choice, several times slower.
//
// Read are sequential and progressive pictures with Huffman codes and 8 bits (ITU-T T.81), with 1, 3 or 4 components.
// The data must be whole: what ends early is refused and never filled up with gray.
package jpegplanes

import "errors"

// MaxPixels bounds a picture; its coefficients are all held in memory, at up to 10 bytes a pixel.
const MaxPixels = 16_000_000

var (
	// ErrCorrupt means that no whole picture could be had from the data.
	ErrCorrupt = errors.New("not a whole JPEG")
	// ErrUnsupported means a kind of JPEG that this package does not read, or more than MaxPixels.
	ErrUnsupported = errors.New("unsupported kind of JPEG")
)
