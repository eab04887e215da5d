package renderer

import (
	"math"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"

	"github.com/adloom/adloom/templates"
)

// textLine is one shaped line.
type textLine struct {
	source []rune // with the space at its end
	runs   []shaping.Output
	width  float64 // without it
}

// paragraph lays out one text at one size. It belongs to one goroutine.
type paragraph struct {
	style  *templates.Text
	size   float64
	faces  []*font.Face
	shaper *shaping.HarfbuzzShaper
}

// layout breaks words into lines at the largest size that the style allows and
// the box holds. Nothing is cut without the style's consent: what does not fit at
// the smallest size ends in an ellipsis or is clipped.
func layout(style *templates.Text, words string, faces []*font.Face, shaper *shaping.HarfbuzzShaper) (*paragraph, []textLine) {
	p := &paragraph{style: style, size: style.Size, faces: faces, shaper: shaper}
	lines, fits := p.lines(words)
	if fits || style.Fit != templates.Shrink {
		return p, lines
	}
	// Half pixels are as fine as an eye can tell; the search needs about seven steps.
	const step = 0.5
	low, high := 0, int((style.Size-style.MinSize)/step)
	for low < high {
		middle := (low + high + 1) / 2
		p.size = style.MinSize + float64(middle)*step
		if _, fits := p.lines(words); fits {
			low = middle
		} else {
			high = middle - 1
		}
	}
	p.size = style.MinSize + float64(low)*step
	lines, _ = p.lines(words)
	return p, lines
}

func (p *paragraph) lineHeight() float64 { return p.size * p.style.LineHeight }

// most is how many lines the style and its box hold; at least one.
func (p *paragraph) most() int {
	most := math.MaxInt
	if p.style.MaxLines > 0 {
		most = p.style.MaxLines
	}
	if p.style.Height > 0 {
		most = min(most, max(1, int(p.style.Height/p.lineHeight()+1e-6)))
	}
	return most
}

// lines breaks the words at the current size. fits is false when lines were left
// out or a word had to be broken.
func (p *paragraph) lines(words string) (lines []textLine, fits bool) {
	fits = true
	most := p.most()
	for _, text := range strings.Split(words, "\n") {
		rest := []rune(text)
		breaks := lineBreaks(rest)
		for start := 0; ; {
			if len(lines) == most {
				if p.style.Overflow == templates.Ellipsis {
					if start == 0 { // the rest begins a paragraph of its own
						rest = nil
					}
					lines[most-1] = p.ellipsis(lines[most-1], rest[min(start, len(rest)):])
				}
				return lines, false
			}
			for len(breaks) > 0 && breaks[0] <= start {
				breaks = breaks[1:]
			}
			line, end, whole := p.next(rest, start, breaks)
			fits = fits && whole
			lines = append(lines, line)
			if start = end; start >= len(rest) {
				break
			}
		}
	}
	return lines, fits
}

// longestLine is how many runes of a word are looked at for one line.
const longestLine = 2000

// next is the longest line from start that fits: up to the last of the breaks within
// the width, or inside a word that alone is too long.
func (p *paragraph) next(text []rune, start int, breaks []int) (line textLine, end int, whole bool) {
	if len(breaks) == 0 {
		return textLine{}, len(text), true
	}
	if line, end := p.longest(text, start, breaks); end > start {
		return line, end, true
	}
	var ends []int
	var seg segmenter.Segmenter
	seg.Init(text[start:min(breaks[0], start+longestLine)])
	for it := seg.GraphemeIterator(); it.Next(); {
		ends = append(ends, start+it.Grapheme().Offset+len(it.Grapheme().Text))
	}
	if line, end := p.longest(text, start, ends); end > start {
		return line, end, false
	}
	return p.shape(text[start:ends[0]]), ends[0], false
}

// longest is the longest line from start that ends at one of the offsets and fits
// the width; end is start when none does.
func (p *paragraph) longest(text []rune, start int, ends []int) (best textLine, end int) {
	end = start
	furthest(len(ends), func(i int) bool {
		line := p.shape(text[start:ends[i]])
		if !p.holds(line) {
			return false
		}
		best, end = line, ends[i]
		return true
	})
	return best, end
}

// holds tells whether a line is no wider than the box, give or take a rounding.
func (p *paragraph) holds(line textLine) bool { return line.width <= p.style.Width+1.0/64 }

// ellipsis replaces the last line by as much of it and of the rest as fits with a
// … behind it, cut at a grapheme.
func (p *paragraph) ellipsis(last textLine, rest []rune) textLine {
	text := slices.Concat(last.source, rest[:min(len(rest), longestLine)])
	var ends []int
	var seg segmenter.Segmenter
	seg.Init(text)
	for it := seg.GraphemeIterator(); it.Next(); {
		ends = append(ends, it.Grapheme().Offset)
	}
	ends = append(ends, len(text))
	best := p.shape([]rune("…"))
	furthest(len(ends), func(i int) bool {
		cut := strings.TrimRight(string(text[:ends[i]]), " \t\u00a0,;:.-–—")
		line := p.shape([]rune(cut + "…"))
		if p.holds(line) {
			best = line
		}
		return p.holds(line)
	})
	return best
}

// lineBreaks are the offsets behind which a line may end (UAX #14).
func lineBreaks(text []rune) []int {
	var breaks []int
	var seg segmenter.Segmenter
	seg.Init(text)
	for it := seg.LineIterator(); it.Next(); {
		breaks = append(breaks, it.Line().Offset+len(it.Line().Text))
	}
	return breaks
}

// furthest asks for the largest i below n with ok(i); ok holds up to some i and not
// beyond. It doubles its steps before it halves them, so that what it costs depends
// on the answer and not on n: a line is short, the text behind it may be long. The
// last time that ok says true is for the answer.
func furthest(n int, ok func(i int) bool) {
	low, step := 0, 1
	for low < n && ok(min(low+step, n)-1) {
		low = min(low+step, n)
		step *= 2
	}
	high := min(low+step, n) - 1 // ok does not hold there, or low is n
	for low < high {
		middle := (low + high) / 2
		if ok(middle) {
			low = middle + 1
		} else {
			high = middle
		}
	}
}
