package templates

import (
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// letters is a change of letter case in a language; nil for none.
func letters(c LetterCase, tag language.Tag) func(string) string {
	// A Caser keeps state, so each call makes its own: templates are shared.
	switch c {
	case CaseUpper:
		return func(s string) string { return upperCase(tag, s) }
	case CaseLower:
		return func(s string) string { return cases.Lower(tag).String(s) }
	case CaseTitle:
		return func(s string) string { return cases.Title(tag).String(s) }
	}
	return nil
}
