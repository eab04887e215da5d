//go:build linux && (amd64 || arm64)

package turbojpeg

import (
	"fmt"
	"image"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

const (
	spaceYCbCr = 1 // TJCS_YCbCr
	spaceGray  = 2 // TJCS_GRAY

	flagStopOnWarning = 8192 // TJFLAG_STOPONWARNING
)

// DecodePlanes is [Decoder.DecodeInto] for who turns the components into RGB himself, later and perhaps smaller. It
// picks the scale by the same rule, and the memory that alloc gives holds all planes one after the other.
//
// The error wraps what that of DecodeInto does, or ErrScaled, or ErrUnsupported also where a file holds RGB. There are
// no planes beside any error, not even ErrDamaged: decoding stops at the first damage. Who wants the rest of the picture
// decodes it to RGBA.
func (d *Decoder) DecodePlanes(data []byte, minWidth, minHeight int, alloc func(bytes int) []byte) (Planes, error) {
	if d.handle == 0 {
		return Planes{}, ErrClosed
	}
	p, size, err := d.choosePlanes(data, minWidth, minHeight)
	if err != nil {
		return Planes{}, fmt.Errorf("decode planes: header: %w", err)
	}
	var pix []byte
	if alloc != nil {
		pix = alloc(size)
	}
	if cap(pix) < size {
		pix = make([]byte, size)
	}
	p.place(pix[:size])

	// The library gets the addresses of addresses in Go memory, so what those point to has to be pinned.
	var pin runtime.Pinner
	defer pin.Unpin()
	pin.Pin(&pix[:1][0])
	for i, c := range []Plane{p.Y, p.Cb, p.Cr} {
		d.planes.at[i], d.planes.strides[i] = unsafe.SliceData(c.Pix), int32(c.Stride)
	}
	rc, _, _ := purego.SyscallN(d.lib.decompressPlanes, d.handle,
		uintptr(unsafe.Pointer(unsafe.SliceData(data))), uintptr(len(data)), uintptr(unsafe.Pointer(&d.planes.at)),
		uintptr(p.Width), uintptr(unsafe.Pointer(&d.planes.strides)), uintptr(p.Height),
		flagAccurateDCT|flagLimitScans|flagStopOnWarning)
	d.planes.at = [3]*byte{}
	if int32(rc) == 0 {
		return p, nil
	}
	text, warning := d.lib.lastError(d.handle)
	d.renew()
	if warning {
		return Planes{}, fmt.Errorf("decode planes: %w: %s", ErrDamaged, text)
	}
	return Planes{}, fmt.Errorf("decode planes: %w: %s", ErrCorrupt, text)
}

// choosePlanes reads the header and refuses what has no planes worth decoding.
func (d *Decoder) choosePlanes(data []byte, minWidth, minHeight int) (p Planes, size int, err error) {
	width, height, err := d.size(data)
	if err != nil {
		return Planes{}, 0, err
	}
	if d.header.space != spaceYCbCr && d.header.space != spaceGray {
		return Planes{}, 0, fmt.Errorf("%w: expected YCbCr or gray; found RGB", ErrUnsupported)
	}
	kind := d.header.subsampling
	if kind < 0 || int(kind) >= len(shared) {
		return Planes{}, 0, fmt.Errorf("%w: expected a known subsampling; found number %d", ErrUnsupported, kind)
	}
	share := shared[kind]
	if d.header.space == spaceGray {
		share = image.Point{}
	}
	if d.HalvedOnly && share == image.Pt(1, 1) {
		return Planes{}, 0, ErrFull
	}
	s := smallest(d.scales(), width, height, minWidth, minHeight)
	if !lossless(s, share) {
		return Planes{}, 0, fmt.Errorf("%w: %d/%d, with %d x %d luma samples for one of chroma", ErrScaled, s.num, s.denom, share.X, share.Y)
	}
	p, size = layPlanes(s.of(width), s.of(height), share)
	return p, size, nil
}
