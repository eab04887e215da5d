package feed

import (
	"fmt"
	"slices"
	"strings"
)

// linker puts links into rows. Safe for concurrent use.
type linker struct {
	to        int // the column of the link
	delimiter byte
	quotes    bool
}

// append appends the row with link in its link cell. A row that has this very
// link already is left as it was written.
func (l linker) append(dst []byte, row Row, link string) ([]byte, error) {
	missing := l.to >= len(row.cells)
	if missing && link == "" || !missing && string(row.value(l.to)) == link {
		return l.splice(dst, row), nil
	}
	if strings.TrimSpace(link) == "" {
		return dst, fmt.Errorf("%w: expected an address, found %q", ErrLink, link)
	}
	breaks := strings.ContainsAny(link, "\r\n") || strings.IndexByte(link, l.delimiter) >= 0
	if breaks && !l.quotes {
		return dst, fmt.Errorf("%w: expected no line end and no %q in a feed without quotes, found %q", ErrLink, l.delimiter, shorten(link, 200))
	}
	e := edit{text: link, quoted: breaks || l.quotes && strings.Contains(link, `"`)}
	if missing {
		e.pad = l.to - len(row.cells) + 1
		e.start, e.end = int32(row.content), int32(row.content)
	} else {
		c := row.cells[l.to]
		e.start, e.end, e.quoted = c.start, c.end, e.quoted || c.quoted
	}
	return l.splice(dst, row, e), nil
}

// edit is a piece of a row to be replaced.
type edit struct {
	start, end int32
	pad        int // delimiters to put in front
	text       string
	quoted     bool
}

// splice appends the row with its edits made and its stray quote, if it has
// one, put into proper quotes: otherwise a quote in a later link would close it.
func (l linker) splice(dst []byte, row Row, edits ...edit) []byte {
	if s := row.stray; s.end > 0 && (len(edits) == 0 || edits[0].start != s.start) {
		edits = append(edits, edit{start: s.start, end: s.end, text: string(row.raw[s.start:s.end]), quoted: true})
		slices.SortFunc(edits, func(a, b edit) int { return int(a.start - b.start) })
	}
	at := int32(0)
	for _, e := range edits {
		dst = append(dst, row.raw[at:e.start]...)
		for range e.pad {
			dst = append(dst, l.delimiter)
		}
		if e.quoted {
			dst = append(dst, '"')
			dst = append(dst, strings.ReplaceAll(e.text, `"`, `""`)...)
			dst = append(dst, '"')
		} else {
			dst = append(dst, e.text...)
		}
		at = e.end
	}
	return append(dst, row.raw[at:]...)
}
