//go:build !linux || (!amd64 && !arm64)

package libwebp

import (
	"fmt"
	"image"
	"runtime"
)

// Library cannot be had on this machine; its methods are here so that callers compile.
type Library struct{}

// Load gives an error that wraps [ErrUnavailable].
func Load() (*Library, error) {
	return nil, fmt.Errorf("%w on %s/%s, only on linux/amd64 and linux/arm64", ErrUnavailable, runtime.GOOS, runtime.GOARCH)
}

func (*Library) Path() string    { return "" }
func (*Library) Version() string { return "unknown" }

func (*Library) Decode([]byte, int, int) (*image.RGBA, error) { return nil, ErrUnavailable }
func (*Library) Encode(*image.RGBA, int) ([]byte, error)      { return nil, ErrUnavailable }
func (*Library) EncodeLossless(*image.RGBA) ([]byte, error)   { return nil, ErrUnavailable }
func (*Library) DecodeInto([]byte, int, int, func(int) []byte) (*image.RGBA, error) {
	return nil, ErrUnavailable
}
