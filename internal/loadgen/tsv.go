package loadgen

import (
	"bufio"
	"io"
	"strconv"
	"time"
)

// TSV writes a line for each result. Its Add is a Config.Observe.
type TSV struct {
	w    *bufio.Writer
	line []byte
	from time.Time
	err  error
}

// NewTSV writes the header: due_ms counted from when the request of the first line
// was due, latency_ms, waited_ms of it before sending, status, bytes, cache, problem,
// reason, error, URL. What is not known is "-".
func NewTSV(w io.Writer) *TSV {
	t := &TSV{w: bufio.NewWriterSize(w, 64<<10)}
	_, t.err = t.w.WriteString("due_ms\tlatency_ms\twaited_ms\tstatus\tbytes\tcache\tproblem\treason\terror\turl\n")
	return t
}

// Add writes a result.
func (t *TSV) Add(r *Result) {
	if t.err != nil {
		return
	}
	if t.from.IsZero() {
		t.from = r.Due
	}
	b := t.line[:0]
	for _, d := range [...]time.Duration{r.Due.Sub(t.from), r.Latency(), r.Sent.Sub(r.Due)} {
		b = strconv.AppendFloat(b, float64(d.Microseconds())/1000, 'f', 3, 64)
		b = append(b, '\t')
	}
	b = strconv.AppendInt(b, int64(r.Status), 10)
	b = append(b, '\t')
	b = strconv.AppendInt(b, r.Bytes, 10)
	for _, word := range [...]string{cached(r.Header), r.Problem, r.Reason, r.Kind} {
		b = append(b, '\t')
		if word == "" {
			word = "-"
		}
		b = append(b, word...)
	}
	b = append(b, '\t')
	b = append(b, r.Target.URL.String()...)
	t.line = append(b, '\n')
	_, t.err = t.w.Write(t.line)
}

// Close writes what is left and returns the first error. It does not close the writer.
func (t *TSV) Close() error {
	if t.err != nil {
		return t.err
	}
	return t.w.Flush()
}
