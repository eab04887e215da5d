package colorglyph

import (
	"image"

	"github.com/go-text/typesetting/font/opentype/tables"

	"github.com/adloom/adloom/renderer/blend"
)

// compose lays the composite of n over dst.
func (d *Drawer) compose(n *node, dst *image.RGBA, area image.Rectangle) {
	backdrop, source := image.NewRGBA(area), image.NewRGBA(area)
	d.draw(n.backdrop, backdrop)
	d.draw(n.source, source)
	if mode, ok := blendModes(n.mode); ok {
		blend.Blend(backdrop, source, mode, 255)
	} else {
		porterDuff(backdrop, source, n.mode)
	}
	blend.Over(dst, backdrop)
}

// blendModes names the modes that mix colours.
func blendModes(m tables.CompositeMode) (blend.Mode, bool) {
	modes := [...]blend.Mode{
		blend.Screen, blend.Overlay, blend.Darken, blend.Lighten, blend.ColorDodge, blend.ColorBurn, blend.HardLight,
		blend.SoftLight, blend.Difference, blend.Exclusion, blend.Multiply, blend.Hue, blend.Saturation, blend.Color,
		blend.Luminosity,
	}
	if m < tables.CompositeScreen || int(m-tables.CompositeScreen) >= len(modes) {
		return "", false
	}
	return modes[m-tables.CompositeScreen], true
}

// porterDuff puts the composite of a source on dst, which has the same Rect, into dst: s·fs + d·fd, with the factors
// of W3C Compositing and Blending Level 1, section 9.1.
func porterDuff(dst, source *image.RGBA, m tables.CompositeMode) {
	for i := 0; i+4 <= len(dst.Pix); i += 4 {
		d, s := (*[4]uint8)(dst.Pix[i:]), (*[4]uint8)(source.Pix[i:])
		fs, fd := factors(m, uint32(s[3]), uint32(d[3]))
		for c := range d {
			d[c] = uint8(min(255, (uint32(s[c])*fs+uint32(d[c])*fd+127)/255))
		}
	}
}

// factors are what is kept of source and destination with the alphas sa and da, 255 for all. A mode that there is not
// is that of source-over.
func factors(m tables.CompositeMode, sa, da uint32) (fs, fd uint32) {
	switch m {
	case tables.CompositeClear:
		return 0, 0
	case tables.CompositeSrc:
		return 255, 0
	case tables.CompositeDest:
		return 0, 255
	case tables.CompositeDestOver:
		return 255 - da, 255
	case tables.CompositeSrcIn:
		return da, 0
	case tables.CompositeDestIn:
		return 0, sa
	case tables.CompositeSrcOut:
		return 255 - da, 0
	case tables.CompositeDestOut:
		return 0, 255 - sa
	case tables.CompositeSrcAtop:
		return da, 255 - sa
	case tables.CompositeDestAtop:
		return 255 - da, sa
	case tables.CompositeXor:
		return 255 - da, 255 - sa
	case tables.CompositePlus:
		return 255, 255
	}
	return 255, 255 - sa
}
