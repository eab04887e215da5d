// Package linebreak finds where lines of text may end, as browsers do.
//
// The rules are those of UAX #14 (Unicode 17). What Chromium does otherwise was measured and stands in browser.go. Thai,
// Lao, Khmer and Burmese are written without spaces between words, so that lines end between the words of a list. It is
// compiled in: a text has the same lines on every machine.
//
// What is read from lists is read when a text first needs it, and never changes.
package linebreak

// Kind says whether a line ends at a place between two characters.
type Kind uint8

// The kinds of places.
const (
	None      Kind = iota // no line ends here
	Allowed               // a line may end here
	Mandatory             // a line must end here
)
