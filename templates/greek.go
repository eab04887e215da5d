package templates

import (
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// upperCase is a text in capitals, as browsers write them in a language.
func upperCase(tag language.Tag, s string) string {
	if base, _ := tag.Base(); base.String() == "el" {
		return cases.Upper(language.Und).String(greekCapitals(s))
	}
	return cases.Upper(tag).String(s)
}

// greekCapitals writes the Greek letters of a text as capitals, without accents and
// breathings. A diaeresis stays, and stands where an accent told two vowels apart: Μάιος
// is ΜΑΪΟΣ. The word ή, or, keeps its accent, since Η is the article (Unicode CLDR,
// el-Upper; CSS Text 3, section 2.1).
func greekCapitals(s string) string {
	text := []rune(norm.NFD.String(s))
	var out []rune
	inWord, accented := false, false // what stands before: a letter; a vowel with an accent and no diaeresis
	for i := 0; i < len(text); {
		r := text[i]
		end := i + 1
		for end < len(text) && unicode.Is(unicode.Mn, text[end]) {
			end++
		}
		marks := text[i+1 : end]
		i = end
		if !unicode.Is(unicode.Greek, r) || !unicode.IsLetter(r) {
			out = append(append(out, r), marks...)
			inWord, accented = unicode.IsLetter(r), false
			continue
		}
		capital := unicode.ToUpper(r)
		var accent, diaeresis, iota bool
		var kept []rune
		for _, m := range marks {
			switch m {
			case '\u0300', '\u0301', '\u0342', '\u0303':
				accent = true
			case '\u0308':
				diaeresis = true
			case '\u0345':
				iota = true
			case '\u0304', '\u0306', '\u0311', '\u0313', '\u0314', '\u0343':
			default:
				kept = append(kept, m)
			}
		}
		diaeresis = diaeresis || accented && (capital == 'Ι' || capital == 'Υ')
		out = append(out, capital)
		switch {
		case diaeresis:
			out = append(out, '\u0308')
		case accent && capital == 'Η' && !iota && !inWord && (end == len(text) || !unicode.IsLetter(text[end])):
			out = append(out, '\u0301')
		}
		if out = append(out, kept...); iota {
			out = append(out, 'Ι')
		}
		inWord, accented = true, accent && !diaeresis
	}
	return norm.NFC.String(string(out))
}
