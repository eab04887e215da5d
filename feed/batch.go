package feed

import (
	"context"
)

// A batch ends when it has this many rows or bytes, whichever comes first.
const (
	batchRows  = 256
	batchBytes = 256 << 10
)

// batch carries some rows through the three steps of a conversion: fill reads
// them, link makes their links, and the conversion writes out in order. It
// belongs to one step at a time.
type batch struct {
	raw   []byte
	cells []cell
	rows  []Row
	read  int64 // bytes of input read so far
	end   error // what ended the feed behind these rows, if it has ended

	out    []byte
	report Report
	failed error // what ended the conversion within these rows

	linked chan struct{} // receives one value when the links are made
}

func newBatch() *batch { return &batch{linked: make(chan struct{}, 1)} }

func (b *batch) fill(r *Reader) {
	b.raw, b.out = reuse(b.raw), reuse(b.out)
	b.cells, b.rows = b.cells[:0], b.rows[:0]
	b.end, b.failed, b.report = nil, nil, Report{}
	for len(b.rows) < batchRows && len(b.raw) < batchBytes && b.end == nil {
		var row Row
		if row, b.end = r.next(); b.end == nil {
			b.add(row)
		}
	}
	b.read = r.src.raw.n
}

// add copies a row into the batch. Rows added before keep what they point to
// when the slices grow.
func (b *batch) add(row Row) {
	n, m := len(b.raw), len(b.cells)
	b.raw = append(b.raw, row.raw...)
	b.cells = append(b.cells, row.cells...)
	row.raw, row.cells = b.raw[n:], b.cells[m:]
	b.rows = append(b.rows, row)
}

// reuse empties a slice, and lets go of one that a giant row has blown up.
func reuse(p []byte) []byte {
	if cap(p) > 4*batchBytes {
		return nil
	}
	return p[:0]
}

// link makes the links of all rows and the text to be written, up to the first
// row that ends the conversion.
func (b *batch) link(ctx context.Context, l linker, onError OnError, link func(Row) (string, error)) {
	for _, row := range b.rows {
		if b.failed = ctx.Err(); b.failed != nil {
			return
		}
		if row.blank() {
			b.out = append(b.out, row.raw...)
			continue
		}
		b.report.Rows++
		b.report.inspect(row)
		to, err := link(row)
		if err == nil {
			b.out, err = l.append(b.out, row, to)
		}
		if err == nil {
			b.report.Linked++
			continue
		}
		if b.failed = ctx.Err(); b.failed != nil {
			return
		}
		failure := row.failure(err)
		b.report.Errors = list(b.report.Errors, failure)
		switch onError {
		case Keep:
			b.report.Kept++
			b.out = l.splice(b.out, row)
		case Skip:
			b.report.Skipped++
		default:
			b.failed = failure
			return
		}
	}
}

// result is what the conversion ends with after this batch, nil if it goes on
// and io.EOF if the feed is complete.
func (b *batch) result() error {
	if b.failed != nil {
		return b.failed
	}
	return b.end
}
