package colorglyph

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-text/typesetting/font/opentype/tables"
)

// stop is a colour at a place of a gradient.
type stop struct {
	at     float64
	colour [4]float64 // premultiplied, 0 to 255
}

// stop reads a stop of a colour line.
func (b *builder) stop(s tables.ColorStop, d deltas) stop {
	if b.stops++; b.stops > maxStops {
		b.broken = true
	}
	c := b.colour(s.PaletteIndex, 1)
	alpha := float64(float64(c.A) * max(0, min(f2dot14(s.Alpha, d(1)), 1)))
	out := stop{at: f2dot14(s.StopOffset, d(0)), colour: [4]float64{3: alpha}}
	for i, v := range [3]uint8{c.R, c.G, c.B} {
		out.colour[i] = float64(float64(v)*alpha) / 255
	}
	return out
}

func (b *builder) line(l tables.ColorLine) line {
	out := line{extend: l.Extend}
	for _, s := range l.ColorStops[:min(len(l.ColorStops), maxStops)] {
		out.stops = append(out.stops, b.stop(s, still))
	}
	return out.sorted()
}

func (b *builder) varLine(l tables.VarColorLine) line {
	out := line{extend: l.Extend}
	for _, s := range l.ColorStops[:min(len(l.ColorStops), maxStops)] {
		fixed := tables.ColorStop{StopOffset: s.StopOffset, PaletteIndex: s.PaletteIndex, Alpha: s.Alpha}
		out.stops = append(out.stops, b.stop(fixed, b.variation.at(s.VarIndexBase)))
	}
	return out.sorted()
}

// line is the colours along a gradient.
type line struct {
	extend      tables.Extend
	stops       []stop // in order
	first, span float64
}

func (l line) sorted() line {
	slices.SortStableFunc(l.stops, func(a, b stop) int { return cmp.Compare(a.at, b.at) })
	if n := len(l.stops); n > 0 {
		l.first = l.stops[0].at
		l.span = l.stops[n-1].at - l.first
	}
	return l
}

// plain is the ink of a line that has one colour everywhere, or none: a single stop, or stops at one place that are to
// be repeated, which mean nothing.
func (l line) plain() (k ink, ok bool) {
	switch {
	case len(l.stops) == 0, l.span == 0 && len(l.stops) > 1 && l.extend != tables.ExtendPad:
		return ink{}, true
	case len(l.stops) == 1:
		return ink{gradient: &gradient{line: l}}, true
	}
	return ink{}, false
}

// colour is the colour at a place. Between stops, premultiplied colours are mixed.
func (l *line) colour(t float64) [4]uint8 {
	if l.span > 0 && l.extend != tables.ExtendPad {
		u := (t - l.first) / l.span
		if l.extend == tables.ExtendReflect {
			u = math.Abs(u - float64(2*math.Floor(u/2+0.5)))
		} else {
			u -= math.Floor(u)
		}
		t = l.first + float64(u*l.span)
	}
	next := l.after(t)
	if next == 0 {
		return rounded(&l.stops[0].colour)
	}
	if next == len(l.stops) {
		return rounded(&l.stops[next-1].colour)
	}
	a, b := &l.stops[next-1], &l.stops[next]
	k := (t - a.at) / (b.at - a.at)
	var mixed [4]float64
	for i := range mixed {
		mixed[i] = a.colour[i] + float64(k*(b.colour[i]-a.colour[i]))
	}
	return rounded(&mixed)
}

// after is the first stop that lies behind t.
func (l *line) after(t float64) int {
	if len(l.stops) <= 8 {
		for i := range l.stops {
			if l.stops[i].at > t {
				return i
			}
		}
		return len(l.stops)
	}
	low, high := 0, len(l.stops)
	for low < high {
		if middle := (low + high) / 2; l.stops[middle].at > t {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// rounded is a colour in samples. None exceeds its alpha, as all of them round alike.
func rounded(c *[4]float64) [4]uint8 {
	return [4]uint8{uint8(c[0] + 0.5), uint8(c[1] + 0.5), uint8(c[2] + 0.5), uint8(c[3] + 0.5)}
}
