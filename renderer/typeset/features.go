package typeset

import (
	"strconv"
	"strings"

	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
)

func languageOf(tag string) language.Language {
	if tag == "" {
		tag = "en"
	}
	return language.NewLanguage(tag)
}

// featuresOf reads a list such as "tnum, liga=0". Letters with space between them
// make no ligatures (CSS Text 3, section 8.2).
func (w *worker) featuresOf(list string, spaced bool) []shaping.FontFeature {
	w.features = w.features[:0]
	if spaced {
		w.features = append(w.features, shaping.FontFeature{Tag: ot.MustNewTag("liga")}, shaping.FontFeature{Tag: ot.MustNewTag("clig")})
	}
	for list != "" {
		var one string
		one, list, _ = strings.Cut(list, ",")
		if tag, value, ok := parseFeature(one); ok {
			w.features = append(w.features, shaping.FontFeature{Tag: ot.MustNewTag(tag), Value: value})
		}
	}
	return w.features
}

// parseFeature reads an OpenType feature: its tag of four characters, and perhaps
// "=" and a number: 0 is off, 1 on, more choose one of several forms.
func parseFeature(s string) (tag string, value uint32, ok bool) {
	tag, number, given := strings.Cut(strings.TrimSpace(s), "=")
	if len(tag) != 4 {
		return "", 0, false
	}
	for i := range len(tag) {
		if tag[i] < ' ' || tag[i] > '~' {
			return "", 0, false
		}
	}
	if !given {
		return tag, 1, true
	}
	n, err := strconv.ParseUint(number, 10, 16)
	return tag, uint32(n), err == nil
}
