package typeset

import (
	"math"
	"slices"
	"strings"

	"github.com/go-text/typesetting/segmenter"
)

// layout sets the words. What it costs depends on what is seen of them and not on
// how long they are: a part is looked at first, and more only when that was too
// little.
func (w *worker) layout(words string, style Style) *Layout {
	all := []rune(words)
	const first, more = 256, 4
	for n := first; ; n *= more {
		p := w.paragraph(all[:min(n, len(all))], n < len(all), style)
		if l, enough := p.layout(); enough {
			return l
		}
	}
}

// paragraph is a text, or its beginning, measured.
type paragraph struct {
	w         *worker
	text      []rune
	cut       bool // there is more of the text
	style     Style
	breaks    []lineBreak
	graphemes []int // where each ends; nil until needed
	edges     []float32
}

// lineBreak is a place behind which a line may end, or must.
type lineBreak struct {
	at   int
	must bool
}

func (w *worker) paragraph(text []rune, cut bool, style Style) *paragraph {
	p := &paragraph{w: w, text: text, cut: cut, style: style}
	var seg segmenter.Segmenter
	seg.Init(text)
	for it := seg.LineIterator(); it.Next(); {
		line := it.Line()
		p.breaks = append(p.breaks, lineBreak{line.Offset + len(line.Text), line.IsMandatoryBreak})
	}
	p.edges = make([]float32, 0, len(text)+1)
	for start := 0; ; {
		end := start
		for end < len(text) && text[end] != '\n' {
			end++
		}
		r := w.run(text[start:end])
		from := float32(0)
		if start > 0 {
			from = p.edges[len(p.edges)-1]
		}
		for _, e := range r.edges { // one more than there are runes: that of the line break
			p.edges = append(p.edges, from+e)
		}
		if start = end + 1; start > len(text) {
			return p
		}
	}
}

// span is a line: what it shows of the text, and where the next one begins.
type span struct{ start, end, next int }

// layout chooses the size. enough is false when that takes more of the text.
func (p *paragraph) layout() (l *Layout, enough bool) {
	size := p.style.Size
	lines, fits := p.lines(size)
	if !fits && p.style.MinSize < size {
		// Half pixels are as fine as an eye can tell; the search needs about seven steps.
		const step = 0.5
		low, high := 0, int((p.style.Size-p.style.MinSize)/step)
		for low < high {
			middle := (low + high + 1) / 2
			if _, fits := p.lines(p.style.MinSize + float64(middle)*step); fits {
				low = middle
			} else {
				high = middle - 1
			}
		}
		size = p.style.MinSize + float64(low)*step
		lines, _ = p.lines(size)
	}
	if p.cut && lines[len(lines)-1].next == len(p.text) {
		return nil, false
	}
	l = &Layout{Size: size, style: p.style, faces: p.w.set}
	for i, s := range lines {
		r := p.w.run(p.text[s.start:s.end])
		if i == len(lines)-1 && s.next < len(p.text) && p.style.Ellipsis {
			r = p.ellipsis(s, size)
		}
		line := Line{r.at(size, p.style.LetterSpacing), r}
		l.Width = max(l.Width, line.Width)
		l.Lines = append(l.Lines, line)
	}
	l.Height = float64(len(lines)) * size * p.style.LineHeight
	return l, true
}

// most is how many lines the style and its box hold at a size; at least one.
func (p *paragraph) most(size float64) int {
	most := math.MaxInt
	if p.style.MaxLines > 0 {
		most = p.style.MaxLines
	}
	if p.style.Height > 0 {
		most = min(most, max(1, int(p.style.Height/(size*p.style.LineHeight)+1e-6)))
	}
	return most
}

// lines breaks the text at a size. fits is false when lines were left out or a
// word had to be broken.
func (p *paragraph) lines(size float64) (lines []span, fits bool) {
	fits = true
	most := p.most(size)
	next := 0 // of the breaks
	for start := 0; start < len(p.text) || len(lines) == 0; {
		if len(lines) == most {
			return lines, false
		}
		for next < len(p.breaks) && p.breaks[next].at <= start {
			next++
		}
		line := span{start, start, start}
		for _, b := range p.breaks[next:] {
			end := trimmed(p.text, start, b.at)
			if !p.holds(start, end, size) {
				break
			}
			line = span{start, end, b.at}
			if b.must {
				break
			}
		}
		if line.next == start && start < len(p.text) {
			line = p.broken(start, p.breaks[next].at, size)
			fits = false
		}
		lines = append(lines, line)
		start = line.next
	}
	return lines, fits
}

// holds tells whether a part of the text is no wider than the box, give or take a
// rounding.
func (p *paragraph) holds(start, end int, size float64) bool {
	limit := p.style.Width + 1.0/64
	spacing := p.style.LetterSpacing * float64(max(0, end-start-1)) // about: runes are not letters
	width := float64(p.edges[end]-p.edges[start])*size + spacing
	// What stands next to a break may be kerned with what is behind it: near the
	// limit the part is shaped by itself.
	if near := 0.2*size + math.Abs(spacing)/2; math.Abs(width-limit) > near {
		return width < limit
	}
	return p.w.run(p.text[start:end]).at(size, p.style.LetterSpacing) <= limit
}

// broken is as much of a word that alone is too long as the box holds, at least a
// grapheme.
func (p *paragraph) broken(start, end int, size float64) span {
	if p.graphemes == nil {
		p.graphemes = graphemes(p.text)
	}
	i, _ := slices.BinarySearch(p.graphemes, start+1)
	ends := p.graphemes[i:]
	n := 0
	for n < len(ends) && ends[n] <= end && p.holds(start, ends[n], size) {
		n++
	}
	at := ends[max(n-1, 0)]
	return span{start, at, at}
}

// ellipsis is as much of the text from a line on as the box holds with a … behind
// it, cut at a grapheme.
func (p *paragraph) ellipsis(s span, size float64) *run {
	if p.graphemes == nil {
		p.graphemes = graphemes(p.text)
	}
	limit := p.style.Width + 1.0/64
	end := s.next // of the paragraph that the line is in
	if n := slices.Index(p.text[s.start:], '\n'); n >= 0 {
		end = min(max(end, s.start+n), s.start+n)
	} else {
		end = len(p.text)
	}
	i, _ := slices.BinarySearch(p.graphemes, s.start)
	last := i
	for last < len(p.graphemes) && p.graphemes[last] <= end && p.holds(s.start, p.graphemes[last], size) {
		last++
	}
	for last--; last >= i; last-- {
		r := p.w.run([]rune(strings.TrimRight(string(p.text[s.start:p.graphemes[last]]), " \t\n\u00a0,;:.-–—") + "…"))
		if r.at(size, p.style.LetterSpacing) <= limit {
			return r
		}
	}
	return p.w.run([]rune("…"))
}

// graphemes are the offsets at which user-perceived characters end (UAX #29).
func graphemes(text []rune) []int {
	var ends []int
	var seg segmenter.Segmenter
	seg.Init(text)
	for it := seg.GraphemeIterator(); it.Next(); {
		ends = append(ends, it.Grapheme().Offset+len(it.Grapheme().Text))
	}
	return ends
}
