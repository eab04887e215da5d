package typeset

import (
	"slices"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
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
	lineBytes   = 112
	spanBytes   = 136
)

func (s *shaped) bytes() int64 {
	return int64(placedBytes*len(s.glyphs)+edgeBytes*len(s.edges)+itemBytes*len(s.items)) + 96
}

type shapeKey struct {
	words, spans string
	font         Font
	lang         string
	base         bidi.Level
	spaced       bool
}

// shaped shapes, or remembers.
func (w *worker) shaped(t *typed, text read, style *Style) *shaped {
	key := shapeKey{string(text.runes), t.key, style.Font, style.Language, baseLevel(text.runes, style), style.LetterSpacing != 0}
	if s, ok := w.setter.shapes.Get(key); ok {
		return s
	}
	sets, err := w.setter.setsOf(t)
	if err != nil {
		return &shaped{edges: make([]edge, len(text.runes)+1)} // they were there when the layout began
	}
	items, missing := w.itemize(t, text, key.base, style.Language, sets)
	s := w.shape(entire(text.runes), items, t.spans, style)
	s.missing, s.base = missing, key.base
	w.setter.shapes.Add(key, s, s.bytes()+int64(len(key.words)+len(key.spans))+entryBytes)
	return s
}

// passage is a piece of a text and what stands around it, to which its letters keep
// the forms that join them (CSS Text 3, section 5.6).
type passage struct {
	text []rune
	extent
}

func entire(text []rune) passage { return passage{text, extent{0, len(text)}} }

// around is how far the shaper looks beyond a passage.
const around = 5

// shape sets the items of a passage. Line breaks show nothing, and nothing is joined
// across them.
func (w *worker) shape(in passage, items []item, spans []span, style *Style) *shaped {
	s := &shaped{glyphs: make([]placed, 0, in.end-in.start), edges: make([]edge, len(in.text)+1), items: items}
	pen := edge{cut: true}
	at := 0
	for _, it := range items {
		s.fill(at, it.start, pen) // a line break
		w.shapeItem(s, in, it, &spans[it.span], style, &pen)
		at = it.end
	}
	s.fill(at, len(in.text)+1, pen)
	return s
}

// fill says the same of all edges from one on and before another.
func (s *shaped) fill(from, to int, e edge) {
	for i := from; i < to; i++ {
		s.edges[i] = e
	}
}

// alone shapes a piece of a text by itself. It begins at an offset of what is shaped.
func (w *worker) alone(p *paragraph, start, end int) (s *shaped, at int) {
	first, last := max(0, start-around), min(len(p.text), end+around)
	var items []item
	for it := range p.shaped.within(start, end) {
		it.start, it.end = it.start-first, it.end-first
		items = append(items, it)
	}
	in := passage{p.text[first:last], extent{start - first, end - first}}
	return w.shape(in, items, p.typed.spans, p.style), in.start
}

// shapeItem appends what one face shows.
func (w *worker) shapeItem(s *shaped, in passage, it item, span *span, style *Style, pen *edge) {
	face := w.instance(it.face)
	if face == nil || face.Upem() == 0 { // a broken font shows nothing
		s.fill(it.start, it.end, *pen)
		return
	}
	backward := it.level.RightToLeft()
	out := w.glyphsOf(in.text, it, face, span, style)
	scale := span.scale / float64(face.Upem())
	joined, cut := cursive(it.script), true
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
		letter := !joined && advances(cluster)
		for i := range cluster {
			g := &cluster[i]
			p := placed{
				face: it.face, id: g.GlyphID, span: it.span,
				dx: float32(pixels(g.XOffset) * scale), dy: float32(float64(-pixels(g.YOffset)*scale) - span.rise), advance: float32(pixels(g.Advance) * scale),
			}
			p.letter = letter && (!backward && i == 0 || backward && i == len(cluster)-1) // the leftmost one
			p.space = i == 0 && (in.text[first] == ' ' || in.text[first] == 0xa0)
			if len(cluster) == 1 && in.text[first] >= 0x3000 {
				if left, right := half(in.text[in.start:in.end], first-in.start, style.Language); left || right {
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
	pen.cut = false
	s.fill(next, it.end, *pen)
	pen.cut = cut
}

// advances tells whether a cluster takes room; else it is a joiner or the like, to
// which CSS Text 3 gives no space.
func advances(cluster []shaping.Glyph) bool {
	return slices.ContainsFunc(cluster, func(g shaping.Glyph) bool { return g.Advance != 0 })
}

// glyphsOf shapes, at one pixel a unit of the font, so that nothing is rounded. Glyphs
// stand in the order of the text.
func (w *worker) glyphsOf(text []rune, it item, face *font.Face, span *span, style *Style) []shaping.Glyph {
	spaced := style.LetterSpacing != 0
	input := shaping.Input{
		Text: text, RunStart: it.start, RunEnd: it.end,
		Direction: di.DirectionLTR,
		Face:      face, Size: fixed.I(int(face.Upem())),
		Script: it.script, Language: languageOf(style.Language),
		FontFeatures: w.featuresOf(span.font.Features, spaced),
	}
	backward := it.level.RightToLeft()
	w.plans[plan{it.face, it.script, style.Language, span.font.Features, spaced, backward}] = struct{}{}
	if !backward {
		return w.unbroken(input)
	}
	input.Direction = di.DirectionRTL
	out := w.unbroken(input)
	slices.Reverse(out)
	return out
}

// unbroken shapes. A broken font can make the shaper panic: then it shows nothing.
func (w *worker) unbroken(input shaping.Input) (glyphs []shaping.Glyph) {
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
