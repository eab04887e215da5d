package typeset

import (
	"math"
	"slices"
	"sort"
	"strings"
)

// Layout is a set text. It is immutable.
type Layout struct {
	Lines  []Line
	Size   float64 // of an em, as chosen
	Width  float64 // of the longest line
	Height float64 // of all lines

	style Style
	faces *faceSet
}

// Line is one line of a layout.
type Line struct {
	Width float64 // without space at its end
	run   run
}

// bytes is about what a layout takes.
func (l *Layout) bytes() int64 {
	n := int64(512) + entryBytes
	for i := range l.Lines {
		n += int64(placedBytes*len(l.Lines[i].run.glyphs)) + 64
	}
	return n
}

// layout sets the words. What it costs depends on what is seen of them and not on
// how long they are: a part is looked at first, and more only when that was too
// little.
func (w *worker) layout(words string, style Style) *Layout {
	const first, more = 256, 4
	words = trimmed(words)
	for n := first; ; n *= more {
		text, read := leading(words, n, w.text)
		w.text = text
		p := w.paragraph(text, &style)
		l := p.layout(read < len(words))
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
	if smallest := p.style.smallest(); !fits && smallest < size {
		size = p.shrunk(smallest)
		next, _ = p.broken(size)
	}
	if more && next > len(p.text)-context {
		return nil
	}
	l := &Layout{Size: size, style: *p.style, faces: p.w.set, Lines: make([]Line, len(p.lines))}
	glyphs := 0
	for i, s := range p.lines {
		r := p.run(s.start, s.end)
		if i == len(p.lines)-1 && next < len(p.text) && p.style.Ellipsis {
			r = p.ellipsis(s.start, size)
		}
		l.Lines[i] = Line{r.at(size, p.style.LetterSpacing), r}
		l.Width = max(l.Width, l.Lines[i].Width)
		glyphs += len(r.glyphs)
	}
	l.Height = float64(len(l.Lines)) * size * p.style.LineHeight
	// The lines' own glyphs, so that a layout does not keep those of the whole text.
	own := make([]placed, 0, glyphs)
	for i := range l.Lines {
		r := &l.Lines[i].run
		own = append(own, r.glyphs...)
		r.glyphs = own[len(own)-len(r.glyphs):]
	}
	return l
}

// shrunk is the largest size from the smallest on, by half pixels, at which the text
// fits; the smallest when none does. Finer steps no eye can tell.
func (p *paragraph) shrunk(smallest float64) float64 {
	const step = 0.5
	steps := int(math.Ceil((p.style.Size-smallest)/step)) - 1 // the largest size is known not to fit
	n := sort.Search(steps, func(i int) bool {
		_, fits := p.broken(smallest + float64(i+1)*step)
		return !fits
	})
	return smallest + float64(n)*step
}

// ellipsis is as much of the text from a line on as the box holds with a … behind
// it, cut at a grapheme. As in browsers, the … is not joined to what it follows.
func (p *paragraph) ellipsis(start int, size float64) run {
	dots := p.w.shaped([]rune{'…'}).whole()
	ends := p.graphemesIn(start, lineEnd(p.text, start))
	shown := func(n int) run { // as much as n graphemes, less punctuation
		end := start
		if n > 0 {
			end = ends[n-1]
		}
		for end > start && (blank(p.text[end-1]) || strings.ContainsRune("\u00a0,;:.-–—", p.text[end-1])) {
			end--
		}
		return p.run(start, end)
	}
	n := prefix(len(ends), func(i int) bool {
		r := shown(i + 1)
		r.width += dots.width
		r.letters += dots.letters
		return r.at(size, p.style.LetterSpacing) <= p.style.limit()
	})
	r := shown(n)
	return run{slices.Concat(r.glyphs, dots.glyphs), r.width + dots.width, r.letters + dots.letters}
}
