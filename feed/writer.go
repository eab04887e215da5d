package feed

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
)

// Writer writes rows as the feed they came from was written. It is not safe for
// concurrent use.
type Writer struct {
	out  *bufio.Writer
	gzip *gzip.Writer // nil if the output is plain
	link linker
	row  []byte
}

// NewWriter writes the byte order mark, the lines before the header and the
// header of like. The caller must Close the Writer; w stays open.
func NewWriter(w io.Writer, like *Reader) (*Writer, error) {
	wr := &Writer{link: linker{to: like.to, delimiter: like.dialect.Delimiter, quotes: like.dialect.Quotes}}
	if c := like.opts.Compression; c == Gzip || c == AsRead && like.dialect.Gzip {
		wr.gzip = gzip.NewWriter(w)
		w = wr.gzip
	}
	wr.out = bufio.NewWriterSize(w, chunk)
	head := like.head
	if like.dialect.BOM {
		head = append([]byte("\ufeff"), head...)
	}
	return wr, wr.write(head)
}

// Write writes a row of the Reader that the Writer is like, with link in its
// link cell. It fails with ErrLink, and writes nothing, if link is empty or
// cannot stand in this feed.
func (w *Writer) Write(row Row, link string) (err error) {
	if w.row, err = w.link.append(w.row[:0], row, link); err != nil {
		return err
	}
	return w.write(w.row)
}

func (w *Writer) write(p []byte) error {
	if _, err := w.out.Write(p); err != nil {
		return fmt.Errorf("write feed: %w", err)
	}
	return nil
}

// Close writes out what is held back. It does not close the underlying writer.
func (w *Writer) Close() error {
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("write feed: %w", err)
	}
	if w.gzip == nil {
		return nil
	}
	if err := w.gzip.Close(); err != nil {
		return fmt.Errorf("pack feed: %w", err)
	}
	return nil
}
