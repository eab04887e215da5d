package fastpng

import (
	"errors"
	"fmt"
)

const (
	history   = 32 << 10  // bytes that a match can reach back (RFC 1951)
	windowMin = 192 << 10 // history included: what a processor's second cache holds
)

// rows hands out the unpacked bytes. It keeps a window of them, in which the inflater finds its history.
type rows struct {
	z        *inflater
	window   []byte
	from, to int   // what is unpacked and not handed out
	missing  int   // bytes that are needed and not unpacked
	more     bool  // bytes than are needed
	sum      adler // of what is handed out
}

// newRows unpacks total bytes, handed out at most longest at a time.
func newRows(packed []byte, total, longest int) (*rows, error) {
	z, err := newInflater(packed, total)
	if err != nil {
		return nil, err
	}
	size := min(total, max(windowMin, 2*history+longest)) + slack + 1
	return &rows{z: z, window: make([]byte, size), missing: total, sum: newAdler()}, nil
}

// next returns the next n bytes, valid until the next call.
func (r *rows) next(n int) ([]byte, error) {
	for r.to-r.from < n {
		if r.to+slack >= len(r.window) {
			r.slide()
		}
		// No further than needed, so that nothing behind the last row can be an error.
		to, err := r.z.run(r.window[:min(len(r.window), r.to+r.missing+slack)], r.to)
		if err != nil {
			return nil, fmt.Errorf("unpack: %w", err)
		}
		if to == r.to {
			return nil, errors.New("unpack: expected more pixels; found the end of the packed bytes")
		}
		r.more = to-r.to > r.missing
		r.missing -= min(r.missing, to-r.to)
		r.to = to
	}
	row := r.window[r.from:][:n]
	r.from += n
	r.sum.write(row)
	return row, nil
}

// finish checks the sum of all bytes, after the last one has been handed out. If others follow it is not theirs alone,
// and nobody's any more.
func (r *rows) finish() error {
	if !r.more {
		r.slide()
		to, err := r.z.run(r.window[:r.to+slack+1], r.to)
		if err != nil {
			return fmt.Errorf("unpack: %w", err)
		}
		r.more = to > r.to
	}
	if r.more {
		return nil
	}
	want, err := r.z.checksum()
	if err != nil {
		return fmt.Errorf("unpack: %w", err)
	}
	if got := r.sum.value(); got != want {
		return fmt.Errorf("unpack: expected checksum %08x; found %08x", want, got)
	}
	return nil
}

// slide moves what is still needed to the front.
func (r *rows) slide() {
	first := max(0, min(r.from, r.to-history))
	copy(r.window, r.window[first:r.to])
	r.from, r.to = r.from-first, r.to-first
}
