package renderer

import (
	"image"

	"github.com/adloom/adloom/renderer/blend"
)

// ground fills a canvas with what lies below all that changes, but for what is
// hidden.
func (d *Design) ground(canvas *image.RGBA, hidden image.Rectangle) {
	for _, area := range rest(canvas.Rect, hidden) {
		switch {
		case d.base != nil:
			blend.Copy(part(canvas, area), d.base)
		case d.rows != nil:
			for y := area.Min.Y; y < area.Max.Y; y++ {
				repeat(canvas.Pix[canvas.PixOffset(area.Min.X, y):][:4*area.Dx()], d.rows[y])
			}
		default:
			whole := box{0, 0, float64(d.Template.Width), float64(d.Template.Height)}
			fill(part(canvas, area), whole, d.Template.Background)
		}
	}
}
