package colorglyph

import (
	"image"
	"image/color"

	"github.com/go-text/typesetting/font"

	"github.com/adloom/adloom/renderer/path"
	"github.com/adloom/adloom/renderer/resample"
)

// What is drawn at all. Sizes are those that texts may have.
const (
	smallest = 1.0 / 64 // pixels per em
	largest  = 4096.0
	maxSide  = 8192
	maxArea  = 16 << 20 // pixels of a picture
)

// Drawer draws glyphs and keeps its buffers between them. The zero value is ready; it serves one goroutine at a time.
type Drawer struct {
	raster  path.Rasterizer
	cover   []uint8
	strikes *font.Face // of the last font with bitmaps, set to the size that they are chosen for
	plan    *resample.Plan
	scratch resample.Scratch
}

// Draw paints the colour form of a glyph at a size in pixels per em. The picture is premultiplied, and its Rect is
// relative to the glyph's origin on the baseline, y down; it may be empty, as of a space. It is false if the font has
// no colour form of the glyph, or none that can be drawn.
//
// The foreground stands for the colour of the text, which the font may refer to. A shift from 0 to below 1 moves a
// bitmap to the right by a part of a pixel; other forms lie on whole pixels.
func (d *Drawer) Draw(face *font.Face, glyph font.GID, size, shift float64, foreground color.NRGBA) (*image.RGBA, bool) {
	if !(size >= smallest && size <= largest && shift >= 0 && shift < 1) || face.Upem() == 0 || glyph > 0xFFFF {
		return nil, false
	}
	if img, ok := d.paints(face, glyph, size, foreground); ok {
		return img, true
	}
	if img, ok := d.drawing(face, glyph, size, foreground); ok {
		return img, true
	}
	return d.bitmap(face.Font, glyph, size, shift)
}

// drawable tells whether a picture of this area is made of a glyph of a size: not if it covers more than 64 squares of
// an em.
func drawable(area image.Rectangle, size float64) bool {
	pixels := area.Dx() * area.Dy()
	return area.Dx() <= maxSide && area.Dy() <= maxSide && pixels <= maxArea && float64(pixels) <= float64(64*size*size)+1024
}
