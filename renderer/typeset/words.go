package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// leading returns the first runes of a text, at most so many, as they are set, and
// how many bytes they were. Every mandatory line break (UAX #14: BK, CR, LF, NL) is
// a newline, a tab is a space, and other control characters are not there.
func leading(words string, most int, buf []rune) (text []rune, read int) {
	text = buf[:0]
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

// lineEnd is where the line that a text has at an offset ends.
func lineEnd(text []rune, start int) int {
	for start < len(text) && text[start] != '\n' {
		start++
	}
	return start
}
