package typeset

import (
	"slices"
	"strings"
)

// What a line may end in that the text does not have, in order of preference.
const (
	dots   = "…"
	hyphen = "\u2010-"
)

// mark is a character at the end of a line, in the font of a place of the text. As in
// browsers it is not joined to what it follows.
func (p *paragraph) mark(of string, at int) run {
	key := markKey{of, spanAt(p.ends, at)}
	r, ok := p.marks[key]
	if !ok {
		if p.marks == nil {
			p.marks = map[markKey]run{}
		}
		r = p.shapeMark(of, key.span)
		p.marks[key] = r
	}
	return r
}

// markKey names a mark in the font of a span.
type markKey struct {
	of   string
	span uint8
}

func (p *paragraph) shapeMark(of string, index uint8) run {
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
			r.width += mark.width
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
