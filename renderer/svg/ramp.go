package svg

import (
	"fmt"
	"image/color"
	"math"
)

// rampSize is the number of colours of a gradient.
const rampSize = 1024

// ramp holds the premultiplied colours along a gradient.
type ramp struct {
	colours [rampSize][4]uint8
	count   int         // of stops
	last    color.NRGBA // stop
}

type stop struct {
	at     float64
	colour [4]float64 // red, green, blue and alpha, not premultiplied, 0 to 255
}

// ramp returns the colours of the stops in e.
func (b *builder) ramp(e *element) (*ramp, error) {
	if r := b.stops[e]; r != nil {
		return r, nil
	}
	from, err := b.inherited(e)
	if err != nil {
		return nil, err
	}
	var stops []stop
	r := &ramp{}
	for _, c := range e.children {
		if c.name != "stop" {
			return nil, e.wrong("stops inside", "<"+c.name+">")
		}
		s, colour, err := b.stop(c, from)
		if err != nil {
			return nil, err
		}
		if n := len(stops); n > 0 {
			s.at = max(s.at, stops[n-1].at)
		}
		stops = append(stops, s)
		r.last = colour
	}
	r.count = len(stops)
	if err := b.charge(e, rampSize+float64(r.count), 0); err != nil {
		return nil, err
	}
	if r.count > 1 {
		r.fill(stops)
	}
	b.stops[e] = r
	return r, nil
}

func (b *builder) stop(e *element, from inherited) (stop, color.NRGBA, error) {
	s, err := b.cascade.style(e, from, b.view)
	if err != nil {
		return stop{}, color.NRGBA{}, err
	}
	at := 0.0
	if text := e.attr("offset"); text != "" {
		if at, err = fraction(text); err != nil {
			return stop{}, color.NRGBA{}, fmt.Errorf("read svg: line %d: <stop>: offset: %w", e.line, err)
		}
	}
	c := s.stopColour.colour
	switch s.stopColour.kind {
	case solidPaint:
	case currentPaint:
		c = s.colour
	default:
		return stop{}, c, e.wrong("a colour of the stop", "another paint")
	}
	alpha := float64(float64(c.A) * s.stopOpacity)
	c.A = uint8(math.Floor(alpha + 0.5))
	return stop{at, [4]float64{float64(c.R), float64(c.G), float64(c.B), alpha}}, c, nil
}

// fill computes the colours; between stops they are mixed before they are premultiplied (SVG 2, section 14.2.4).
func (r *ramp) fill(stops []stop) {
	next := 0
	for i := range r.colours {
		t := float64(i) / (rampSize - 1)
		for next < len(stops) && stops[next].at <= t {
			next++
		}
		a, b := stops[max(0, next-1)], stops[min(next, len(stops)-1)]
		k := 0.0
		if b.at > a.at {
			k = (t - a.at) / (b.at - a.at)
		}
		var mixed [4]float64
		for j := range mixed {
			mixed[j] = a.colour[j] + float64(k*(b.colour[j]-a.colour[j]))
		}
		for j := range 3 {
			r.colours[i][j] = uint8(math.Floor(float64(mixed[j]*mixed[3])/255 + 0.5))
		}
		r.colours[i][3] = uint8(math.Floor(mixed[3] + 0.5))
	}
}
