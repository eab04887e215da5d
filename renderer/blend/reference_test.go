package blend_test

import (
	"math"

	"github.com/adloom/adloom/renderer/blend"
)

// The reference is W3C Compositing and Blending Level 1 in floating point: section 10.1 and 10.2 for the modes,
// section 5 for the alphas. Channels go from 0 to 1 and colours are not premultiplied, unless a name says otherwise.

type colour [3]float64

// referenceBlend is the exact result for premultiplied pixels, from 0 to 255.
func referenceBlend(m blend.Mode, below, above [4]uint8, opacity uint8) (out [4]float64) {
	cb, ab := straight(below)
	cs, as := straight(above)
	as *= float64(opacity) / 255
	mixed := referenceMix(m, cb, cs)
	for i := range mixed {
		out[i] = 255 * (cs[i]*as*(1-ab) + cb[i]*ab*(1-as) + as*ab*mixed[i])
	}
	out[3] = 255 * (as + ab - as*ab)
	return out
}

func straight(px [4]uint8) (c colour, alpha float64) {
	for i := range c {
		if px[3] > 0 {
			c[i] = min(float64(px[i])/float64(px[3]), 1)
		}
	}
	return c, float64(px[3]) / 255
}

func referenceMix(m blend.Mode, cb, cs colour) (out colour) {
	switch m {
	case blend.Hue:
		return setLum(setSat(cs, sat(cb)), lum(cb))
	case blend.Saturation:
		return setLum(setSat(cb, sat(cs)), lum(cb))
	case blend.Color:
		return setLum(cs, lum(cb))
	case blend.Luminosity:
		return setLum(cb, lum(cs))
	}
	for i := range out {
		out[i] = referenceChannel(m, cb[i], cs[i])
	}
	return out
}

func referenceChannel(m blend.Mode, cb, cs float64) float64 {
	switch m {
	case blend.Multiply:
		return cb * cs
	case blend.Screen:
		return cb + cs - cb*cs
	case blend.Overlay:
		return referenceChannel(blend.HardLight, cs, cb)
	case blend.Darken:
		return min(cb, cs)
	case blend.Lighten:
		return max(cb, cs)
	case blend.ColorDodge:
		switch {
		case cb == 0:
			return 0
		case cs == 1:
			return 1
		}
		return min(1, cb/(1-cs))
	case blend.ColorBurn:
		switch {
		case cb == 1:
			return 1
		case cs == 0:
			return 0
		}
		return 1 - min(1, (1-cb)/cs)
	case blend.HardLight:
		if cs <= 0.5 {
			return referenceChannel(blend.Multiply, cb, 2*cs)
		}
		return referenceChannel(blend.Screen, cb, 2*cs-1)
	case blend.SoftLight:
		if cs <= 0.5 {
			return cb - (1-2*cs)*cb*(1-cb)
		}
		d := math.Sqrt(cb)
		if cb <= 0.25 {
			d = ((16*cb-12)*cb + 4) * cb
		}
		return cb + (2*cs-1)*(d-cb)
	case blend.Difference:
		return math.Abs(cb - cs)
	case blend.Exclusion:
		return cb + cs - 2*cb*cs
	}
	return cs
}

func lum(c colour) float64 { return 0.3*c[0] + 0.59*c[1] + 0.11*c[2] }

func sat(c colour) float64 { return max(c[0], c[1], c[2]) - min(c[0], c[1], c[2]) }

func setSat(c colour, s float64) colour {
	least, spread := min(c[0], c[1], c[2]), sat(c)
	for i := range c {
		if spread > 0 {
			c[i] = (c[i] - least) * s / spread
		} else {
			c[i] = 0
		}
	}
	return c
}

func setLum(c colour, l float64) colour {
	d := l - lum(c)
	for i := range c {
		c[i] += d
	}
	l = lum(c)
	n, x := min(c[0], c[1], c[2]), max(c[0], c[1], c[2])
	for i := range c {
		if n < 0 {
			c[i] = l + (c[i]-l)*l/(l-n)
		}
		if x > 1 {
			c[i] = l + (c[i]-l)*(1-l)/(x-l)
		}
	}
	return c
}
