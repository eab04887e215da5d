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
func layout(style *templates.Text, words string, faces []*font.Face) (*paragraph, []textLine) {
	p := &paragraph{style: style, size: style.Size, faces: faces, shaper: &shaping.HarfbuzzShaper{}}
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
		for {
			if len(lines) == most {
				if p.style.Overflow == templates.Ellipsis {
					lines[most-1] = p.ellipsis(lines[most-1], rest)
				}
				return lines, false
			}
			line, count, whole := p.next(rest)
			fits = fits && whole
			lines = append(lines, line)
			if rest = rest[count:]; len(rest) == 0 {
				break
			}
		}
	}
	return lines, fits
}

// next takes the longest line that fits off the front of text: up to the last
// break of UAX #14 within the width, or inside a word that alone is too long.
func (p *paragraph) next(text []rune) (line textLine, count int, whole bool) {
	var breaks, graphemes []int
	var seg segmenter.Segmenter
	seg.Init(text)
	for it := seg.LineIterator(); it.Next(); {
		breaks = append(breaks, it.Line().Offset+len(it.Line().Text))
	}
	if line, n := p.longest(text, breaks); n > 0 {
		return line, n, true
	}
	if len(breaks) == 0 {
		return textLine{}, len(text), true
	}
	word := text[:breaks[0]]
	seg.Init(word)
	for it := seg.GraphemeIterator(); it.Next(); {
		graphemes = append(graphemes, it.Grapheme().Offset+len(it.Grapheme().Text))
	}
	if line, n := p.longest(word, graphemes); n > 0 {
		return line, n, false
	}
	return p.shape(word[:graphemes[0]]), graphemes[0], false
}

// longest is the longest start of text that ends at one of the offsets and fits
// the width, found by halving: a longer start is never narrower by much.
func (p *paragraph) longest(text []rune, ends []int) (best textLine, count int) {
	low, high := 0, len(ends)-1
	for low <= high {
		middle := (low + high) / 2
		if line := p.shape(text[:ends[middle]]); line.width <= p.style.Width+1.0/64 {
			best, count = line, ends[middle]
			low = middle + 1
		} else {
			high = middle - 1
		}
	}
	return best, count
}

// ellipsis replaces the last line by as much of it and of the rest as fits with a
// … behind it, cut at a grapheme.
func (p *paragraph) ellipsis(last textLine, rest []rune) textLine {
	text := slices.Concat(last.source, rest)
	var ends []int
	var seg segmenter.Segmenter
	seg.Init(text)
	for it := seg.GraphemeIterator(); it.Next(); {
		ends = append(ends, it.Grapheme().Offset)
	}
	best := p.shape([]rune("…"))
	low, high := 0, len(ends)-1
	for low <= high {
		middle := (low + high) / 2
		cut := strings.TrimRight(string(text[:ends[middle]]), " \t\u00a0,;:.-–—")
		if line := p.shape([]rune(cut + "…")); line.width <= p.style.Width+1.0/64 {
			best = line
			low = middle + 1
		} else {
			high = middle - 1
		}
	}
	return best
}
