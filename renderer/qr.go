package renderer

import (
	"fmt"
	"image"
	"math"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/templates"
)

// code settles a QR code, so that a text that is too long is known before anything
// is painted.
func (d *Design) code(l *templates.QR, text string) (Node, error) {
	modules, err := encodeQR(text, l.Level)
	if err != nil {
		return nil, &templates.FieldError{Field: l.ID, Expected: "a text that fits a QR code", Found: text}
	}
	side := modules.Bounds().Dx() + 2*l.Margin
	if most := int(min(l.Width, l.Height)); side > most {
		return nil, &templates.FieldError{Field: l.ID, Expected: fmt.Sprintf("a text whose QR code fits %d pixels (it has %d modules)", most, side), Found: text}
	}
	return &Code{QR: l, Text: text}, nil
}

func encodeQR(text string, level templates.QRLevel) (barcode.Barcode, error) {
	levels := map[templates.QRLevel]qr.ErrorCorrectionLevel{
		templates.QRLow: qr.L, templates.QRMedium: qr.M, templates.QRQuartile: qr.Q, templates.QRHigh: qr.H,
	}
	return qr.Encode(text, levels[level], qr.Auto)
}

// code draws modules of whole pixels in the middle of the box, so that their edges
// are sharp.
func (p *painter) code(dst *image.RGBA, n *Code) error {
	modules, err := encodeQR(n.Text, n.Level)
	if err != nil {
		return err
	}
	frame, count := n.frame(), modules.Bounds().Dx()
	pixel := math.Floor(min(frame.w, frame.h) / float64(count+2*n.Margin))
	side := pixel * float64(count)
	x, y := int(math.Round(frame.x+(frame.w-side)/2)), int(math.Round(frame.y+(frame.h-side)/2))
	size := int(pixel)
	quiet := n.Margin * size
	tile := image.NewAlpha(image.Rect(x-quiet, y-quiet, x+count*size+quiet, y+count*size+quiet).Intersect(dst.Rect))
	for i := range tile.Pix {
		tile.Pix[i] = 255
	}
	blend.Tint(dst, tile, blend.Premultiplied(n.Background))
	clear(tile.Pix)
	for my := range count {
		for mx := range count {
			if r, _, _, _ := modules.At(mx, my).RGBA(); r != 0 {
				continue
			}
			module := image.Rect(x+mx*size, y+my*size, x+(mx+1)*size, y+(my+1)*size).Intersect(tile.Rect)
			for py := module.Min.Y; py < module.Max.Y; py++ {
				row := tile.Pix[tile.PixOffset(module.Min.X, py):][:module.Dx()]
				for i := range row {
					row[i] = 255
				}
			}
		}
	}
	blend.Tint(dst, tile, blend.Premultiplied(n.QR.Color))
	return nil
}
