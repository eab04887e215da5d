package feed

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Dialect is how a feed is written down.
type Dialect struct {
	Delimiter byte   // ',', ';', '\t' or '|'
	Quotes    bool   // whether a cell may stand in double quotes
	LineEnd   string // of the header line: "\n", "\r\n" or "\r", empty if it has none
	BOM       bool   // begins with a byte order mark
	Gzip      bool   // is gzipped
}

const delimiters = ",\t;|"

// maxColumns bounds the header of a hostile feed.
const maxColumns = 10_000

// findHeader reads up to and including the header line. It appends the lines
// that stand before the header, such as comments, to *preamble.
//
// The delimiter is the one under which the header has the needed column, and
// the one that makes most cells if several or none do.
func (s *scanner) findHeader(needed string, preamble *[]byte) (header Row, err error) {
	s.bareCR = s.endsLinesWithCR()
	candidates := delimiters
	for {
		names, found, err := s.detectDelimiter(needed, candidates)
		if err == io.EOF {
			return Row{}, fmt.Errorf("%w: expected a header line with a column named %s, found nothing but comments and empty lines", ErrNoColumn, needed)
		} else if err != nil {
			return Row{}, err
		}
		row, err := s.next()
		if err != nil {
			return Row{}, err
		}
		if row.total > maxColumns {
			return Row{}, unsupported(fmt.Sprintf("%d columns, which is more than %d", row.total, maxColumns))
		}
		if found {
			row.columns = newColumns(names)
			s.maxCells = row.total
			return row, nil
		}
		sep, aside := leadingLine(row)
		if !aside || len(*preamble) > s.max {
			return Row{}, noColumn(needed, names)
		}
		if sep != "" {
			candidates = sep
		}
		*preamble = append(*preamble, row.raw...)
	}
}

// detectDelimiter scans the next line once with each candidate and leaves it
// unread, with the best one set.
func (s *scanner) detectDelimiter(needed, candidates string) (names []string, found bool, err error) {
	s.consume()
	var best byte
	for _, d := range []byte(candidates) {
		s.setDelimiter(d, s.lineHasQuotes(d))
		row, err := s.next()
		if err != nil {
			return nil, false, err
		}
		cells := make([]string, len(row.cells))
		for i := range cells {
			cells[i] = string(row.value(i))
		}
		has := slices.Contains(canonicalNames(cells), needed)
		if names == nil || has && !found || has == found && len(cells) > len(names) {
			best, names, found = d, cells, has
		}
		s.rewind()
	}
	s.setDelimiter(best, s.lineHasQuotes(best))
	return names, found, nil
}

// lineHasQuotes tells whether quotes mean anything with this delimiter. In tab
// separated text they are characters, unless the header itself is quoted.
func (s *scanner) lineHasQuotes(delimiter byte) bool {
	if delimiter != '\t' || !s.fill(0) {
		return true
	}
	line := s.row()
	if i := bytes.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	return bytes.HasPrefix(line, []byte(`"`)) || bytes.Contains(line, []byte("\t\""))
}

// leadingLine tells whether a line without the needed column may stand before
// the header, and which delimiter it declares, if any.
func leadingLine(r Row) (delimiter string, aside bool) {
	text := strings.Trim(string(r.raw[:r.content]), "\" \ufeff")
	sep, declares := strings.CutPrefix(strings.ToLower(text), "sep=")
	if declares && len(sep) == 1 && strings.Contains(delimiters, sep) {
		return sep, true
	}
	return "", strings.HasPrefix(text, "#") || r.blank()
}

// endsLinesWithCR looks at the first line end. Carriage returns in front of a
// line feed belong to it.
func (s *scanner) endsLinesWithCR() bool {
	for need := 0; ; need = len(s.row()) {
		more := s.fill(need)
		head := s.row()
		i := bytes.IndexAny(head, "\r\n")
		if i >= 0 && head[i] == '\n' {
			return false
		}
		if i >= 0 {
			if rest := bytes.TrimLeft(head[i:], "\r"); len(rest) > 0 {
				return rest[0] != '\n'
			}
		}
		if !more {
			return i >= 0
		}
	}
}
