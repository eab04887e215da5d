package colorglyph

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	"github.com/go-text/typesetting/font"

	"github.com/adloom/adloom/internal/fastpng"
)

// maxBitmap is the longest side of a bitmap that is unpacked, in pixels.
const maxBitmap = 1024

// bitmap draws a glyph of the tables CBDT or sbix.
func (d *Drawer) bitmap(f *font.Font, glyph font.GID, size, shift float64) (*image.RGBA, bool) {
	if len(f.BitmapSizes()) == 0 {
		return nil, false
	}
	strike := d.strike(f, size)
	b, ok := strike.GlyphDataBitmap(glyph)
	if !ok || b.Width <= 0 || b.Height <= 0 {
		return nil, false
	}
	box, ok := strike.GlyphExtents(glyph)
	if !ok {
		return nil, false
	}
	left, top := float64(box.XBearing), float64(box.YBearing)
	if rows(f, "sbix") > 0 && b.Outline != nil {
		x, y := corner(b.Outline)
		left, top = left+x, top+y
	}
	img, ok := unpack(b.Data, b.Format)
	if !ok {
		return nil, false
	}
	scale := size / float64(f.Upem())
	return d.place(img, placement{
		size: size, x: float64(left*scale) + shift, y: float64(-top * scale),
		across: float64(float64(box.Width)*scale) / float64(b.Width), down: float64(-float64(box.Height)*scale) / float64(b.Height),
	})
}

// strike is a face of f that is set to choose bitmaps for a size. The caller's face is left as it is, as its shaper
// sees the size too.
func (d *Drawer) strike(f *font.Font, size float64) *font.Face {
	if d.strikes == nil || d.strikes.Font != f {
		d.strikes = font.NewFace(f)
	}
	ppem := uint16(size)
	if float64(ppem) < size {
		ppem++
	}
	if x, _ := d.strikes.Ppem(); x != ppem {
		d.strikes.SetPpem(ppem, ppem)
	}
	return d.strikes
}

// corner is the lower left corner of an outline, from which the bitmaps of sbix count, in units of the font.
func corner(outline *font.GlyphOutline) (x, y float64) {
	for i, s := range outline.Segments {
		for j, q := range s.ArgsSlice() {
			if i+j == 0 {
				x, y = float64(q.X), float64(q.Y)
			}
			x, y = min(x, float64(q.X)), min(y, float64(q.Y))
		}
	}
	return x, y
}

// unpack reads the pixels of a bitmap.
func unpack(data []byte, format font.BitmapFormat) (*image.RGBA, bool) {
	switch format {
	case font.PNG:
		const header = 24 // bytes up to the width and height
		if len(data) < header {
			return nil, false
		}
		if w, h := binary.BigEndian.Uint32(data[16:]), binary.BigEndian.Uint32(data[20:]); w > maxBitmap || h > maxBitmap {
			return nil, false
		}
		img, _, err := fastpng.Decode(data, nil)
		return img, err == nil
	case font.JPG:
		head, err := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil || head.Width > maxBitmap || head.Height > maxBitmap {
			return nil, false
		}
		photo, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil || photo.ColorModel() == color.CMYKModel {
			return nil, false
		}
		img := image.NewRGBA(image.Rectangle{Max: photo.Bounds().Size()})
		draw.Draw(img, img.Rect, photo, photo.Bounds().Min, draw.Src)
		return img, true
	}
	return nil, false
}
