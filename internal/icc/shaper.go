package icc

import (
	"fmt"
	"math"
)

// shaper is an RGB profile made of three tone curves and a matrix.
type shaper struct {
	// light[i] is the light of primary i in linear sRGB, by its level, with lightBits and fraction bits behind the
	// point: the curve and the matrix in one.
	light  [3][256][3]int32
	levels *levels
}

// fraction is the precision of sums of light, beyond that of their table.
const fraction = 10

// maxLight bounds the primaries of a profile in linear sRGB. ProPhoto, the widest in use, reaches 2.1.
const maxLight = 16

// curves reads the tone curves of a matrix profile.
func (p *Profile) curves() ([3]curve, error) {
	var out [3]curve
	for i, name := range []string{"rTRC", "gTRC", "bTRC"} {
		body, ok := p.tags[name]
		if !ok {
			return out, fmt.Errorf("%w: expected a tag %s, found none", ErrUnsupported, name)
		}
		c, _, err := parseCurve(body)
		if err != nil {
			return out, fmt.Errorf("tag %s: %w", name, err)
		}
		out[i] = c
	}
	return out, nil
}

// primaries gives the red, green and blue of a matrix profile in linear sRGB.
func (p *Profile) primaries() ([3]vector, error) {
	var out [3]vector
	if p.lab {
		return out, fmt.Errorf("%w: expected a matrix to lead to XYZ, found Lab", ErrUnsupported)
	}
	toLinear, luminance := toLinear(), 0.0
	for i, name := range []string{"rXYZ", "gXYZ", "bXYZ"} {
		body, err := p.tag(name, "XYZ ")
		if err != nil {
			return out, err
		}
		if len(body) < 12 {
			return out, fmt.Errorf("%w: tag %s: expected 12 bytes, found %d", ErrCorrupt, name, len(body))
		}
		xyz := vector{fixed(body), fixed(body[4:]), fixed(body[8:])}
		luminance += xyz[1]
		out[i] = toLinear.apply(xyz)
		for _, light := range out[i] {
			if math.Abs(light) > maxLight {
				return out, fmt.Errorf("%w: tag %s: expected a primary colour, found %v", ErrCorrupt, name, xyz)
			}
		}
	}
	if luminance < 0.5 || luminance > 1.5 {
		return out, fmt.Errorf("%w: expected a white of luminance 1, found %g", ErrCorrupt, luminance)
	}
	return out, nil
}

func newShaper(p *Profile) (*shaper, error) {
	primaries, err := p.primaries()
	if err != nil {
		return nil, err
	}
	curves, err := p.curves()
	if err != nil {
		return nil, err
	}
	s := &shaper{levels: newLevels()}
	for i, curve := range curves {
		for level := range 256 {
			light := curve(float64(level)/255) * (1 << (lightBits + fraction))
			for c, share := range primaries[i] {
				s.light[i][level][c] = int32(math.Round(share * light))
			}
		}
	}
	return s, nil
}

// run turns RGBA into sRGB in place.
func (s *shaper) run(pix []byte) {
	const half, top = 1 << (fraction - 1), 1 << lightBits
	level := func(light int32) byte { return s.levels[min(max((light+half)>>fraction, 0), top)] }
	for ; len(pix) >= 4; pix = pix[4:] {
		r, g, b := &s.light[0][pix[0]], &s.light[1][pix[1]], &s.light[2][pix[2]]
		pix[0] = level(r[0] + g[0] + b[0])
		pix[1] = level(r[1] + g[1] + b[1])
		pix[2] = level(r[2] + g[2] + b[2])
	}
}

// IsSRGB reports whether the profile says nothing but sRGB, so that there is nothing to do. It takes a few
// microseconds. Gray with the tone curve of sRGB counts, too.
func (p *Profile) IsSRGB() bool {
	if _, lut := p.lutTag(); lut != nil {
		return false
	}
	if p.space == Gray {
		c, err := p.grayCurve()
		return err == nil && !p.lab && isSRGBCurve(c)
	}
	if p.space != RGB {
		return false
	}
	// Off by a thousandth of light, black is off by 3 levels, and what is not next to black by none. Profiles
	// called sRGB differ by half of that.
	const tolerance = 1.0 / 1024
	primaries, err := p.primaries()
	if err != nil {
		return false
	}
	for i, primary := range primaries {
		for c, light := range primary {
			if c == i {
				light--
			}
			if math.Abs(light) > tolerance {
				return false
			}
		}
	}
	curves, err := p.curves()
	return err == nil && isSRGBCurve(curves[0]) && isSRGBCurve(curves[1]) && isSRGBCurve(curves[2])
}

// isSRGBCurve reports whether a curve is within a level of that of sRGB.
func isSRGBCurve(c curve) bool {
	const steps = 16
	for i := range steps + 1 {
		x := float64(i) / steps
		if math.Abs(encode(c(x))-x) > 1.0/255 {
			return false
		}
	}
	return true
}
