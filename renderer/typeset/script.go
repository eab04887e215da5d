package typeset

import (
	"strings"

	"github.com/go-text/typesetting/language"
)

// scriptRuns tells the script that each rune of a text is shaped in.
type scriptRuns struct {
	scripts []language.Script
	open    []openBracket
}

type openBracket struct {
	close  rune
	script language.Script
}

// mostOpen bounds the brackets that wait for their partners.
const mostOpen = 64

// brackets that enclose text, each opening one before its partner. Quotation marks are
// none: languages differ in which of them opens.
const brackets = "()[]{}「」『』【】〈〉《》〔〕（）［］｛｝"

// of finds the scripts. Marks, digits and punctuation take that of what stands
// before them, or behind where nothing does (UAX #24, section 5.1); a closing
// bracket takes that of its opening one. A text without letters, such as a price, has
// none: it is shaped as its font does by default.
func (s *scriptRuns) of(text []rune) []language.Script {
	s.scripts, s.open = s.scripts[:0], s.open[:0]
	current := language.Common
	for i, r := range text {
		script := scriptOf(r)
		if writtenWithout(current) && script == language.Common {
			script = usualScript(r, current)
		}
		switch script {
		case language.Common, language.Inherited, language.Unknown:
			if script = s.bracket(r, current); script != current { // a closing one: what follows is outside again
				current = script
			}
		default:
			if current == language.Common { // what stood before the first letter
				for j := range i {
					s.scripts[j] = script
				}
			}
			current = script
		}
		s.scripts = append(s.scripts, script)
	}
	return s.scripts
}

// usualScript is the script of a character that several share, but not all: signs
// that Arabic lends to its neighbours, and Devanagari to its own, and the middle dot,
// which Cyrillic borrows (ScriptExtensions.txt of Unicode 16).
func usualScript(r rune, current language.Script) language.Script {
	switch {
	case r == 0xb7 && current == language.Cyrillic:
		return language.Latin
	case r < 0x60c:
	case r == 0x60c, r == 0x61b, r == 0x61f, r == 0x640, 0x660 <= r && r <= 0x669:
		return language.Arabic
	case 0x964 <= r && r <= 0x965:
		return language.Devanagari
	}
	return language.Common
}

// writtenWithout tells whether a script has no use for those signs, so that its fonts
// need not have them.
func writtenWithout(script language.Script) bool {
	return script == language.Common || script == language.Latin || script == language.Greek || script == language.Cyrillic
}

// bracket is the script of a character that has none.
func (s *scriptRuns) bracket(r rune, current language.Script) language.Script {
	if r < '(' {
		return current
	}
	at := strings.IndexRune(brackets, r)
	if at < 0 {
		return current
	}
	for i := len(s.open) - 1; i >= 0; i-- {
		if s.open[i].close == r {
			script := s.open[i].script
			s.open = s.open[:i]
			if script == language.Common {
				return current
			}
			return script
		}
	}
	if len(s.open) < mostOpen {
		if partner := partnerOf(at, r); partner != 0 {
			s.open = append(s.open, openBracket{partner, current})
		}
	}
	return current
}

// partnerOf is the closing partner of an opening bracket at a place of the list; 0
// for a closing one.
func partnerOf(at int, r rune) rune {
	open := true
	for i, b := range brackets {
		if i == at && !open {
			return 0
		}
		if i > at {
			return b
		}
		open = !open
	}
	return 0
}

func scriptOf(r rune) language.Script {
	if r < 0x80 {
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return language.Latin
		}
		return language.Common
	}
	return language.LookupScript(r)
}
