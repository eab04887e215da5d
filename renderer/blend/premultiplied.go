package blend

import "image/color"

// Premultiplied rounds to the nearest, which color.RGBAModel does not.
func Premultiplied(c color.NRGBA) color.RGBA {
	by := func(v uint8) uint8 { return uint8((uint32(v)*uint32(c.A) + 127) / 255) }
	return color.RGBA{by(c.R), by(c.G), by(c.B), c.A}
}
