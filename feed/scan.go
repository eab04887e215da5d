package feed

import (
	"bytes"
	"fmt"
	"io"
)

// scanner cuts UTF-8 text into rows and rows into cells, and keeps the bytes of
// both as they are. Not safe for concurrent use.
type scanner struct {
	r   io.Reader
	max int // bytes a row may have
	err error

	buf      []byte
	pos, end int // unread part of buf; the current row begins at pos
	size     int // bytes of the current row, passed over by the next one
	line     int // of the current row, from 1
	lines    int // line ends in the current row

	delimiter byte
	quotes    bool
	bareCR    bool      // a carriage return alone ends a line
	stop      [256]bool // bytes that end an unquoted cell
	cells     []cell
	maxCells  int // cells beyond these are counted and not kept
}

func newScanner(r io.Reader, maxRow int) *scanner {
	return &scanner{r: r, max: maxRow, buf: make([]byte, 256<<10), line: 1, maxCells: maxColumns}
}

func (s *scanner) setDelimiter(d byte, quotes bool) {
	s.delimiter, s.quotes = d, quotes
	s.stop = [256]bool{'\n': true, '\r': s.bareCR}
	s.stop[d] = true
}

// next returns the next row, blank ones too, and io.EOF after the last. The row
// is valid until the following call.
func (s *scanner) next() (Row, error) {
	s.consume()
	if !s.fill(0) {
		return Row{}, s.err
	}
	row := Row{Line: s.line}
	for at := 0; ; {
		c, next, err := s.cell(at, &row)
		if err != nil {
			return Row{}, err
		}
		if row.total++; row.total <= s.maxCells {
			s.cells = append(s.cells, c)
		}
		if next < len(s.row()) && s.row()[next] == s.delimiter {
			at = next + 1
			continue
		}
		row.content = int(c.end)
		s.size = s.lineEnd(next)
		break
	}
	if row.content > s.max {
		return Row{}, s.tooLong()
	}
	row.raw, row.cells = s.row()[:s.size], s.cells
	s.countLines(row)
	return row, nil
}

// consume passes over the current row.
func (s *scanner) consume() {
	s.pos += s.size
	s.line += s.lines
	s.rewind()
}

// rewind makes next scan the current row again.
func (s *scanner) rewind() { s.size, s.lines, s.cells = 0, 0, s.cells[:0] }

// lineEnd returns the offset behind the line end at offset i.
func (s *scanner) lineEnd(i int) int {
	if !s.fill(i) {
		return i
	}
	if s.row()[i] == '\r' && s.fill(i+1) && s.row()[i+1] == '\n' {
		i++
	}
	return i + 1
}

func (s *scanner) countLines(row Row) {
	s.lines = 1
	if !s.quotes {
		return
	}
	inside := row.raw[:row.content]
	s.lines += bytes.Count(inside, []byte("\n"))
	if s.bareCR {
		s.lines += bytes.Count(inside, []byte("\r")) - bytes.Count(inside, []byte("\r\n"))
	}
}

// row is what is in memory of the current row and of those after it. It is
// valid until the next fill.
func (s *scanner) row() []byte { return s.buf[s.pos:s.end] }

// failed tells whether reading went wrong, other than by coming to the end.
func (s *scanner) failed() bool { return s.err != nil && s.err != io.EOF }

func (s *scanner) tooLong() error {
	return fmt.Errorf("line %d: %w: expected at most %d bytes", s.line, ErrRowTooLong, s.max)
}

// fill reads until byte i of the current row is in memory. It reports false at
// the end, after an error, and when the row has become too long; only in the
// last case s.err is nil.
func (s *scanner) fill(i int) bool {
	for i >= s.end-s.pos {
		if s.err != nil || s.end-s.pos > s.max+2 {
			return false
		}
		if s.pos > 0 {
			copy(s.buf, s.buf[s.pos:s.end])
			s.pos, s.end = 0, s.end-s.pos
		}
		if s.end == len(s.buf) {
			s.buf = append(s.buf, make([]byte, len(s.buf))...)
		}
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if err != nil && err != io.EOF {
			err = fmt.Errorf("line %d: read feed: %w", s.line, err)
		}
		s.err = err
	}
	return true
}
