package templates

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"
)

// truncate cuts a text to n user-perceived characters, the last one being … when
// something was cut (grapheme clusters of UAX #29). The markers of a superscript do
// not count, and one that is cut ends before the ….
func truncate(s string, n int) (string, error) {
	if n < 1 {
		return "", fmt.Errorf("expected a length of at least 1; found %d", n)
	}
	if graphemes(s, n) <= n {
		return s, nil
	}
	var cut strings.Builder
	open := false
	for g := uniseg.NewGraphemes(s); g.Next(); {
		switch g.Str() {
		case string(SuperscriptStart):
			open = true
		case string(SuperscriptEnd):
			open = false
		default:
			n--
		}
		if n < 1 {
			break
		}
		cut.WriteString(g.Str())
	}
	text := strings.TrimSpace(cut.String())
	if open {
		text += string(SuperscriptEnd)
	}
	return text + "…", nil
}

// graphemes counts a text's characters but for markers, as far as one beyond most.
func graphemes(s string, most int) int {
	n := 0
	for g := uniseg.NewGraphemes(s); n <= most && g.Next(); {
		if text := g.Str(); text != string(SuperscriptStart) && text != string(SuperscriptEnd) {
			n++
		}
	}
	return n
}
