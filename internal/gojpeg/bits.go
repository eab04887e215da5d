package gojpeg

import (
	"bytes"
	"encoding/binary"
)

// slack is how far a block may be read beyond the end of the data before someone looks: 64 codes of 16 bits with
// 15 more each, and a refill.
const slack = 64*31/8 + 16

// bitReader reads the entropy-coded data between two markers.
type bitReader struct {
	buf []byte // without byte stuffing; slack zeros follow
	end int    // of the data in buf
	pos int    // in buf
	acc uint64 // the next bits, from the top
	n   int    // how many bits of acc count; those below are either right or 0
}

// load takes the data up to the next marker, and gives the number of bytes before that.
func (r *bitReader) load(data []byte) (int, error) {
	buf, taken := r.buf[:0], 0
	for {
		rest := data[taken:]
		i := bytes.IndexByte(rest, 0xFF)
		if i < 0 || i+1 == len(rest) {
			return 0, corrupt("expected a marker after entropy-coded data; found the end of data")
		}
		if rest[i+1] != 0 {
			// A fill byte before a stuffed one would be found as a marker FF00, which is refused.
			buf = append(buf, rest[:i]...)
			taken += i
			break
		}
		buf = append(buf, rest[:i+1]...)
		taken += i + 2
	}
	r.end = len(buf)
	r.buf = append(buf, make([]byte, slack)...)
	r.pos, r.acc, r.n = 0, 0, 0
	return taken, nil
}

// refill makes at least 56 bits count.
func (r *bitReader) refill() {
	r.acc |= binary.BigEndian.Uint64(r.buf[r.pos:]) >> uint(r.n&63)
	r.pos += (63 - r.n) >> 3
	r.n |= 56
}

// bit gives the next bit, bits the next n of at most 16.
func (r *bitReader) bit() uint64 { return r.bits(1) }

func (r *bitReader) bits(n int) uint64 {
	if r.n < 32 {
		r.refill()
	}
	v := r.acc >> uint((64-n)&63)
	r.acc <<= uint(n & 63)
	r.n -= n
	return v
}

// overrun reports whether more bits were read than there are.
func (r *bitReader) overrun() bool { return 8*r.pos-r.n > 8*r.end }

// spent reports whether no whole byte is left.
func (r *bitReader) spent() bool { return 8*r.pos-r.n > 8*r.end-8 }
