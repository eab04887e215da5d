package typeset

import (
	"math"
	"sort"
	"unicode"

	"github.com/adloom/adloom/renderer/linebreak"
)

// paragraph is a text, or its beginning, measured.
type paragraph struct {
	w      *worker
	typed  *typed
	text   []rune
	ends   []int // of the spans
	style  *Style
	width  float64 // that lines may have
	shaped *shaped
	own    map[extent]run  // pieces that had to be shaped by themselves
	marks  map[markKey]run // what lines end in that the text does not have
	breaks []lineBreak
	lines  []extent // as last broken
}

// extent is a piece of the text.
type extent struct{ start, end int }

// lineBreak is a place where a line may end.
type lineBreak struct {
	at   int // where the next line begins
	end  int // where the line ends, without space
	must int // the index of the first break from this one on where a line must end
}

func (w *worker) paragraph(t *typed, text read, style *Style) *paragraph {
	w.graphemes = w.graphemes[:0]
	p := &paragraph{w: w, typed: t, text: text.runes, ends: text.ends, style: style, width: style.limit(), shaped: w.shaped(t, text, style), lines: w.lines}
	p.breaks = w.lineBreaks(text.runes, style)
	return p
}

// lineBreaks finds them as browsers do (UAX #14 and what they make of it).
func (w *worker) lineBreaks(text []rune, style *Style) []lineBreak {
	w.kinds = linebreak.Find(text, style.Language, w.kinds)
	breaks := w.breaks[:0]
	shown := 0 // behind the last rune that shows something
	from := 0
	for at := 1; at <= len(text); at++ {
		if at < len(text) && w.kinds[at] == linebreak.None {
			continue
		}
		if style.NoHyphens && at < len(text) && text[at-1] == '\u00ad' {
			continue
		}
		if style.KeepWords && at < len(text) && kept(text[at-1]) && kept(text[at]) {
			continue
		}
		must := at == len(text) || w.kinds[at] == linebreak.Mandatory
		if style.Fit == SingleRow && !must {
			continue
		}
		b := lineBreak{at: at, must: -1}
		for i := at; i > from; i-- {
			if !blank(text[i-1]) {
				shown = i
				break
			}
		}
		b.end = shown
		if must {
			b.must = len(breaks)
		}
		breaks = append(breaks, b)
		from = at
	}
	for i := len(breaks) - 2; i >= 0; i-- { // at its end a text must break
		if breaks[i].must < 0 {
			breaks[i].must = breaks[i+1].must
		}
	}
	w.breaks = breaks
	return breaks
}

// kept tells whether a rune is a letter or number of scripts in which lines may end
// within words (CSS Text 3, word-break: keep-all).
func kept(r rune) bool {
	if r < 0xe00 { // Thai and its neighbours have words of their own
		return unicode.IsDigit(r) || unicode.IsLetter(r)
	}
	return unicode.In(r, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) || r == 'ー' || unicode.IsDigit(r)
}

// run is a piece of the text, as it is seen.
func (p *paragraph) run(start, end int) run {
	key := extent{start, end}
	if r, ok := p.own[key]; ok {
		return r
	}
	r := run{}
	if p.cut(start, end) {
		r = p.shaped.rough(start, end)
		p.w.pieces, r.glyphs = p.shaped.seen(start, end, p.w.pieces, nil)
	} else {
		alone, at := p.w.alone(p, start, p.behind(end))
		r = alone.rough(at, at+end-start)
		p.w.pieces, r.glyphs = alone.seen(at, at+end-start, p.w.pieces, nil)
	}
	if p.own == nil {
		p.own = map[extent]run{}
	}
	p.own[key] = r
	return r
}

// measure is a run without its glyphs, where those are not needed.
func (p *paragraph) measure(start, end int) run {
	if p.cut(start, end) {
		return p.shaped.rough(start, end)
	}
	return p.run(start, end)
}

// cut tells whether a piece of the text looks the same when it is shaped by itself.
func (p *paragraph) cut(start, end int) bool {
	return p.shaped.edges[start].cut && p.shaped.edges[p.behind(end)].cut
}

// behind is where the space behind a line ends: it is not seen, but still stands
// there: a comma may lean toward it, and a bracket lose its gap.
func (p *paragraph) behind(end int) int {
	for end < len(p.text) && (p.text[end] == ' ' || p.text[end] == '\u3000') {
		end++
	}
	return end
}

// holds tells whether the box is as wide as a piece of the text.
func (p *paragraph) holds(start, end int, size float64) bool {
	// What is far too long need not be shaped by itself to know that.
	r := p.shaped.rough(start, end)
	if r.at(size, p.style.LetterSpacing) > p.width+size+math.Abs(p.style.LetterSpacing) {
		return false
	}
	r = p.measure(start, end)
	if p.hyphenated(end) {
		r = p.withHyphen(r, end)
	}
	if half, ok := p.narrowable(start, end); ok {
		r.width -= half
	}
	return r.at(size, p.style.LetterSpacing) <= p.width
}

// hyphenated tells whether a line that ends at an offset shows a hyphen there.
func (p *paragraph) hyphenated(end int) bool {
	return !p.style.NoHyphens && end > 0 && end < len(p.text) && p.text[end-1] == '\u00ad' && p.text[end] != '\n'
}

// broken breaks the text into p.lines at a size, and returns where the line behind
// them would begin. fits is false when lines were left out or a word had to be
// broken.
func (p *paragraph) broken(size float64) (next int, fits bool) { return p.lined(size, false) }

// fitting breaks the text into p.lines at a size, and tells whether it fits. Where it
// does not, the lines are only some of them.
func (p *paragraph) fitting(size float64) bool {
	_, fits := p.lined(size, true)
	return fits
}

// lined is broken. With hasty it is over when a word has to be broken.
func (p *paragraph) lined(size float64, hasty bool) (next int, fits bool) {
	p.lines, fits = p.lines[:0], true
	most := p.style.most(size)
	room := math.Inf(1) // down
	if p.style.Height > 0 {
		room = p.style.Height/size + 1e-6
	}
	b := 0
	for next < len(p.text) || len(p.lines) == 0 {
		if len(p.lines) == most {
			return next, false
		}
		for b < len(p.breaks) && (p.breaks[b].at <= next || p.led(b, next)) {
			b++
		}
		if b == len(p.breaks) { // an empty text
			p.lines = append(p.lines, extent{})
			break
		}
		ways := p.breaks[b : p.breaks[b].must+1]
		line, after := extent{start: next}, 0
		whole := true // no word had to be broken
		switch n := prefix(len(ways), func(i int) bool { return p.holds(next, max(next, ways[i].end), size) }); {
		case n > 0:
			line.end, after = max(next, ways[n-1].end), ways[n-1].at
		case p.style.Fit == SingleRow:
			line.end, after, whole = max(next, ways[0].end), ways[0].at, false
		case hasty:
			return next, false
		default:
			line.end = p.wordEnd(next, ways[0].end, size)
			after, whole = line.end, false
			if after == ways[0].end {
				after = ways[0].at // the space behind a word does not begin a line
			}
		}
		if height := p.tall(line); !p.typed.plain() && height > room && len(p.lines) > 0 {
			return next, false
		} else {
			room -= height
		}
		fits = fits && whole
		p.lines = append(p.lines, line)
		next = after
	}
	return next, fits
}

// led tells whether a break would leave nothing but a hyphen on a line that begins at
// an offset. A hyphen at the beginning belongs to what follows, such as a number
// (UAX #14, rules LB20a and LB25), though it did not before the word was broken.
func (p *paragraph) led(b, start int) bool {
	if p.text[start] != '-' && p.text[start] != '\u2010' || p.breaks[b].at != start+1 || p.breaks[b].must == b {
		return false
	}
	p.w.kinds = linebreak.Find(p.text[start:min(start+3, len(p.text))], p.style.Language, p.w.kinds)
	return p.w.kinds[1] == linebreak.None
}

// wordEnd is where a word that alone is too long must be broken: behind as many
// graphemes as the box holds, at least one.
func (p *paragraph) wordEnd(start, end int, size float64) int {
	ends := p.graphemesIn(start, end)
	if len(ends) == 0 {
		return end // of a line break within a grapheme, such as before an accent behind a space
	}
	about := prefix(len(ends), func(i int) bool {
		r := p.shaped.rough(start, ends[i])
		return r.at(size, p.style.LetterSpacing) <= p.width
	})
	n := prefixNear(about, len(ends), func(i int) bool { return p.holds(start, ends[i], size) })
	return ends[max(n-1, 0)]
}

// graphemesIn are the offsets at which user-perceived characters (UAX #29) end
// within a piece of the text.
func (p *paragraph) graphemesIn(start, end int) []int {
	ends := p.w.graphemesOf(p.text)
	i := sort.SearchInts(ends, start+1)
	return ends[i:sort.SearchInts(ends, end+1)]
}

// graphemesOf are where the user-perceived characters of the text at hand end.
func (w *worker) graphemesOf(text []rune) []int {
	if len(w.graphemes) == 0 {
		w.graphemes = linebreak.Graphemes(text, w.graphemes)
	}
	return w.graphemes
}

// graphemeEnd is where the user-perceived character that begins at an offset ends.
func (w *worker) graphemeEnd(text []rune, at int) int {
	ends := w.graphemesOf(text)
	if i := sort.SearchInts(ends, at+1); i < len(ends) {
		return ends[i]
	}
	return at + 1
}

// prefixNear is prefix where the number is likely to be about so many, so that holds is
// asked few times.
func prefixNear(about, n int, holds func(int) bool) int {
	most := n
	for step := 1; about > 0 && !holds(about-1); step *= 2 {
		most = about - 1
		about = max(0, about-step)
	}
	return about + prefix(most-about, func(i int) bool { return holds(about + i) })
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
