package typeset

import "math"

// tall is the height of a line in ems.
func (p *paragraph) tall(line extent) float64 {
	if p.typed.plain() {
		return p.style.LineHeight
	}
	_, height := p.strut(line, p.style.Size)
	return height / p.style.Size
}

// strut is where a line's baseline lies below its top, and how high the line is: as
// its style says, or more where a span stands out (CSS 2, section 10.8.1).
func (p *paragraph) strut(line extent, size float64) (baseline, height float64) {
	above, below := p.reach(p.style.Font, size, 0)
	for i, end := range p.ends {
		start := 0
		if i > 0 {
			start = p.ends[i-1]
		}
		s := &p.typed.spans[i]
		if (s.scale == 1 && s.rise == 0 && s.font == p.style.Font) || end <= line.start || start >= line.end {
			continue
		}
		a, b := p.reach(s.font, float64(size*s.scale), float64(s.rise*size))
		above, below = max(above, a), max(below, b)
	}
	return above, above + below
}

// reach is how far a font reaches above and below the baseline with half of the
// leading on each side.
func (p *paragraph) reach(font Font, size, rise float64) (above, below float64) {
	m := metrics{math.Round(0.8 * size), math.Round(0.2 * size)}
	if set, err := p.w.setter.set(font); err == nil {
		m = extents(p.w.knows(set.listed[0]).metrics, size)
	}
	height := float64(size * p.style.LineHeight)
	leading := math.Floor((height - m.ascent - m.descent) / 2) // as browsers halve it
	above = leading + m.ascent + rise
	return above, height - above
}
