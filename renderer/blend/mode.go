package blend

import (
	"image"
	"slices"
)

// Mode is how the colours of a source and of what is below it mix where both are. The names are those of the CSS
// property mix-blend-mode; the formulas are those of W3C Compositing and Blending Level 1, sections 10.1 and 10.2.
type Mode string

// The separable modes compute each channel by itself, the last four compute all three together.
const (
	Normal     Mode = "normal"
	Multiply   Mode = "multiply"
	Screen     Mode = "screen"
	Overlay    Mode = "overlay"
	Darken     Mode = "darken"
	Lighten    Mode = "lighten"
	ColorDodge Mode = "color-dodge"
	ColorBurn  Mode = "color-burn"
	HardLight  Mode = "hard-light"
	SoftLight  Mode = "soft-light"
	Difference Mode = "difference"
	Exclusion  Mode = "exclusion"
	Hue        Mode = "hue"
	Saturation Mode = "saturation"
	Color      Mode = "color"
	Luminosity Mode = "luminosity"
)

// Modes returns all modes in the order of the specification.
func Modes() []Mode {
	return []Mode{Normal, Multiply, Screen, Overlay, Darken, Lighten, ColorDodge, ColorBurn, HardLight, SoftLight,
		Difference, Exclusion, Hue, Saturation, Color, Luminosity}
}

// Valid reports whether m is one of Modes.
func (m Mode) Valid() bool { return slices.Contains(Modes(), m) }

// chunk is how many bytes of a row are blended before they are faded: they stay in the first cache.
const chunk = 2048

// Blend lays src over dst in mode m, at an opacity from 0, which leaves dst as it is, to 255. A mode that is not
// Valid is drawn as Normal. With an opacity below 255 the blended colour is rounded before it is faded.
func Blend(dst, src *image.RGBA, m Mode, opacity uint8) {
	f := m.formula()
	if f == over {
		OverFaded(dst, src, opacity)
		return
	}
	if opacity == 0 {
		return
	}
	r := dst.Rect.Intersect(src.Rect)
	var blended [chunk]uint8
	for y := r.Min.Y; y < r.Max.Y; y++ {
		below, above := row(dst, y, r.Min.X, r.Max.X), row(src, y, r.Min.X, r.Max.X)
		if opacity == 255 {
			f.blend(below, below, above)
			continue
		}
		for len(below) > 0 {
			n := min(len(below), chunk)
			f.blend(blended[:n], below[:n], above[:n])
			crossfadeRow(below[:n], blended[:n], opacity)
			below, above = below[n:], above[n:]
		}
	}
}
