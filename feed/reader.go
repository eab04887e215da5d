package feed

import (
	"io"
	"slices"
)

// Reader reads the rows of a feed. It keeps one row in memory at a time, never
// closes the reader it was given, and is not safe for concurrent use.
type Reader struct {
	opts    Options
	src     *source
	rows    *scanner
	dialect Dialect
	columns *columns
	to      int
	head    []byte // everything up to and including the header line, as it is to be written
}

// NewReader reads on until it has found the header line, which must have the
// columns named by opts.From and opts.To.
func NewReader(r io.Reader, opts Options) (*Reader, error) {
	if err := opts.Validate(); err != nil {
		return nil, err
	}
	opts = opts.withDefaults()
	src, err := open(r)
	if err != nil {
		return nil, err
	}
	rd := &Reader{opts: opts, src: src, rows: newScanner(src.text, opts.MaxRow)}
	rd.rows.fill(sniffed)
	if rd.rows.failed() {
		return nil, rd.rows.err
	}
	head := rd.rows.row()
	if err := sniff(head[:min(len(head), sniffed)]); err != nil {
		return nil, err
	}
	header, err := rd.rows.findHeader(opts.From, &rd.head)
	if err != nil {
		return nil, err
	}
	rd.columns = header.columns
	if rd.to, err = rd.columns.find(opts.To); err != nil {
		return nil, err
	}
	rd.dialect = Dialect{
		Delimiter: rd.rows.delimiter,
		Quotes:    rd.rows.quotes,
		LineEnd:   lineEnd(header),
		BOM:       src.bom,
		Gzip:      src.gzip,
	}
	rd.head = linker{}.splice(rd.head, header)
	return rd, nil
}

func lineEnd(header Row) string {
	switch end := header.raw[header.content:]; {
	case len(end) > 1:
		return "\r\n"
	default:
		return string(end)
	}
}

// Header returns the canonical names of all columns in their order, names that
// come twice included.
func (r *Reader) Header() []string { return slices.Clone(r.columns.names) }

// Dialect returns how the feed is written.
func (r *Reader) Dialect() Dialect { return r.dialect }

// Encoding returns how the text is stored, as far as read: windows-1252 looks
// like UTF-8 until its first accented letter.
func (r *Reader) Encoding() Encoding { return r.src.encoding() }

// Next returns the next product, passing over empty lines, and io.EOF after the
// last. The row is valid until the following call.
func (r *Reader) Next() (Row, error) {
	for {
		row, err := r.next()
		if err != nil || !row.blank() {
			return row, err
		}
	}
}

func (r *Reader) next() (Row, error) {
	row, err := r.rows.next()
	row.columns = r.columns
	return row, err
}
