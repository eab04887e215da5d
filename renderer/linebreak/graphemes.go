package linebreak

import "github.com/go-text/typesetting/segmenter"

// Graphemes are the offsets at which user-perceived characters (UAX #29) end. The result uses the room of buf.
func Graphemes(text []rune, buf []int) []int {
	ends := buf[:0]
	if single(text) {
		for i := range text {
			ends = append(ends, i+1)
		}
		return ends
	}
	var s segmenter.Segmenter
	s.Init(text)
	for it := s.GraphemeIterator(); it.Next(); {
		g := it.Grapheme()
		ends = append(ends, g.Offset+len(g.Text))
	}
	return ends
}

// single tells of a text in which each character stands alone, as most in Latin do.
func single(text []rune) bool {
	for _, r := range text {
		if r == '\r' || r >= 0x300 { // where combining marks begin
			return false
		}
	}
	return true
}
