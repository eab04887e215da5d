package linebreak

import (
	_ "embed"
	"sync"
)

// The lists of words. words/README.md tells where they come from.
var (
	//go:embed words/thai.txt
	thaiWords string
	//go:embed words/lao.txt
	laoWords string
	//go:embed words/khmer.txt
	khmerWords string
	//go:embed words/burmese.txt
	burmeseWords string
)

// script is a script that is written without spaces between words.
type script struct {
	first, last rune // its characters
	least       int  // a shorter piece of text is one word
	short       int  // a word shorter than this may be the beginning of one that is not in the list
	likely      int  // text that takes so many characters to tell from the words of the list is taken for one
	dictionary  func() *dictionary
	begins      func(rune) bool // tells whether a word may begin with a character
	ends        func(rune) bool // tells whether one may end with it, but for marks
}

// scripts are read when a text first needs them.
var scripts = [...]script{
	{0x0e00, 0x0e7f, 5, 3, 3, reader(&thaiWords, 0x0e00), thaiBegins, thaiEnds},
	{0x0e80, 0x0eff, 4, 3, 3, reader(&laoWords, 0x0e80), laoBegins, laoEnds},
	{0x1000, 0x109f, 4, 3, 3, reader(&burmeseWords, 0x1000), burmeseBegins, anywhere},
	{0x1780, 0x17ff, 4, 10, 5, reader(&khmerWords, 0x1780), khmerBegins, khmerEnds},
}

func reader(list *string, base rune) func() *dictionary {
	return sync.OnceValue(func() *dictionary { return readDictionary(*list, base) })
}

func scriptOf(r rune) *script {
	for i := range scripts {
		if s := &scripts[i]; s.first <= r && r <= s.last {
			return s
		}
	}
	return nil
}

func between(r, first, last rune) bool { return first <= r && r <= last }

// Vowels that are written before their consonant begin words and do not end them.
func thaiBegins(r rune) bool { return between(r, 0x0e01, 0x0e2e) || between(r, 0x0e40, 0x0e44) }
func thaiEnds(r rune) bool   { return r != 0x0e31 && !between(r, 0x0e40, 0x0e44) }
func laoBegins(r rune) bool {
	return between(r, 0x0e81, 0x0eae) || between(r, 0x0edc, 0x0edd) || between(r, 0x0ec0, 0x0ec4)
}
func laoEnds(r rune) bool       { return !between(r, 0x0ec0, 0x0ec4) }
func burmeseBegins(r rune) bool { return between(r, 0x1000, 0x102a) }
func khmerBegins(r rune) bool   { return between(r, 0x1780, 0x17b3) }
func khmerEnds(r rune) bool     { return r != 0x17d2 } // a sign that puts the next letter below
func anywhere(rune) bool        { return true }
