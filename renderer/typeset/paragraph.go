package typeset

import (
	"math"
	"sort"

	"github.com/go-text/typesetting/segmenter"
)

// paragraph is a text, or its beginning, measured.
type paragraph struct {
	w         *worker
	text      []rune
	style     *Style
	shaped    *shaped
	own       map[span]run // pieces that had to be shaped by themselves
	breaks    []lineBreak
	graphemes []int  // where each ends; nil until needed
	lines     []span // as last broken
}

// span is a piece of the text.
type span struct{ start, end int }

// lineBreak is a place where a line may end.
type lineBreak struct {
	at   int // where the next line begins
	end  int // where the line ends, without space
	must int // the index of the first break from this one on where a line must end
}

func (w *worker) paragraph(text []rune, style *Style) *paragraph {
	p := &paragraph{w: w, text: text, style: style, shaped: w.shaped(text), lines: w.lines}
	w.segmenter.Init(text)
	p.breaks = lineBreaks(&w.segmenter, text, w.breaks)
	w.breaks = p.breaks
	return p
}

// lineBreaks finds them as UAX #14 says.
func lineBreaks(seg *segmenter.Segmenter, text []rune, buf []lineBreak) []lineBreak {
	breaks := buf[:0]
	shown := 0 // behind the last rune that shows something
	for it := seg.LineIterator(); it.Next(); {
		line := it.Line()
		b := lineBreak{at: line.Offset + len(line.Text), must: -1}
		for i := b.at; i > line.Offset; i-- {
			if !blank(text[i-1]) {
				shown = i
				break
			}
		}
		b.end = shown
		if line.IsMandatoryBreak {
			b.must = len(breaks)
		}
		breaks = append(breaks, b)
	}
	for i := len(breaks) - 2; i >= 0; i-- { // at its end a text must break
		if breaks[i].must < 0 {
			breaks[i].must = breaks[i+1].must
		}
	}
	return breaks
}

// run is a piece of the text.
func (p *paragraph) run(start, end int) run {
	if p.shaped.edges[start].cut && p.shaped.edges[end].cut {
		return p.shaped.piece(start, end)
	}
	key := span{start, end}
	r, ok := p.own[key]
	if !ok {
		if p.own == nil {
			p.own = map[span]run{}
		}
		r = p.w.shape(p.text[start:end]).whole()
		p.own[key] = r
	}
	return r
}

// holds tells whether the box is as wide as a piece of the text.
func (p *paragraph) holds(start, end int, size float64) bool {
	// What is far too long need not be shaped by itself to know that.
	r := p.shaped.rough(start, end)
	if r.at(size, p.style.LetterSpacing) > p.style.limit()+size+math.Abs(p.style.LetterSpacing) {
		return false
	}
	r = p.run(start, end)
	return r.at(size, p.style.LetterSpacing) <= p.style.limit()
}

// broken breaks the text into p.lines at a size, and returns where the line behind
// them would begin. fits is false when lines were left out or a word had to be
// broken.
func (p *paragraph) broken(size float64) (next int, fits bool) {
	p.lines, fits = p.lines[:0], true
	most := p.style.most(size)
	b := 0
	for next < len(p.text) || len(p.lines) == 0 {
		if len(p.lines) == most {
			return next, false
		}
		for b < len(p.breaks) && p.breaks[b].at <= next {
			b++
		}
		if b == len(p.breaks) { // an empty text
			p.lines = append(p.lines, span{})
			break
		}
		ways := p.breaks[b : p.breaks[b].must+1]
		n := prefix(len(ways), func(i int) bool { return p.holds(next, max(next, ways[i].end), size) })
		line := span{start: next}
		if n > 0 {
			line.end, next = max(next, ways[n-1].end), ways[n-1].at
		} else {
			line.end = p.wordEnd(next, ways[0].end, size)
			next, fits = line.end, false
			if next == ways[0].end {
				next = ways[0].at // the space behind a word does not begin a line
			}
		}
		p.lines = append(p.lines, line)
	}
	return next, fits
}

// wordEnd is where a word that alone is too long must be broken: behind as many
// graphemes as the box holds, at least one.
func (p *paragraph) wordEnd(start, end int, size float64) int {
	ends := p.graphemesIn(start, end)
	if len(ends) == 0 {
		return end // of a line break within a grapheme, such as before an accent behind a space
	}
	n := prefix(len(ends), func(i int) bool { return p.holds(start, ends[i], size) })
	return ends[max(n-1, 0)]
}

// graphemesIn are the offsets at which user-perceived characters (UAX #29) end
// within a piece of the text.
func (p *paragraph) graphemesIn(start, end int) []int {
	if p.graphemes == nil {
		p.graphemes = p.w.graphemes[:0]
		for it := p.w.segmenter.GraphemeIterator(); it.Next(); {
			g := it.Grapheme()
			p.graphemes = append(p.graphemes, g.Offset+len(g.Text))
		}
		p.w.graphemes = p.graphemes
	}
	i := sort.SearchInts(p.graphemes, start+1)
	return p.graphemes[i:sort.SearchInts(p.graphemes, end+1)]
}

// prefix is how many of the first n things hold, if each that does has only such
// before it: a longer piece of a text is wider. It looks at few of them, and not
// much farther than it finds, so that neither long texts nor characters without
// width make it slow.
func prefix(n int, holds func(int) bool) int {
	after := 1
	for after <= n && holds(after-1) {
		after *= 2
	}
	known := after / 2
	return known + sort.Search(min(after-1, n)-known, func(i int) bool { return !holds(known + i) })
}
