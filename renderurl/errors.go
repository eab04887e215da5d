package renderurl

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/adloom/adloom/templates"
)

// Errors of [Signed.Verify].
var (
	ErrNoSignature  = errors.New("render URL is not signed")
	ErrBadSignature = errors.New("render URL has a wrong signature")
	ErrUnknownKey   = errors.New("render URL names an unknown key")
)

// FormatError is a part of a URL, a request or a builder that does not have the form it needs.
type FormatError struct {
	Part     string // such as "path", "version", "payload", or the name of a field
	Expected string
	Found    string // quoted and shortened, fit for printing
}

func (e *FormatError) Error() string {
	return fmt.Sprintf("render URL: %s: expected %s, found %s", e.Part, e.Expected, e.Found)
}

// TooLongError is a URL that ad networks would refuse.
type TooLongError struct {
	Length, Max int    // in characters, of the shorter form
	Longest     string // the field with the longest value; empty when there are no fields
}

func (e *TooLongError) Error() string {
	text := fmt.Sprintf("render URL has %d characters, at most %d are allowed", e.Length, e.Max)
	if e.Longest == "" {
		return text + ": shorten the base or the IDs"
	}
	return text + fmt.Sprintf(": shorten %s, the longest field, or have the template read fewer fields", e.Longest)
}

const (
	idSyntax      = "1 to 64 of a-z 0-9 _ -, the first a letter or digit"
	fieldSyntax   = "a field name (1 to 64 of a-z 0-9 _, the first a letter, not sig or kid)"
	versionSyntax = "a number from 1 to 999999999 without leading zeros"
	maxFound      = 80 // characters of foreign text in an error
)

func formatSyntax() string {
	var names []string
	for _, f := range templates.Formats() {
		names = append(names, string(f))
	}
	return "one of " + strings.Join(names, ", ")
}

// formatError quotes found and cuts it short, so that hostile text cannot fill a log or forge a line of it.
func formatError(part, expected, found string) *FormatError {
	if found == "" {
		return &FormatError{part, expected, "nothing"}
	}
	n := 0
	for i := range found {
		if n++; n > maxFound {
			return &FormatError{part, expected, strconv.Quote(found[:i]) + "…"}
		}
	}
	return &FormatError{part, expected, strconv.Quote(found)}
}
