package typeset

import "slices"

// composed is the layout of the lines as they were broken.
func (p *paragraph) composed(size float64, next int, more bool) *Layout {
	cut := next < len(p.text) || more
	l := &Layout{Size: size, style: *p.style, spans: p.typed.spans, Lines: make([]Line, len(p.lines)), Whole: !cut,
		Backward: p.shaped.base == 1, Missing: p.shaped.missing}
	glyphs := 0
	for i, s := range p.lines {
		line := Line{Start: s.start, End: s.end, run: p.ended(s, size)}
		behind := s.end + countBlank(p.text[s.end:])
		line.last = behind == len(p.text) || p.text[behind] == '\n'
		tooWide := line.run.at(size, p.style.LetterSpacing) > p.width && s.end > s.start
		if tooWide {
			l.Whole = false
		}
		if p.style.Ellipsis && (i == len(p.lines)-1 && cut || p.style.Fit == SingleRow && tooWide) {
			line.run = p.ellipsis(s.start, size)
		}
		line.Width = line.run.at(size, p.style.LetterSpacing)
		line.top = l.Height
		line.baseline, line.height = p.strut(s, size)
		l.Height += line.height
		l.Lines[i] = line
		l.Width = max(l.Width, line.Width)
		glyphs += len(line.run.glyphs)
	}
	// The lines' own glyphs, so that a layout does not keep those of the whole text.
	own := make([]placed, 0, glyphs)
	for i := range l.Lines {
		r := &l.Lines[i].run
		own = append(own, r.glyphs...)
		r.glyphs = own[len(own)-len(r.glyphs):]
	}
	for i := range own {
		if family := own[i].face.source.Family; len(l.Families) == 0 || l.Families[len(l.Families)-1] != family && !slices.Contains(l.Families, family) {
			l.Families = append(l.Families, family)
		}
	}
	return l
}

// ended is a line with what its end makes of it: a hyphen, or a narrower bracket.
func (p *paragraph) ended(line extent, size float64) run {
	r := p.run(line.start, line.end)
	if p.hyphenated(line.end) {
		r = p.withHyphen(r, line.end)
	}
	if half, ok := p.narrowable(line.start, line.end); ok && r.at(size, p.style.LetterSpacing) > p.width {
		r.glyphs = slices.Clone(r.glyphs)
		r.glyphs[len(r.glyphs)-1].narrow(false, 2*half)
		r.width -= half
	}
	return r
}

// countBlank is how many runes before a line break show nothing.
func countBlank(text []rune) int {
	n := 0
	for n < len(text) && text[n] != '\n' && blank(text[n]) {
		n++
	}
	return n
}
