package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// read is the beginning of a text, as it is set.
type read struct {
	runes []rune
	ends  []int // of the spans, in runes; as many as the text has
	more  bool  // the text goes on
}

// begin reads the first runes of a text, at most so many.
func (t *typed) begin(most int, into read) read {
	into.runes, into.ends = into.runes[:0], into.ends[:0]
	at := 0
	for i := range t.spans {
		var n int
		words := t.words[at:t.spans[i].end]
		if i < len(t.spans)-1 && strings.HasSuffix(words, "\r") && strings.HasPrefix(t.words[t.spans[i].end:], "\n") {
			words = words[:len(words)-1] // one line break, across two spans
		}
		into.runes, n = leading(words, most, into.runes)
		into.ends = append(into.ends, len(into.runes))
		if n < len(words) {
			into.more = true
			for len(into.ends) < len(t.spans) {
				into.ends = append(into.ends, len(into.runes))
			}
			return into
		}
		at = t.spans[i].end
	}
	into.more = false
	return into
}

// Runes are the characters of a text as it is set: what Line.Start and Line.End
// count.
func Runes(words string) []rune {
	text, _ := leading(trimmed(words), len(words), nil)
	return text
}

// leading appends the first runes of a text to others, at most so many in all, as
// they are set, and tells how many bytes they were. Every mandatory line break
// (UAX #14: BK, CR, LF, NL) is a newline, a tab is a space, and other control
// characters are not there.
func leading(words string, most int, text []rune) (_ []rune, read int) {
	for read < len(words) && len(text) < most {
		r, n := utf8.DecodeRuneInString(words[read:])
		switch {
		case r == '\r' && strings.HasPrefix(words[read+n:], "\n"): // the newline stands for both
		case r == '\n', r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			text = append(text, '\n')
		case r == '\t':
			text = append(text, ' ')
		case !unicode.IsControl(r):
			text = append(text, r)
		}
		read += n
	}
	return text, read
}

// blank tells whether a rune shows nothing at the end of a line
// (CSS Text 3, section 4.1.3): spaces, but for those that glue words together.
func blank(r rune) bool {
	switch r {
	case ' ', '\n', '\u200b', '\u1680', '\u205f', '\u3000':
		return true
	}
	return '\u2000' <= r && r <= '\u200a' && r != '\u2007'
}

// trimmed is a text without what shows nothing at its end.
func trimmed(words string) string {
	return strings.TrimRightFunc(words, func(r rune) bool {
		return blank(r) || unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}

// trim is a text without what shows nothing at its end.
func (t *typed) trim() {
	t.words = trimmed(t.words)
	for i := range t.spans {
		t.spans[i].end = min(t.spans[i].end, len(t.words))
	}
}

// lineEnd is where the line that a text has at an offset ends.
func lineEnd(text []rune, start int) int {
	for start < len(text) && text[start] != '\n' {
		start++
	}
	return start
}
