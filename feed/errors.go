package feed

import (
	"errors"
	"fmt"
)

var (
	// ErrEmpty is returned for an input without a single character.
	ErrEmpty = errors.New("feed is empty")
	// ErrUnsupported is returned for an input that is no delimited text.
	ErrUnsupported = errors.New("not a feed that can be read")
	// ErrNoColumn is returned when the header lacks a column that is needed,
	// which is also what a feed without a header line looks like.
	ErrNoColumn = errors.New("column not found")
	// ErrRowTooLong is returned for a row above Options.MaxRow.
	ErrRowTooLong = errors.New("row too long")
	// ErrRagged is a row with more or fewer cells than the header.
	ErrRagged = errors.New("wrong number of cells")
	// ErrStrayQuote is a cell that begins with a quote and is not quoted.
	ErrStrayQuote = errors.New("quote is not closed")
	// ErrLink is a link that the feed cannot hold.
	ErrLink = errors.New("link cannot be written")
)

// RowError is what went wrong with one row.
type RowError struct {
	Line int    // where the row begins, from 1
	ID   string // the row's id cell, empty if it has none
	Err  error
}

func (e *RowError) Error() string {
	if e.ID == "" {
		return fmt.Sprintf("line %d: %v", e.Line, e.Err)
	}
	return fmt.Sprintf("line %d (id %s): %v", e.Line, shorten(e.ID, 60), e.Err)
}

func (e *RowError) Unwrap() error { return e.Err }

// shorten keeps text from a feed fit for a message: one line, n runes at most.
func shorten(s string, n int) string {
	runes := 0
	out := make([]rune, 0, min(len(s), n+1))
	for _, r := range s {
		if runes == n {
			return string(append(out, '…'))
		}
		if r < ' ' || r == 0x7f {
			r = ' '
		}
		out = append(out, r)
		runes++
	}
	return string(out)
}
