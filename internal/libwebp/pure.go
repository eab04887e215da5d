package libwebp

import (
	"bytes"
	"fmt"
	"image"

	"golang.org/x/image/webp"
)

// Decode is [Library.Decode] without a library, on any machine: slower, always in full size, and within a few
// levels of the same colours.
//
// It is more than webp.Decode, which refuses animations and reads the colours of a lossy picture as if they were
// those of a JPEG: white would become 235 and black 16.
func Decode(data []byte) (*image.RGBA, error) {
	still, canvas, at, err := FirstFrame(data)
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	if err := checkSize(canvas.Size()); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	decoded, err := webp.Decode(bytes.NewReader(still))
	if err != nil {
		return nil, fmt.Errorf("decode: %w: %w", ErrCorrupt, err)
	}
	frame := decoded.Bounds().Add(at)
	if frame.Empty() || !frame.In(canvas) {
		return nil, fmt.Errorf("decode: %w: expected a frame inside %v, found %v", ErrCorrupt, canvas, frame)
	}
	img := image.NewRGBA(canvas)
	part := img.SubImage(frame).(*image.RGBA)
	switch decoded := decoded.(type) {
	case *image.YCbCr:
		fromVideo(part, decoded)
	case *image.NYCbCrA:
		fromVideo(part, &decoded.YCbCr)
		for y := range frame.Dy() {
			alpha := decoded.A[y*decoded.AStride:]
			for x := range frame.Dx() {
				part.Pix[y*part.Stride+4*x+3] = alpha[x]
			}
		}
		premultiply(img.Pix)
	case *image.NRGBA:
		for y := range frame.Dy() {
			copy(part.Pix[y*part.Stride:][:4*frame.Dx()], decoded.Pix[y*decoded.Stride:])
		}
		premultiply(img.Pix)
	default:
		return nil, fmt.Errorf("decode: %w: %T", ErrUnsupported, decoded)
	}
	return img, nil
}

// fromVideo writes src, whose luma goes from 16 to 235 as in ITU-R BT.601, to dst as opaque RGB. The chroma
// between its samples is interpolated, as the library does.
func fromVideo(dst *image.RGBA, src *image.YCbCr) {
	width, height := dst.Rect.Dx(), dst.Rect.Dy()
	chromaWidth, chromaHeight := (width+1)/2, (height+1)/2
	for y := range height {
		near, far := neighbours(y, chromaHeight)
		near, far = near*src.CStride, far*src.CStride
		out := dst.Pix[y*dst.Stride:][:4*width]
		for x, luma := range src.Y[y*src.YStride:][:width] {
			beside, beyond := neighbours(x, chromaWidth)
			mix := func(plane []byte) int32 {
				return (9*int32(plane[near+beside]) + 3*int32(plane[near+beyond]) +
					3*int32(plane[far+beside]) + int32(plane[far+beyond]) + 8) >> 4
			}
			*(*[4]byte)(out[4*x:]) = rgb(int32(luma), mix(src.Cb), mix(src.Cr))
		}
	}
}

// neighbours gives the chroma sample that a luma sample lies in, and the next one on the side that it lies at.
func neighbours(i, n int) (near, far int) {
	near = i / 2
	if i%2 == 1 {
		return near, min(near+1, n-1)
	}
	return near, max(near-1, 0)
}

// rgb is the BT.601 matrix in 16-bit fixed point, with the ranges of 219 and 224 levels stretched to 255.
func rgb(y, cb, cr int32) [4]byte {
	const half = 1 << 15
	luma, u, v := 76309*(y-16)+half, cb-128, cr-128
	level := func(fixed int32) byte { return byte(min(max(fixed>>16, 0), 255)) }
	return [4]byte{
		level(luma + 104597*v),
		level(luma - 25675*u - 53279*v),
		level(luma + 132201*u),
		255,
	}
}
