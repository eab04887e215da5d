package fastpng

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// slack is the room behind its end that unpacked bytes must leave: one round of the loop of coded writes four pairs of
// literals and a match, and whole words.
const slack = 8 + maxMatch + 2*8

var errEnd = errors.New("expected more packed bytes; found their end")

// inflater unpacks a zlib stream (RFC 1950 and 1951) into a buffer in which it also finds its history. The checksum
// at the end is the caller's to compare.
type inflater struct {
	in   []byte
	next int    // byte of in; bytes beyond its end are zero, and an error once their bits are used
	bits uint64 // read from in and not used, the first one lowest
	n    uint   // of them; what lies above is zero or the bits that come next

	inside block
	last   bool // no block follows
	left   int  // bytes of a stored block
	blocks int  // with codes of their own that may still come

	fixed  bool // the tables hold the fixed codes
	lits   litTable
	dists  distTable
	scales [1 << maxScale]uint32
}

// newInflater checks the header of a stream that unpacks to about total bytes.
func newInflater(packed []byte, total int) (*inflater, error) {
	if len(packed) < 2 {
		return nil, errEnd
	}
	const deflate, window = 8, 7
	if head := binary.BigEndian.Uint16(packed); head>>8&15 != deflate || head>>12 > window || head%31 != 0 || head&0x20 != 0 {
		return nil, fmt.Errorf("expected the header of a zlib stream; found %04x", head)
	}
	return &inflater{in: packed, next: 2, blocks: freeBlocks + total/blockBytes}, nil
}

// run unpacks into out from at on and returns where it stopped: when less than slack bytes of out are left, or at the
// end of the stream.
func (z *inflater) run(out []byte, at int) (int, error) {
	for at+slack < len(out) {
		var err error
		switch z.inside {
		case between:
			if z.last {
				return at, nil
			}
			err = z.begin()
		case stored:
			at, err = z.copy(out, at)
		case coded:
			at, err = z.coded(out, at)
		}
		if err != nil {
			return at, err
		}
	}
	return at, nil
}

// checksum reads what follows the last block.
func (z *inflater) checksum() (uint32, error) {
	z.take(z.n & 7) // the rest of the byte
	var b [4]byte
	for i := range b {
		b[i] = byte(z.take(8))
	}
	if z.beyond() {
		return 0, errEnd
	}
	return binary.BigEndian.Uint32(b[:]), nil
}

// take returns the next n bits, at most 16.
func (z *inflater) take(n uint) uint {
	z.refill()
	v := uint(z.bits) & (1<<n - 1)
	z.bits >>= n
	z.n -= n
	return v
}

// refill reads bits until there are at least 56.
func (z *inflater) refill() {
	if uint(z.next)+8 <= uint(len(z.in)) {
		z.bits |= binary.LittleEndian.Uint64(z.in[z.next:]) << (z.n & 63)
		z.next += int(63-z.n) >> 3
		z.n |= 56
		return
	}
	for ; z.n < 56; z.n += 8 {
		if z.next < len(z.in) {
			z.bits |= uint64(z.in[z.next]) << z.n
		}
		z.next++
	}
}

// beyond says that bits have been used that the stream does not have.
func (z *inflater) beyond() bool { return z.next-int(z.n/8) > len(z.in) }
