package typeset

import (
	"math"
	"strings"
	"unicode"
)

// Full-width punctuation is half empty. Where two such characters meet, one of the
// gaps between them goes, as does the one beside a narrow bracket or a middle dot, and
// a closing bracket that does not fit the end of a line loses its own (CSS Text 4,
// section 8.4: text-spacing-trim: normal). Which gaps go is what Chromium 156 does
// with the families Noto Sans CJK.

// empty says which half of a full-width character shows nothing.
type empty uint8

const (
	neither    empty = iota
	leftHalf         // of an opening bracket
	rightHalf        // of a closing bracket, a comma or a stop
	bothQuarts       // of what stands in the middle
	all              // of a space
)

const (
	openers = "「『（【〈《〔〖〘〚〝［｛｟"
	closers = "」』）】〉》〕〗〙〛〞〟］｝｠"
)

// emptyHalf is the class of a rune in a language: commas and stops stand in the
// middle in traditional Chinese, colons at the left in simplified Chinese.
func emptyHalf(r rune, lang string) empty {
	switch {
	case r == '·':
		return bothQuarts
	case r < 0x2018:
		return neither
	case strings.ContainsRune(openers, r):
		return leftHalf
	case strings.ContainsRune(closers, r):
		return rightHalf
	}
	switch r {
	case '、', '。', '，', '．':
		if traditional(lang) {
			return bothQuarts
		}
		return rightHalf
	case '：', '；':
		if chinese(lang) && !traditional(lang) {
			return rightHalf
		}
		return bothQuarts
	case '・', '‧':
		return bothQuarts
	case '\u3000':
		return all
	}
	return neither
}

func chinese(lang string) bool { return strings.HasPrefix(strings.ToLower(lang), "zh") }

func traditional(lang string) bool {
	tag := strings.ToLower(lang)
	for _, prefix := range []string{"zh-hant", "zh-tw", "zh-hk", "zh-mo"} {
		if strings.HasPrefix(tag, prefix) {
			return true
		}
	}
	return false
}

// half is what of an em goes from the left and from the right of a character that
// stands between two others of a text.
func half(text []rune, at int, lang string) (left, right bool) {
	switch emptyHalf(text[at], lang) {
	case leftHalf:
		if at == 0 {
			return false, false
		}
		before := text[at-1]
		switch {
		case before == '‘' || before == '“' || unicode.Is(unicode.Ps, before), chinese(lang) && (before == '’' || before == '”'):
			return true, false
		}
		return emptyHalf(before, lang) != neither, false
	case rightHalf:
		if at+1 == len(text) {
			return false, false
		}
		switch behind := text[at+1]; emptyHalf(behind, lang) {
		case rightHalf, bothQuarts, all:
			return false, true
		case neither:
			return false, behind == '’' || behind == '”' || unicode.Is(unicode.Pe, behind)
		}
	}
	return false, false
}

// narrow takes half an em from a glyph; scale is the em of its span. What is not as
// wide as an em has no half to give.
func (p *placed) narrow(left bool, scale float64) {
	if !isFull(float64(p.advance), scale) {
		return
	}
	h := float32(scale / 2)
	p.advance -= h
	if left {
		p.dx -= h
	}
}

func isFull(advance, scale float64) bool { return math.Abs(advance-scale) < scale/100 }

// narrowable tells whether a line that ends at an offset can end half an em earlier,
// and how much that is. A space behind the bracket holds it up.
func (p *paragraph) narrowable(start, end int) (ems float64, ok bool) {
	if end <= start || end < len(p.text) && p.text[end] == ' ' || p.shaped.base == 1 || !strings.ContainsRune(closers, p.text[end-1]) {
		return 0, false
	}
	scale := p.typed.spans[spanAt(p.ends, end-1)].scale
	return scale / 2, isFull(p.shaped.edges[end].x-p.shaped.edges[end-1].x, scale)
}
