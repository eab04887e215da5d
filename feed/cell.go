package feed

import (
	"bytes"
	"strings"
)

// cell is the place of one cell in its row's raw bytes.
type cell struct {
	start, end int32
	quoted     bool // opened and closed by quotes, only spaces after them
}

func unquote(s string) string {
	s = strings.TrimRight(s, " ")
	s = s[1 : len(s)-1]
	if strings.IndexByte(s, '"') < 0 {
		return s
	}
	return strings.ReplaceAll(s, `""`, `"`)
}

// cell scans the cell at offset at and returns the offset that ended it: of a
// delimiter, a line feed, a carriage return, or the end of the text.
func (s *scanner) cell(at int, row *Row) (c cell, next int, err error) {
	c.start = int32(at)
	next = at
	stray := false
	if s.quotes && s.fill(at) && s.row()[at] == '"' {
		if next, c.quoted, stray = s.quoted(at); s.failed() {
			return c, 0, s.err
		}
	}
	after := next
	if next, err = s.unquoted(next); err != nil {
		return c, 0, err
	}
	end := next
	if !s.bareCR && (next == len(s.row()) || s.row()[next] == '\n') {
		end = at + len(bytes.TrimRight(s.row()[at:next], "\r"))
	}
	c.end = int32(end)
	c.quoted = c.quoted && end == after
	if stray {
		row.stray = c
	}
	return c, next, nil
}

// quoted looks for the end of the quoted cell at offset at. A cell is clean if
// only spaces follow its closing quote. A closing quote on another line with
// other text after it is somebody else's opening quote, so that the one at at
// is stray, as it is when no closing quote comes within a row's longest length.
//
// The search passes over every byte at most once per stray quote and ends at
// the first quote that is not doubled, hence it never becomes quadratic: the
// next stray quote can only lie behind the place where this search ended.
func (s *scanner) quoted(at int) (next int, clean, stray bool) {
	i := at + 1
	for {
		for i <= s.max {
			n := bytes.IndexByte(s.row()[i:], '"')
			if n >= 0 {
				i += n
				break
			}
			if i = len(s.row()); !s.fill(i) {
				return at, false, true
			}
		}
		if i > s.max {
			return at, false, true
		}
		if i++; !s.fill(i) || s.row()[i] != '"' {
			break
		}
		i++
		if !s.fill(i) {
			return at, false, true
		}
	}
	after := i
	for s.fill(after) && s.row()[after] == ' ' {
		after++
	}
	if !s.fill(after) || s.stop[s.row()[after]] || s.row()[after] == '\r' {
		return after, true, false
	}
	if bytes.ContainsAny(s.row()[at:i], "\r\n") {
		return at, false, true
	}
	return after, false, false
}

// unquoted returns the offset of the first byte from i on that ends a cell.
func (s *scanner) unquoted(i int) (int, error) {
	for {
		row := s.row()
		for i < len(row) && !s.stop[row[i]] {
			i++
		}
		if i < len(row) {
			return i, nil
		}
		switch {
		case s.fill(i):
		case s.failed():
			return 0, s.err
		case s.err == nil:
			return 0, s.tooLong()
		default:
			return i, nil
		}
	}
}
