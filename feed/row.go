package feed

import (
	"bytes"
	"fmt"

	"github.com/adloom/adloom/templates"
)

// Row is one product as it stands in the feed. It borrows the reader's memory
// and must not be used after the call it was given to, or after the next call
// of Next; the strings taken from it are the caller's. Safe for concurrent use.
type Row struct {
	Line int // where the row begins, from 1

	raw     []byte // with its line end
	content int    // len(raw) without the line end
	cells   []cell // at most as many as the header has
	total   int    // how many cells the row really has
	stray   cell   // the cell whose opening quote is a mere character; none if empty
	columns *columns
}

// Get returns the value of the column with this canonical name, empty if the
// feed has no such column or the row no such cell.
func (r Row) Get(name string) string {
	i, ok := r.columns.index[name]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return string(r.value(i))
}

// Fields returns the row's values by canonical name, without the empty ones.
// The map is the caller's.
func (r Row) Fields() templates.Fields {
	fields := make(templates.Fields, len(r.cells))
	text := string(r.raw[:r.content]) // one allocation for all values
	for i, c := range r.cells {
		name := r.columns.names[i]
		if name == "" || r.columns.index[name] != i {
			continue
		}
		v := text[c.start:c.end]
		if c.quoted {
			v = unquote(v)
		}
		if v != "" {
			fields[name] = v
		}
	}
	return fields
}

// value returns the cell's text, which may be part of raw.
func (r Row) value(i int) []byte {
	c := r.cells[i]
	v := r.raw[c.start:c.end]
	if c.quoted && bytes.IndexByte(v, '"') >= 0 {
		return []byte(unquote(string(v)))
	}
	return v
}

// blank tells rows that hold nothing, such as empty lines and the rows of bare
// delimiters that spreadsheets leave behind.
func (r Row) blank() bool {
	if r.total > len(r.cells) {
		return false
	}
	for i := range r.cells {
		if len(bytes.TrimSpace(r.value(i))) > 0 {
			return false
		}
	}
	return true
}

func (r Row) warnings() (found []error) {
	if want := len(r.columns.names); r.total != want {
		found = append(found, fmt.Errorf("%w: expected %d, found %d", ErrRagged, want, r.total))
	}
	if r.stray.end > 0 {
		text := string(r.raw[r.stray.start:r.stray.end])
		found = append(found, fmt.Errorf("%w: read as a character in %s", ErrStrayQuote, shorten(text, 40)))
	}
	return found
}

func (r Row) failure(err error) *RowError {
	return &RowError{Line: r.Line, ID: r.Get("id"), Err: err}
}
