package renderer

import (
	"bytes"
	"image"
	"image/png"
	"sync"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/palette"
)

// Ads in true colours are mostly photo, on which the default level takes three to five times as long for a tenth of the
// bytes. Flat pictures are small and become a third smaller, in milliseconds.
const (
	trueColourLevel = png.BestSpeed
	paletteLevel    = png.DefaultCompression
)

// pngs writes PNG, with memory that it uses again. The zero value is ready.
type pngs struct {
	files   sync.Pool // *bytes.Buffer
	buffers sync.Pool // *png.EncoderBuffer
}

// encode writes a PNG with a palette where img has few colours, else of RGB or RGBA.
func (p *pngs) encode(img *image.RGBA, m *memory) ([]byte, error) {
	scratch := m.picture(img.Rect)
	defer m.back(scratch)
	var stored image.Image = img
	level := trueColourLevel
	if indexed := palette.Of(img, scratch.Pix); indexed != nil {
		stored, level = indexed, paletteLevel
	} else if !blend.Opaque(img) {
		stored = palette.Straight(img, scratch.Pix)
	}
	file, ok := p.files.Get().(*bytes.Buffer)
	if !ok {
		file = new(bytes.Buffer)
	}
	defer p.files.Put(file)
	file.Reset()
	encoder := png.Encoder{CompressionLevel: level, BufferPool: (*pngBuffers)(&p.buffers)}
	if err := encoder.Encode(file, stored); err != nil {
		return nil, err
	}
	return bytes.Clone(file.Bytes()), nil
}

// pngBuffers is a pool as png.Encoder wants it.
type pngBuffers sync.Pool

// Get implements png.EncoderBufferPool: nil makes the encoder take a new one.
func (b *pngBuffers) Get() *png.EncoderBuffer {
	buffer, _ := (*sync.Pool)(b).Get().(*png.EncoderBuffer)
	return buffer
}

// Put implements png.EncoderBufferPool.
func (b *pngBuffers) Put(buffer *png.EncoderBuffer) { (*sync.Pool)(b).Put(buffer) }
