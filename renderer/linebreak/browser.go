package linebreak

import "strings"

// Chromium does not ask UAX #14 between two printable characters of ASCII, and after spaces it always lets a line end.
// What stands here was measured with all pairs of ASCII in several surroundings, in Chromium 156.

// ascii tells of characters that Chromium has its own rules for.
func ascii(r rune) bool { return '!' <= r && r <= '~' }

// space tells of the characters that white space in a page is made of.
func space(r rune) bool { return r == ' ' || r == '\t' }

// asciiKind says whether a line may end between b and c. The character before them is before.
func asciiKind(before, b, c rune) Kind {
	switch c {
	case '(', '<', '[', '{': // a bracket may begin a line, unless it is glued to a word, a path or another bracket
		if strings.ContainsRune("!\"#%&)*+,.:;=>\\]|}~-?", b) {
			return Allowed
		}
		return None
	case '!', ')', ',', '.', '/', ':', ';', '?', ']', '}': // these never begin a line
		return None
	}
	switch b {
	case '?': // the query of a URL
		if c != '"' && c != '\'' {
			return Allowed
		}
	case '-':
		switch {
		case '0' <= c && c <= '9': // in ABC-123 a hyphen, elsewhere a minus
			if alphanumeric(before) {
				return Allowed
			}
		case c != '$':
			return Allowed
		}
	}
	return None
}

func alphanumeric(r rune) bool {
	return '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z'
}

// latin1 tells of characters between two of which Chromium decides without looking farther.
func latin1(r rune) bool { return ascii(r) || '\u00a1' <= r && r <= '\u00ff' && r != '\u00ad' }

// chinese tells of languages in which quotes are known to open and to close.
func chinese(lang string) bool {
	return len(lang) >= 2 && strings.EqualFold(lang[:2], "zh") && (len(lang) == 2 || lang[2] == '-' || lang[2] == '_')
}

// tailored is the classes of the characters that browserClass may give another.
const tailored set = 1<<cj | 1<<qui | 1<<quf | 1<<ns

// browserClass is the class of a character that UAX #14 gives the class c.
func browserClass(r rune, c class, chinese bool) class {
	if c&^wide == cj { // small kana may begin a line: CSS Text 3, line-break: normal
		return id | c&wide
	}
	if !chinese {
		return c
	}
	switch r {
	case '“': // known to open, and to close
		return op
	case '”':
		return cl
	case '〜', '゠': // may begin a line
		return wave | wide
	}
	return c
}
