package typeset

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"github.com/adloom/adloom/renderer/bidi"
)

// shaped is a text whose glyphs are chosen and placed. Lengths are multiples of an
// em of the style. Glyphs stand in the order of the text: those of an item that runs
// from right to left are backward. It is immutable.
type shaped struct {
	glyphs  []placed
	edges   []edge // edges[i] lies before the text's rune i; one more than there are runes
	items   []item
	base    bidi.Level
	bitmap  float32 // the advance of glyphs that are bitmaps, which is whole pixels at any size
	missing []rune
}

// placed is a glyph in its line. Its origin lies where the advances of those before
// it end.
type placed struct {
	face    *face
	id      font.GID
	dx, dy  float32 // off its origin; dy grows downward
	advance float32
	span    uint8
	letter  bool // the first glyph of a letter, for the space between letters
	space   bool // a word ends here: a justified line is wider
	bitmap  bool // its advance is whole pixels
}

// edge is a place between two runes.
type edge struct {
	x       float64 // the advances before it, but for those of bitmaps
	bitmaps int32   // before it
	glyphs  int32   // before it
	letters int32   // before it
	cut     bool    // both sides look the same when they are shaped by themselves
}

const (
	placedBytes = 32
	edgeBytes   = 32
	itemBytes   = 40
)

func (s *shaped) bytes() int64 {
	return int64(placedBytes*len(s.glyphs)+edgeBytes*len(s.edges)+itemBytes*len(s.items)) + 96
}

// run is a piece of a shaped text: what a line shows, from left to right.
type run struct {
	glyphs  []placed
	width   float64 // in ems, without space between letters
	bitmaps int     // glyphs that come on top
	bitmap  float64 // the advance of each of those, in ems
	letters int
}

// at returns the run's width at a size.
func (r *run) at(size, spacing float64) float64 {
	width := float64(r.width*size) + float64(spacing*float64(max(0, r.letters-1)))
	if r.bitmaps > 0 {
		width += float64(float64(r.bitmaps) * math.Round(r.bitmap*size))
	}
	return width
}

// rough measures what lies between two edges, give or take a letter at each that
// may not be cut.
func (s *shaped) rough(start, end int) run {
	from, to := &s.edges[start], &s.edges[end]
	return run{width: to.x - from.x, letters: int(to.letters - from.letters), bitmaps: int(to.bitmaps - from.bitmaps), bitmap: float64(s.bitmap)}
}

// piece is what an item shows of a line.
type piece struct {
	start, end int
	level      bidi.Level
}

// seen appends to glyphs what lies between two edges that may be cut, as it is seen
// from left to right (UAX #9, rule L2).
func (s *shaped) seen(start, end int, pieces []piece, glyphs []placed) ([]piece, []placed) {
	pieces = pieces[:0]
	for _, it := range s.items {
		if from, to := max(start, it.start), min(end, it.end); from < to {
			pieces = append(pieces, piece{from, to, it.level})
		}
	}
	reorder(pieces)
	for _, p := range pieces {
		from, to := s.edges[p.start].glyphs, s.edges[p.end].glyphs
		at := len(glyphs)
		glyphs = append(glyphs, s.glyphs[from:to]...)
		if p.level%2 == 1 {
			slices.Reverse(glyphs[at:])
		}
	}
	return pieces, glyphs
}

// reorder puts the pieces of a line in the order in which they are seen: from the
// highest level down, what is at least on it is turned around.
func reorder(pieces []piece) {
	var highest bidi.Level
	for _, p := range pieces {
		highest = max(highest, p.level)
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(pieces); i++ {
			if pieces[i].level < level {
				continue
			}
			j := i
			for j < len(pieces) && pieces[j].level >= level {
				j++
			}
			slices.Reverse(pieces[i:j])
			i = j
		}
	}
}

type shapeKey struct {
	fonts        *Fonts
	words, spans string
	font         Font
	lang         string
	base         bidi.Level
	spaced       bool
}

// shaped shapes, or remembers.
func (w *worker) shaped(t *typed, text read, style *Style) *shaped {
	key := shapeKey{w.setter.fonts, string(text.runes), t.key, style.Font, style.Language, baseLevel(text.runes, style), style.LetterSpacing != 0}
	if s, ok := w.setter.shapes.Get(key); ok {
		return s
	}
	sets, err := w.sets(t)
	if err != nil {
		return &shaped{edges: make([]edge, len(text.runes)+1)} // they were there when the layout began
	}
	items, missing := w.itemize(t, text, key.base, style.Language, sets)
	s := w.shape(text.runes, items, t.spans, style)
	s.missing, s.base = missing, key.base
	w.setter.shapes.Add(key, s, s.bytes()+int64(len(key.words)+len(key.spans))+entryBytes)
	return s
}

// sets are the faces of each span.
func (w *worker) sets(t *typed) ([]*faceSet, error) {
	sets := make([]*faceSet, len(t.spans))
	for i := range t.spans {
		var err error
		if sets[i], err = w.setter.set(t.spans[i].font); err != nil {
			return nil, err
		}
	}
	return sets, nil
}

// shape sets the items of a text. Line breaks show nothing, and nothing is joined
// across them.
func (w *worker) shape(text []rune, items []item, spans []span, style *Style) *shaped {
	s := &shaped{glyphs: make([]placed, 0, len(text)), edges: make([]edge, len(text)+1), items: items}
	pen := edge{cut: true}
	at := 0
	for _, it := range items {
		for ; at < it.start; at++ { // a line break
			s.edges[at] = pen
		}
		w.shapeItem(s, text, it, &spans[it.span], style, &pen)
		at = it.end
	}
	for ; at <= len(text); at++ {
		s.edges[at] = pen
	}
	return s
}

// alone shapes a piece of a text by itself.
func (w *worker) alone(p *paragraph, start, end int) *shaped {
	var items []item
	for _, it := range p.shaped.items {
		if from, to := max(start, it.start), min(end, it.end); from < to {
			it.start, it.end = from-start, to-start
			items = append(items, it)
		}
	}
	return w.shape(p.text[start:end], items, p.typed.spans, p.style)
}

// shapeItem appends what one face shows.
func (w *worker) shapeItem(s *shaped, text []rune, it item, span *span, style *Style, pen *edge) {
	face := w.instance(it.face)
	if face == nil || face.Upem() == 0 { // a broken font shows nothing
		for at := it.start; at < it.end; at++ {
			s.edges[at] = *pen
		}
		return
	}
	// Shaped at one pixel a unit, so that nothing is rounded.
	upem := float64(face.Upem())
	input := shaping.Input{
		Text: text, RunStart: it.start, RunEnd: it.end,
		Direction: di.DirectionLTR,
		Face:      face, Size: fixed.I(int(face.Upem())),
		Script: it.script, Language: languageOf(style.Language),
		FontFeatures: w.featuresOf(span.font.Features, style.LetterSpacing != 0),
	}
	backward := it.level%2 == 1
	if backward {
		input.Direction = di.DirectionRTL
	}
	out := w.glyphsOf(input)
	if backward {
		slices.Reverse(out)
	}
	scale := span.scale / upem
	joined := cursive(it.script)
	cut := true
	next := it.start // the first rune whose edge is open
	for len(out) > 0 {
		cluster := out[:1]
		for len(cluster) < len(out) && out[len(cluster)].TextIndex() == out[0].TextIndex() {
			cluster = out[:len(cluster)+1]
		}
		out = out[len(cluster):]

		first := cluster[0].TextIndex()
		for ; next <= first; next++ {
			at := *pen
			at.cut = next == first && cluster[0].Mask&harfbuzz.GlyphUnsafeToBreak == 0
			s.edges[next] = at
		}
		s.edges[first].cut = s.edges[first].cut && cut
		cut = true
		letter := false
		for i := range cluster {
			letter = letter || cluster[i].Advance != 0 // else a joiner or the like, to which CSS Text 3 gives no space
		}
		letter = letter && !joined
		for i := range cluster {
			g := &cluster[i]
			p := placed{
				face: it.face, id: g.GlyphID, span: it.span,
				dx: float32(pixels(g.XOffset) * scale), dy: float32(float64(-pixels(g.YOffset)*scale) - span.rise), advance: float32(pixels(g.Advance) * scale),
			}
			p.letter = letter && (!backward && i == 0 || backward && i == len(cluster)-1) // the leftmost one
			p.space = i == 0 && (text[first] == ' ' || text[first] == 0xa0)
			if len(cluster) == 1 && text[first] >= 0x3000 {
				if left, right := half(text, first, style.Language); left || right {
					p.narrow(left, span.scale)
					s.edges[first].cut = s.edges[first].cut && !left
					cut = !right
				}
			}
			if it.face.source.Color && p.advance > 0 && (s.bitmap == 0 || s.bitmap == p.advance) { // browsers round those
				s.bitmap, p.bitmap = p.advance, true
				pen.bitmaps++
			} else {
				pen.x += float64(p.advance)
			}
			s.glyphs = append(s.glyphs, p)
		}
		pen.glyphs = int32(len(s.glyphs))
		if letter {
			pen.letters++
		}
	}
	for ; next < it.end; next++ {
		at := *pen
		at.cut = false
		s.edges[next] = at
	}
	pen.cut = cut
}

// glyphsOf shapes. A broken font can make the shaper panic: then it shows nothing.
func (w *worker) glyphsOf(input shaping.Input) (glyphs []shaping.Glyph) {
	defer func() {
		if recover() != nil {
			w.shaper, glyphs = shaping.HarfbuzzShaper{}, nil
		}
	}()
	return w.shaper.ShapeNoExtents(input).Glyphs
}

func pixels(v fixed.Int26_6) float64 { return float64(v) / 64 }

// cursive tells whether the letters of a script are joined, so that no space goes
// between them (CSS Text 4, section 8.2.1).
func cursive(script language.Script) bool {
	switch script {
	case language.Arabic, language.Syriac, language.Mongolian, language.Nko, language.Mandaic, language.Phags_Pa, language.Hanifi_Rohingya, language.Adlam:
		return true
	}
	return false
}

func languageOf(tag string) language.Language {
	if tag == "" {
		tag = "en"
	}
	return language.NewLanguage(tag)
}

// featuresOf reads a list such as "tnum, liga=0". Letters with space between them
// make no ligatures (CSS Text 3, section 8.2).
func (w *worker) featuresOf(list string, spaced bool) []shaping.FontFeature {
	w.features = w.features[:0]
	if spaced {
		w.features = append(w.features, shaping.FontFeature{Tag: ot.MustNewTag("liga")}, shaping.FontFeature{Tag: ot.MustNewTag("clig")})
	}
	for list != "" {
		var one string
		one, list, _ = strings.Cut(list, ",")
		if tag, value, ok := ParseFeature(one); ok {
			w.features = append(w.features, shaping.FontFeature{Tag: ot.MustNewTag(tag), Value: value})
		}
	}
	return w.features
}

// ParseFeature reads an OpenType feature: its tag of four characters, and perhaps
// "=" and a number: 0 is off, 1 on, more choose one of several forms.
func ParseFeature(s string) (tag string, value uint32, ok bool) {
	tag, number, given := strings.Cut(strings.TrimSpace(s), "=")
	if len(tag) != 4 {
		return "", 0, false
	}
	for i := range len(tag) {
		if tag[i] < ' ' || tag[i] > '~' {
			return "", 0, false
		}
	}
	if !given {
		return tag, 1, true
	}
	n, err := strconv.ParseUint(number, 10, 16)
	return tag, uint32(n), err == nil
}
