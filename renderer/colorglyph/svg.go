package colorglyph

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"

	"github.com/adloom/adloom/renderer/svg"
)

// Where a drawing may have ink, in ems about the origin, y down, and how finely that is looked at first.
const (
	drawnFrom  = -2.5 // up, and to the left
	drawnTo    = 2.5  // down, and to the right
	sketchSide = 160  // pixels
)

// drawing draws a glyph of the table SVG.
func (d *Drawer) drawing(face *font.Face, glyph font.GID, size float64, foreground color.NRGBA) (*image.RGBA, bool) {
	data, ok := source(face.Font, glyph)
	if !ok {
		return nil, false
	}
	content, err := readGlyph(data, fmt.Sprintf("glyph%d", glyph), palette(face.Font))
	if err != nil {
		return nil, false
	}
	em := float64(face.Upem())
	frame := func(x, y, w, h float64) string {
		var b strings.Builder
		fmt.Fprintf(&b, `<svg xmlns="%s" viewBox="%v %v %v %v" preserveAspectRatio="none" color="%s">`, svgSpace,
			float64(x*em), float64(y*em), float64(w*em), float64(h*em), hex(foreground))
		content.write(&b, em)
		b.WriteString("</svg>")
		return b.String()
	}
	// The whole neighbourhood is drawn small, to learn where ink is; then that, as wanted.
	const side = drawnTo - drawnFrom
	sketch, err := svg.Parse([]byte(frame(drawnFrom, drawnFrom, side, side)), svg.Limits{})
	if err != nil {
		return nil, false
	}
	seen := inked(sketch.Draw(sketchSide, sketchSide))
	if seen.Empty() {
		return &image.RGBA{}, true
	}
	seen = seen.Inset(-1)
	low := func(v int) int { return int(math.Floor(float64((drawnFrom + float64(v)*side/sketchSide) * size))) }
	high := func(v int) int { return int(math.Ceil(float64((drawnFrom + float64(v)*side/sketchSide) * size))) }
	area := image.Rect(low(seen.Min.X), low(seen.Min.Y), high(seen.Max.X), high(seen.Max.Y))
	if !drawable(area, size) {
		return nil, false
	}
	drawing, err := svg.Parse([]byte(frame(float64(area.Min.X)/size, float64(area.Min.Y)/size,
		float64(area.Dx())/size, float64(area.Dy())/size)), svg.Limits{})
	if err != nil || drawing.Cost(area.Dx(), area.Dy()) > mostWork(size) {
		return nil, false
	}
	img := drawing.Draw(area.Dx(), area.Dy())
	img.Rect = area
	return img, true
}

// inked is the smallest rectangle around all pixels that are not wholly transparent.
func inked(img *image.RGBA) image.Rectangle {
	seen := image.Rectangle{}
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride:]
		for x := range img.Rect.Dx() {
			if row[4*x+3] != 0 {
				seen = seen.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return seen
}

// palette is the font's first palette.
func palette(f *font.Font) []tables.ColorRecord {
	if len(f.CPAL) == 0 {
		return nil
	}
	return f.CPAL[0]
}

// hex is a colour as CSS writes it.
func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x%02x", c.R, c.G, c.B, c.A) }
