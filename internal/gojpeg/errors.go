package gojpeg

import "errors"

// Limits on files, checked before memory is taken for them.
const (
	// MaxPixels bounds the picture in the file, not the scaled result: a progressive file is held whole.
	MaxPixels = 50_000_000
	// MaxScans bounds the scans of a file, each of which may cost a pass over the whole picture.
	MaxScans = 100
	// maxSide is what libjpeg reads and writes at most.
	maxSide = 65500
)

var (
	// ErrCorrupt means that the data is not a whole JPEG, or damaged: there is no picture.
	ErrCorrupt = errors.New("corrupt JPEG")
	// ErrTooLarge means more than [MaxPixels] or [MaxScans].
	ErrTooLarge = errors.New("JPEG is too large")
	// ErrUnsupported means a kind of JPEG that is not decoded here, such as CMYK or lossless.
	ErrUnsupported = errors.New("unsupported kind of JPEG")
)
