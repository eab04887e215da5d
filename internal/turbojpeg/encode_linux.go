//go:build linux && (amd64 || arm64)

package turbojpeg

import (
	"fmt"
	"image"
	"math"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

// maxKept bounds the buffer that an Encoder keeps: enough for ads, not for posters.
const maxKept = 32 << 20

// Encoder encodes one picture after another, through a buffer that it keeps. It is not safe for concurrent use.
type Encoder struct {
	// Progressive writes a coarse picture first and then what refines it: some percent smaller, and several times
	// as slow.
	Progressive bool

	lib    *Library
	handle uintptr
	spoilt bool // a progressive file has left its tables in the handle
	buf    []byte
	output struct { // what the library reads and writes
		data *byte
		size uintptr
	}
}

// NewEncoder makes an Encoder; the caller closes it.
func (l *Library) NewEncoder() (*Encoder, error) {
	h := l.initCompress()
	if h == 0 {
		return nil, fmt.Errorf("new encoder: %s", l.errorText(0))
	}
	return &Encoder{lib: l, handle: h}, nil
}

// Close gives the memory of the library back. Closing twice does nothing.
func (e *Encoder) Close() {
	if e.handle != 0 {
		e.lib.destroy(e.handle)
		e.handle, e.buf = 0, nil
	}
}

// Encode is [Encoder.Encode] with an Encoder of its own.
func (l *Library) Encode(img *image.RGBA, quality int, sub Subsampling) ([]byte, error) {
	e, err := l.NewEncoder()
	if err != nil {
		return nil, err
	}
	defer e.Close()
	return e.Encode(img, quality, sub)
}

// Encode gives img as a JPEG with a quality of 1 to 100, baseline unless Progressive. The bytes are the caller's and
// the only memory that is taken, once the buffer is as large as the pictures need.
// Alpha is ignored: a picture that is not opaque comes out as over black.
func (e *Encoder) Encode(img *image.RGBA, quality int, sub Subsampling) ([]byte, error) {
	if e.handle == 0 {
		return nil, ErrClosed
	}
	if err := checkEncode(img, quality, sub); err != nil {
		return nil, err
	}
	if err := e.ready(); err != nil {
		return nil, err
	}
	// The order of our constants is that of TJSAMP_444, TJSAMP_422 and TJSAMP_420.
	width, height, tjsamp := uintptr(img.Rect.Dx()), uintptr(img.Rect.Dy()), uintptr(sub)
	size, _, _ := purego.SyscallN(e.lib.bufSize, width, height, tjsamp)
	if size == ^uintptr(0) { // (unsigned long)-1
		return nil, fmt.Errorf("encode: %s", e.lib.errorText(0))
	}
	if uintptr(len(e.buf)) < size {
		e.buf = make([]byte, size)
	}
	buf := e.buf
	if size > maxKept {
		e.buf = nil
	}
	// The library gets the address of an address in Go memory, so what that points to has to be pinned.
	var pin runtime.Pinner
	defer pin.Unpin()
	e.output.data, e.output.size = unsafe.SliceData(buf), size
	pin.Pin(e.output.data)

	flags := uintptr(flagNoRealloc | flagAccurateDCT)
	if e.Progressive {
		flags |= flagProgressive
	}
	rc, _, _ := purego.SyscallN(e.lib.compress, e.handle,
		uintptr(unsafe.Pointer(unsafe.SliceData(img.Pix))), width, uintptr(img.Stride), height, formatRGBX,
		uintptr(unsafe.Pointer(&e.output.data)), uintptr(unsafe.Pointer(&e.output.size)), tjsamp, uintptr(quality), flags)
	e.output.data = nil
	if int32(rc) != 0 {
		return nil, fmt.Errorf("encode: %s", e.lib.errorText(e.handle))
	}
	return append(make([]byte, 0, e.output.size), buf[:e.output.size]...), nil
}

// ready replaces a handle that wrote a progressive file before it writes a baseline one: libjpeg-turbo 2.1 leaves the
// file's own Huffman tables in the handle, and would write the next baseline file with codes that they do not have.
func (e *Encoder) ready() error {
	if e.spoilt && !e.Progressive {
		h := e.lib.initCompress()
		if h == 0 {
			return fmt.Errorf("encode: %s", e.lib.errorText(0))
		}
		e.lib.destroy(e.handle)
		e.handle = h
	}
	e.spoilt = e.Progressive
	return nil
}

// checkEncode makes sure that the library reads no memory that is not the picture's.
func checkEncode(img *image.RGBA, quality int, sub Subsampling) error {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	switch {
	case width <= 0 || height <= 0 || width > maxSide || height > maxSide:
		return fmt.Errorf("encode: expected a picture of 1 to %d pixels a side, found %d x %d", maxSide, width, height)
	case width*height > MaxPixels:
		return fmt.Errorf("encode: %w: %d x %d, at most %d in all", ErrTooLarge, width, height, MaxPixels)
	case img.Stride < 4*width || img.Stride > math.MaxInt32 || len(img.Pix) < img.Stride*(height-1)+4*width:
		return fmt.Errorf("encode: expected memory for %d x %d pixels, found %d bytes with a stride of %d", width, height, len(img.Pix), img.Stride)
	case quality < 1 || quality > 100:
		return fmt.Errorf("encode: expected a quality of 1 to 100, found %d", quality)
	case sub < Subsampling444 || sub > Subsampling420:
		return fmt.Errorf("encode: expected a known subsampling, found %d", sub)
	}
	return nil
}
