//go:build linux && (amd64 || arm64)

package turbojpeg

import (
	"fmt"
	"image"
	"unsafe"

	"github.com/ebitengine/purego"
)

// Values of turbojpeg.h.
const (
	formatRGBX = 2 // TJPF_RGBX
	formatRGBA = 7 // TJPF_RGBA

	spaceCMYK = 3 // TJCS_CMYK
	spaceYCCK = 4 // TJCS_YCCK

	flagNoRealloc   = 1024  // TJFLAG_NOREALLOC: write into our buffer only
	flagAccurateDCT = 4096  // TJFLAG_ACCURATEDCT
	flagProgressive = 16384 // TJFLAG_PROGRESSIVE
	flagLimitScans  = 32768 // TJFLAG_LIMITSCANS: at most 500, against files that are mostly scans
)

// Decoder decodes one picture after another. It is not safe for concurrent use.
type Decoder struct {
	// FastScales leaves out 3/8, 5/8, 6/8 and 7/8. The library has no SIMD code for these: they give a smaller
	// picture but take up to three times as long as the next larger scale.
	FastScales bool

	// HalvedOnly makes DecodePlanes refuse pictures that are not worth it: those with chroma at full resolution.
	HalvedOnly bool

	lib    *Library
	handle uintptr
	used   bool                                              // the handle has read a picture
	header struct{ width, height, subsampling, space int32 } // where the library writes what it read
	planes struct {                                          // where the library reads where to write planes
		at      [3]*byte
		strides [3]int32
	}
}

// NewDecoder makes a Decoder; the caller closes it.
func (l *Library) NewDecoder() (*Decoder, error) {
	h := l.decompressor()
	if h == 0 {
		return nil, fmt.Errorf("new decoder: %s", l.errorText(0))
	}
	return &Decoder{lib: l, handle: h}, nil
}

// Close gives the memory of the library back. Closing twice does nothing.
func (d *Decoder) Close() {
	if d.handle != 0 {
		d.lib.destroy(d.handle)
		d.handle = 0
	}
}

// Decode is [Decoder.Decode] with a Decoder of its own.
func (l *Library) Decode(data []byte, minWidth, minHeight int) (*image.RGBA, error) {
	d, err := l.NewDecoder()
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.Decode(data, minWidth, minHeight)
}

// Decode decodes at the smallest scale of 1/8, 2/8 ... 8/8 that is at least minWidth x minHeight, or in full
// size if the picture is smaller than that. A minimum of 0 asks for nothing in that direction; two of them
// ask for the full size. All pixels are opaque.
//
// The error wraps ErrCorrupt, ErrTooLarge or ErrUnsupported, and then there is no picture. If it wraps
// ErrDamaged there is one: the library went on after the damage, and the caller decides whether to.
func (d *Decoder) Decode(data []byte, minWidth, minHeight int) (*image.RGBA, error) {
	return d.DecodeInto(data, minWidth, minHeight, nil)
}

// DecodeInto is Decode, with the picture in memory of the caller. It calls alloc once, with the bytes that the
// picture takes, when the header has told its size; what alloc gives may hold anything. If that is too short, or
// alloc is nil, the memory is new. After an error the memory is the caller's to take back.
func (d *Decoder) DecodeInto(data []byte, minWidth, minHeight int, alloc func(bytes int) []byte) (*image.RGBA, error) {
	if d.handle == 0 {
		return nil, ErrClosed
	}
	width, height, err := d.size(data)
	if err != nil {
		return nil, fmt.Errorf("decode header: %w", err)
	}
	s := smallest(d.scales(), width, height, minWidth, minHeight)
	width, height = s.of(width), s.of(height)

	size := 4 * width * height
	var pix []byte
	if alloc != nil {
		pix = alloc(size)
	}
	if cap(pix) < size {
		pix = make([]byte, size)
	}
	img := &image.RGBA{Pix: pix[:size], Stride: 4 * width, Rect: image.Rect(0, 0, width, height)}
	lastAlpha := &img.Pix[size-1]
	*lastAlpha = 0

	rc, _, _ := purego.SyscallN(d.lib.decompress, d.handle,
		uintptr(unsafe.Pointer(unsafe.SliceData(data))), uintptr(len(data)), uintptr(unsafe.Pointer(unsafe.SliceData(img.Pix))),
		uintptr(width), uintptr(img.Stride), uintptr(height), formatRGBA, flagAccurateDCT|flagLimitScans)
	if int32(rc) == 0 {
		return img, nil
	}
	text, warning := d.lib.lastError(d.handle)
	// The library calls an error that follows a warning a warning too. But it writes rows in order and opaque,
	// so the last pixel tells the two apart. Below the row of an error, pix still holds what it held before.
	if !warning || *lastAlpha == 0 {
		d.renew()
		return nil, fmt.Errorf("decode: %w: %s", ErrCorrupt, text)
	}
	return img, fmt.Errorf("decode: %w: %s", ErrDamaged, text)
}

// renew replaces a handle that has read a picture, whose tables it would lend to the next file that lacks its own:
// what comes of a file must not depend on the one before. One that met an error is left in the middle of the bad file
// besides. It takes a microsecond.
func (d *Decoder) renew() {
	d.lib.destroy(d.handle)
	d.handle, d.used = d.lib.decompressor(), false
}

func (d *Decoder) scales() []scale {
	if d.FastScales {
		return d.lib.fastScales
	}
	return d.lib.scales
}

// size reads the header and refuses what is not worth decoding.
func (d *Decoder) size(data []byte) (width, height int, err error) {
	if len(data) == 0 {
		return 0, 0, fmt.Errorf("%w: no data", ErrCorrupt)
	}
	if d.used {
		d.renew()
	}
	d.used = true
	d.header.width, d.header.height = 0, 0
	rc, _, _ := purego.SyscallN(d.lib.decompressHeader, d.handle, uintptr(unsafe.Pointer(unsafe.SliceData(data))), uintptr(len(data)),
		uintptr(unsafe.Pointer(&d.header.width)), uintptr(unsafe.Pointer(&d.header.height)),
		uintptr(unsafe.Pointer(&d.header.subsampling)), uintptr(unsafe.Pointer(&d.header.space)))
	w, h, space := d.header.width, d.header.height, d.header.space
	if int32(rc) != 0 {
		if text, warning := d.lib.lastError(d.handle); !warning || w <= 0 || h <= 0 {
			d.renew()
			return 0, 0, fmt.Errorf("%w: %s", ErrCorrupt, text)
		}
	}
	switch {
	case w <= 0 || h <= 0:
		return 0, 0, fmt.Errorf("%w: %d x %d pixels", ErrCorrupt, w, h)
	case int64(w)*int64(h) > MaxPixels:
		return 0, 0, fmt.Errorf("%w: %d x %d, at most %d in all", ErrTooLarge, w, h, MaxPixels)
	case space == spaceCMYK || space == spaceYCCK:
		return 0, 0, fmt.Errorf("%w: CMYK", ErrUnsupported)
	}
	return int(w), int(h), nil
}
