package renderer

import (
	"strings"

	"golang.org/x/text/unicode/bidi"

	"github.com/adloom/adloom/templates"
)

// backward tells whether a part of a text runs from right to left.
func backward(s string) bool {
	for _, r := range s {
		if r < 0x590 {
			continue
		}
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.R, bidi.AL, bidi.AN, bidi.RLE, bidi.RLO, bidi.RLI:
			return true
		}
	}
	return false
}

// together is a text without what keeps its values apart.
func together(s string) string {
	if !strings.ContainsRune(s, templates.FirstStrongIsolate) {
		return s
	}
	return strings.NewReplacer(string(templates.FirstStrongIsolate), "", string(templates.PopIsolate), "").Replace(s)
}
