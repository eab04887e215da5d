package loadgen

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxLine is the longest line of a list or a log. Servers refuse longer URLs.
const maxLine = 64 << 10

// errTooLong is a line that was passed over.
var errTooLong = fmt.Errorf("expected at most %d bytes; found a longer line", maxLine)

// lines reads text line by line, in memory that the longest line bounds.
type lines struct {
	r    *bufio.Reader
	line int64
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, maxLine)} }

// next returns a line without its end and the blanks around it, valid until the
// following call; errTooLong for one that was passed over, io.EOF after the last.
func (l *lines) next() ([]byte, error) {
	text, err := l.r.ReadSlice('\n')
	if len(text) == 0 && err != nil {
		return nil, l.explain(err)
	}
	l.line++
	if !errors.Is(err, bufio.ErrBufferFull) {
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, l.explain(err)
		}
		return bytes.TrimSpace(text), nil
	}
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = l.r.ReadSlice('\n')
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, l.explain(err)
	}
	return nil, errTooLong
}

func (l *lines) explain(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return fmt.Errorf("line %d: read input: %w", l.line+1, err)
}
