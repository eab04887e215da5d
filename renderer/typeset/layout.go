package typeset

import (
	"math"
	"sort"
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
		if p.fitting(smallest) {
			lines = len(p.lines)
		}
		if p.fitting(p.style.Size) && len(p.lines) <= lines {
			return p.style.Size
		}
	}
	n := sort.Search(steps, func(i int) bool {
		return !p.fitting(smallest+float64(i+1)*step) || len(p.lines) > lines
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
		return !p.fitting(size) || len(p.lines) > count
	})
	p.width = full
	if n > 0 {
		p.width = widest - float64(n) + slack
	}
	p.broken(size)
	p.width = full
}
