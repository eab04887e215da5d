package icc

import (
	"fmt"
	"math"
)

// gray is a profile for gray made of one tone curve: the level in sRGB by the level in the picture.
type gray [256]byte

// grayCurve reads the tone curve of a gray profile.
func (p *Profile) grayCurve() (curve, error) {
	body, ok := p.tags["kTRC"]
	if !ok {
		return nil, fmt.Errorf("%w: expected a tag kTRC, found none", ErrUnsupported)
	}
	c, _, err := parseCurve(body)
	if err != nil {
		return nil, fmt.Errorf("tag kTRC: %w", err)
	}
	return c, nil
}

func newGray(p *Profile) (*gray, error) {
	c, err := p.grayCurve()
	if err != nil {
		return nil, err
	}
	out := new(gray)
	for level := range out {
		light := c(float64(level) / 255)
		if p.lab { // then the curve gives lightness
			light = fromLab(vector{100 * light})[1]
		}
		out[level] = byte(math.Round(255 * unit(encode(light))))
	}
	return out, nil
}

// run turns gray that is spread over RGBA into sRGB in place.
func (g *gray) run(pix []byte) {
	for ; len(pix) >= 4; pix = pix[4:] {
		pix[0], pix[1], pix[2] = g[pix[0]], g[pix[1]], g[pix[2]]
	}
}
