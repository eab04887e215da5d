package typeset

import (
	"strings"

	"github.com/go-text/typesetting/language"
	"golang.org/x/text/unicode/bidi"

	levels "github.com/adloom/adloom/renderer/bidi"
)

// item is a piece of a text that one face draws in one direction. No item spans a
// line break.
type item struct {
	start, end int
	level      levels.Level
	script     language.Script
	face       *face
	span       uint8
}

// baseLevel is the direction of a text as a whole.
func baseLevel(text []rune, style *Style) levels.Level {
	switch style.Direction {
	case LeftToRight:
		return 0
	case RightToLeft:
		return 1
	}
	letters := style.Direction == FirstLetter
	isolates := 0 // open ones: what they hold is no part of the text around them
	for _, r := range text {
		if r < 0x590 { // most texts
			if isolates == 0 && ('a' <= r|0x20 && r|0x20 <= 'z' || r >= 0xc0) {
				return 0
			}
			continue
		}
		p, _ := bidi.LookupRune(r)
		switch class := p.Class(); {
		case letters && (r == '\u200e' || '\u2066' <= r && r <= '\u2069'):
		case class == bidi.LRI || class == bidi.RLI || class == bidi.FSI:
			isolates++
		case class == bidi.PDI:
			isolates = max(0, isolates-1)
		case isolates > 0:
		case class == bidi.L:
			return 0
		case class == bidi.R || class == bidi.AL:
			return 1
		}
	}
	if letters && backward(style.Language) {
		return 1
	}
	return 0
}

// backward tells whether a language is written from right to left.
func backward(lang string) bool {
	tag := strings.ToLower(lang)
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		if strings.Contains(tag, "-latn") || strings.Contains(tag, "-cyrl") {
			return false
		}
		tag = tag[:i]
	}
	switch tag {
	case "ar", "fa", "he", "iw", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "ks", "syr", "nqo":
		return true
	}
	return false
}

// itemize cuts a text into items, in the order of the text, and appends to missing
// the characters that no face has.
func (w *worker) itemize(t *typed, text read, base levels.Level, lang string, sets []*faceSet) (items []item, missing []rune) {
	scripts := w.scripts.of(text.runes)
	items = make([]item, 0, 8)
	for start := 0; start <= len(text.runes); {
		end := lineEnd(text.runes, start)
		line := text.runes[start:end]
		var resolved []levels.Level
		if base != 0 || !levels.Simple(line) {
			direction := levels.LeftToRight
			if base != 0 {
				direction = levels.RightToLeft
			}
			resolved, _ = w.levels.Resolve(line, direction)
		}
		for at := start; at < end; {
			next := w.clusterEnd(text, at, end)
			cluster := text.runes[at:next]
			it := item{start: at, end: next, script: scripts[at], span: spanAt(text.ends, at)}
			if resolved != nil {
				it.level = resolved[at-start]
			}
			last := len(items) - 1
			joins := last >= 0 && items[last].end == at && items[last].level == it.level && items[last].script == it.script && items[last].span == it.span
			if joins && allIgnorable(cluster) && !isSpace(cluster[0]) {
				items[last].end = next
				at = next
				continue
			}
			var lacks bool
			it.face, lacks = w.face(sets[it.span], it.script, lang, cluster)
			if lacks {
				missing = appendMissing(missing, cluster)
			}
			if joins && items[last].face == it.face {
				items[last].end = next
			} else {
				items = append(items, it)
			}
			at = next
		}
		start = end + 1
	}
	return items, missing
}

// clusterEnd is where the user-perceived character that begins at an offset ends,
// or its span, if that comes first.
func (w *worker) clusterEnd(text read, at, end int) int {
	next := at + 1
	if next < end && (text.runes[next] >= 0x300 || text.runes[at] >= 0x1100) {
		next = min(end, w.graphemeEnd(text.runes, at))
	}
	for _, boundary := range text.ends {
		if at < boundary && boundary < next {
			return boundary
		}
	}
	return next
}

func spanAt(ends []int, at int) uint8 {
	i := 0
	for i < len(ends)-1 && ends[i] <= at {
		i++
	}
	return uint8(i)
}

func allIgnorable(cluster []rune) bool {
	for _, r := range cluster {
		if !ignorable(r) {
			return false
		}
	}
	return true
}

// isSpace tells whether a rune shows nothing but its width: that of the first font,
// as browsers take it, and not of the one that drew what stands before.
func isSpace(r rune) bool {
	switch r {
	case ' ', 0xa0, 0x1680, 0x202f, 0x205f:
		return true
	}
	return 0x2000 <= r && r <= 0x200a
}

// mostMissing bounds the characters that are reported as missing.
const mostMissing = 32

func appendMissing(missing, cluster []rune) []rune {
	for _, r := range cluster {
		if len(missing) < mostMissing && !ignorable(r) && !strings.ContainsRune(string(missing), r) {
			missing = append(missing, r)
		}
	}
	return missing
}
