//go:build !linux || (!amd64 && !arm64)

package turbojpeg

import (
	"fmt"
	"image"
	"runtime"
)

// Library cannot be had on this machine; its methods are here so that callers compile.
type Library struct{}

// Decoder cannot be had on this machine.
type Decoder struct{ FastScales, HalvedOnly bool }

// Encoder cannot be had on this machine.
type Encoder struct{ Progressive bool }

// Load gives an error that wraps [ErrUnavailable].
func Load() (*Library, error) {
	return nil, fmt.Errorf("%w on %s/%s, only on linux/amd64 and linux/arm64", ErrUnavailable, runtime.GOOS, runtime.GOARCH)
}

func (*Library) Path() string                  { return "" }
func (*Library) Version() string               { return "unknown" }
func (*Library) NewDecoder() (*Decoder, error) { return nil, ErrUnavailable }
func (*Library) NewEncoder() (*Encoder, error) { return nil, ErrUnavailable }

func (*Library) Decode([]byte, int, int) (*image.RGBA, error)         { return nil, ErrUnavailable }
func (*Library) Encode(*image.RGBA, int, Subsampling) ([]byte, error) { return nil, ErrUnavailable }
func (*Decoder) Decode([]byte, int, int) (*image.RGBA, error)         { return nil, ErrUnavailable }
func (*Encoder) Encode(*image.RGBA, int, Subsampling) ([]byte, error) { return nil, ErrUnavailable }
func (*Decoder) DecodeInto([]byte, int, int, func(int) []byte) (*image.RGBA, error) {
	return nil, ErrUnavailable
}
func (*Decoder) DecodePlanes([]byte, int, int, func(int) []byte) (Planes, error) {
	return Planes{}, ErrUnavailable
}
func (*Decoder) Close() {}
func (*Encoder) Close() {}
