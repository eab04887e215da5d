package typeset

import (
	"math"
	"slices"
	"sort"
	"strings"
)

// Layout is a set text. It is immutable.
type Layout struct {
	Lines    []Line
	Size     float64  // of an em, as chosen
	Width    float64  // of the longest line
	Height   float64  // of all lines
	Whole    bool     // all of the text is there, and no line is wider than its box
	Backward bool     // the text runs from right to left
	Families []string // of the fonts that are used, in order of their first glyphs
	Missing  []rune   // characters that no font has; they are drawn as a box

	style Style
	spans []span
}

// Line is one line of a layout.
type Line struct {
	Width      float64 // without space at its end
	Start, End int     // in the runes of the text, without space at its end
	run        run
	top        float64 // of the line, from that of the layout
	baseline   float64 // from the top
	height     float64
	last       bool // of its paragraph
}

// bytes is about what a layout takes.
func (l *Layout) bytes() int64 {
	n := int64(512) + entryBytes + int64(spanBytes*len(l.spans))
	for i := range l.Lines {
		n += int64(placedBytes*len(l.Lines[i].run.glyphs)) + lineBytes
	}
	return n
}

// layout sets a text. What it costs depends on what is seen of it and not on
// how long it is: a part is looked at first, and more only when that was too
// little.
func (w *worker) layout(t *typed, style *Style) *Layout {
	const first, more = 256, 4
	t.trim()
	for n := first; ; n *= more {
		w.read = t.begin(n, w.read)
		p := w.paragraph(t, w.read, style)
		l := p.layout(w.read.more)
		w.lines = p.lines
		if l != nil {
			return l
		}
	}
}

// context is how many runes the rules of UAX #14 may look ahead.
const context = 8

// layout chooses the size. It returns nil when there is more of the text and that
// may be needed.
func (p *paragraph) layout(more bool) *Layout {
	size := p.style.Size
	next, fits := p.broken(size)
	if smallest := p.style.smallest(); !fits && smallest < size || p.style.Prefer == FewestLines && smallest < size && len(p.lines) > 1 {
		size = p.shrunk(smallest)
		next, fits = p.broken(size)
	}
	if more && next > len(p.text)-context {
		return nil
	}
	if p.style.Balance && fits && len(p.lines) > 1 {
		p.balance(size)
	}
	return p.composed(size, next, more)
}

// shrunk is the largest size from the smallest on, by half pixels, at which the text
// fits; the smallest when none does. Finer steps no eye can tell. Where few lines are
// preferred it fits into no more of them than at the smallest size.
func (p *paragraph) shrunk(smallest float64) float64 {
	const step = 0.5
	lines := math.MaxInt
	steps := int(math.Ceil((p.style.Size-smallest)/step)) - 1 // the largest size is known not to fit
	if p.style.Prefer == FewestLines {
		if _, fits := p.broken(smallest); fits {
			lines = len(p.lines)
		}
		if _, fits := p.broken(p.style.Size); fits && len(p.lines) <= lines {
			return p.style.Size
		}
	}
	n := sort.Search(steps, func(i int) bool {
		_, fits := p.broken(smallest + float64(i+1)*step)
		return !fits || len(p.lines) > lines
	})
	return smallest + float64(n)*step
}

// balance narrows the lines as far as their number allows (CSS Text 4, section
// 6.1.3).
func (p *paragraph) balance(size float64) {
	widest, count := 0.0, len(p.lines)
	for _, line := range p.lines {
		r := p.measure(line.start, line.end)
		widest = max(widest, r.at(size, p.style.LetterSpacing))
	}
	full := p.width
	steps := int(widest / 2)
	n := sort.Search(steps, func(i int) bool { // so many pixels less are too many
		p.width = widest - float64(i+1) + slack
		_, fits := p.broken(size)
		return !fits || len(p.lines) > count
	})
	p.width = full
	if n > 0 {
		p.width = widest - float64(n) + slack
	}
	p.broken(size)
	p.width = full
}

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
		a, b := p.reach(s.font, size*s.scale, s.rise*size)
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

// What a line may end in that the text does not have, in order of preference.
const (
	dots   = "…"
	hyphen = "\u2010-"
)

// mark is a character at the end of a line, in the font of a place of the text. As in
// browsers it is not joined to what it follows.
func (p *paragraph) mark(of string, at int) run {
	index := spanAt(p.ends, at)
	s := p.typed.spans[index]
	for _, r := range of {
		set, err := p.w.setter.set(s.font)
		if err != nil {
			continue
		}
		cluster := []rune{r}
		script := p.w.scripts.of(cluster)[0]
		face, missing := p.w.face(set, script, p.style.Language, cluster)
		if missing && r != '-' && r != '…' {
			continue
		}
		shaped := p.w.shape(entire(cluster), []item{{end: 1, script: script, face: face, span: index}}, p.typed.spans, p.style)
		run := shaped.rough(0, 1)
		p.w.pieces, run.glyphs = shaped.seen(0, 1, p.w.pieces, nil)
		return run
	}
	return run{}
}

// withHyphen is a run that ends at an offset with a hyphen, which looks like what it
// follows.
func (p *paragraph) withHyphen(r run, end int) run { return p.joined(r, p.mark(hyphen, end-1)) }

// joined puts a mark where a run ends: at its right, or at its left in a text that
// runs from right to left.
func (p *paragraph) joined(r, mark run) run {
	glyphs := slices.Concat(r.glyphs, mark.glyphs)
	if p.shaped.base == 1 {
		glyphs = slices.Concat(mark.glyphs, r.glyphs)
	}
	r.glyphs, r.width, r.letters = glyphs, r.width+mark.width, r.letters+mark.letters
	return r
}

// ellipsis is as much of the text from a line on as the box holds with a … behind
// it, cut at a grapheme. The … looks like the letters that it follows.
func (p *paragraph) ellipsis(start int, size float64) run {
	end := lineEnd(p.text, start)
	ends := p.graphemesIn(start, end)
	last := func(n int) int { // of as much as n graphemes, less punctuation
		end := start
		if n > 0 {
			end = ends[n-1]
		}
		for end > start && (blank(p.text[end-1]) || strings.ContainsRune("\u00a0\u00ad,;:.-–—،؛।、。", p.text[end-1])) {
			end--
		}
		return end
	}
	held := func(mark run) int { // how many of the graphemes the box holds besides it
		return prefix(len(ends), func(i int) bool {
			r := p.measure(start, last(i+1))
			r.width += mark.width + float64(float64(mark.bitmaps)*mark.bitmap)
			r.letters += mark.letters
			return r.at(size, p.style.LetterSpacing) <= p.width
		})
	}
	mark := p.mark(dots, start)
	n := held(mark)
	if at := max(start, last(n)-1); spanAt(p.ends, at) != spanAt(p.ends, start) {
		mark = p.mark(dots, at)
		n = held(mark)
	}
	return p.joined(p.run(start, last(n)), mark)
}
