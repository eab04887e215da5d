package reqlog

import (
	"strings"
	"unicode/utf8"
)

// bounded is a text from outside as it may be written: valid UTF-8, without what terminals obey, without the secrets of
// URLs, and of at most so many bytes. The encoder escapes the rest of the control characters.
func bounded(s string, most int) (text string, cut bool) {
	if len(s) > longest {
		s, cut = s[:longest], true
	}
	s = plain(redact(s))
	if len(s) <= most {
		return s, cut
	}
	end := most
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end], true
}

// longest is how much of a text is looked at.
const longest = 16 << 10

// Shown is a text from outside as it may be shown to operators: without the secrets of URLs in it, and without what would
// be obeyed rather than read, cut to so many bytes.
func Shown(s string, most int) string { return short(s, most) }

// HoldsSecret says that a text has a URL in it that lets its reader in somewhere.
func HoldsSecret(s string) bool { return redact(s) != s }

func short(s string, most int) string {
	text, _ := bounded(s, most)
	return text
}

// plain replaces what is not UTF-8, and characters that end lines or command terminals and that JSON does not escape.
func plain(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c == 0x7f || c == 0 {
			return strings.Map(harmless, strings.ToValidUTF8(s, "�"))
		}
	}
	return s
}

func harmless(r rune) rune {
	switch {
	case r == 0, r >= 0x7f && r < 0xa0, r == '\u2028', r == '\u2029':
		return utf8.RuneError
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // would turn the rest of a line around
		return utf8.RuneError
	}
	return r
}
