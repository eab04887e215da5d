package libwebp

import (
	"encoding/binary"
	"fmt"
	"image"
)

const (
	flagAnimation = 1 << 1 // of VP8X
	flagAlpha     = 1 << 4 // of VP8X
	frameHeader   = 16     // of ANMF, before the chunks of the frame
)

// FirstFrame gives a still picture to decode in place of a file: the first frame of an animation, wrapped as a
// file of its own, and where it goes on the canvas; of a still picture data itself. What the frame leaves of
// the canvas is transparent: the background colour of the file is a hint that browsers do not follow.
//
// The frame fits on the canvas and its bitstream has the frame's size; whether it decodes is not known yet, nor
// whether the canvas is too large. Metadata such as an ICC profile stays behind in data. The error wraps
// ErrCorrupt.
func FirstFrame(data []byte) (still []byte, canvas image.Rectangle, at image.Point, err error) {
	rest, err := body(data)
	if err != nil {
		return nil, image.Rectangle{}, image.Point{}, err
	}
	extended, animated := false, false
	for c := range chunks(rest) {
		switch c.name {
		case "VP8X":
			if len(c.body) < 10 {
				return nil, image.Rectangle{}, image.Point{}, fmt.Errorf("%w: expected 10 bytes of VP8X, found %d", ErrCorrupt, len(c.body))
			}
			extended, animated = true, c.body[0]&flagAnimation != 0
			canvas.Max = image.Pt(uint24(c.body[4:])+1, uint24(c.body[7:])+1)
		case "VP8 ", "VP8L":
			if animated {
				return nil, image.Rectangle{}, image.Point{}, fmt.Errorf("%w: expected an animation, found a still picture", ErrCorrupt)
			}
			width, height, err := bitstreamSize(c)
			if err != nil {
				return nil, image.Rectangle{}, image.Point{}, err
			}
			if size := image.Pt(width, height); extended && size != canvas.Max {
				return nil, image.Rectangle{}, image.Point{}, fmt.Errorf("%w: expected a picture of %v like its canvas, found %v", ErrCorrupt, canvas.Max, size)
			}
			return data, image.Rect(0, 0, width, height), image.Point{}, nil
		case "ANMF":
			if !animated {
				break // decoders pass it, too
			}
			still, at, err := wrapFrame(c.body, canvas)
			if err != nil {
				return nil, image.Rectangle{}, image.Point{}, fmt.Errorf("first frame: %w", err)
			}
			return still, canvas, at, nil
		}
	}
	return nil, image.Rectangle{}, image.Point{}, fmt.Errorf("%w: the data ends before the first picture", ErrCorrupt)
}

// wrapFrame makes a file of an ANMF chunk.
func wrapFrame(anmf []byte, canvas image.Rectangle) (still []byte, at image.Point, err error) {
	if len(anmf) < frameHeader {
		return nil, image.Point{}, fmt.Errorf("%w: expected %d bytes of ANMF, found %d", ErrCorrupt, frameHeader, len(anmf))
	}
	at = image.Pt(2*uint24(anmf), 2*uint24(anmf[3:]))
	size := image.Pt(uint24(anmf[6:])+1, uint24(anmf[9:])+1)
	if frame := (image.Rectangle{Max: size}).Add(at); !frame.In(canvas) {
		return nil, image.Point{}, fmt.Errorf("%w: expected a frame inside %v, found %v", ErrCorrupt, canvas, frame)
	}
	var alpha []byte
	for c := range chunks(anmf[frameHeader:]) {
		switch c.name {
		case "ALPH":
			alpha = c.body
		case "VP8 ", "VP8L":
			width, height, err := bitstreamSize(c)
			if err != nil {
				return nil, image.Point{}, err
			}
			if found := image.Pt(width, height); found != size {
				return nil, image.Point{}, fmt.Errorf("%w: expected a bitstream of %v like its frame, found %v", ErrCorrupt, size, found)
			}
			if c.name == "VP8L" {
				alpha = nil // a lossless bitstream has its own
			}
			return wrap(c, alpha, size), at, nil
		}
	}
	return nil, image.Point{}, fmt.Errorf("%w: the frame ends before its bitstream", ErrCorrupt)
}

// wrap makes a file of a bitstream and, unless nil, the body of its alpha channel.
func wrap(bitstream chunk, alpha []byte, size image.Point) []byte {
	out := make([]byte, 0, fileHeader+3*8+10+len(alpha)+len(bitstream.body)+2)
	out = append(out, "RIFF\x00\x00\x00\x00WEBP"...)
	if alpha != nil {
		header := append(make([]byte, 0, 10), flagAlpha, 0, 0, 0)
		header = appendUint24(header, size.X-1)
		header = appendUint24(header, size.Y-1)
		out = appendChunk(out, "VP8X", header)
		out = appendChunk(out, "ALPH", alpha)
	}
	out = appendChunk(out, bitstream.name, bitstream.body)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}
