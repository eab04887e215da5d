package fastpng

import (
	"encoding/binary"
	"errors"
	"fmt"
)

var errNoCode = errors.New("expected a code; found bits without a meaning")

// coded unpacks a block of codes until its end, or until less than slack bytes of out are left.
//
// Four entries of literals take at most 44 of the 56 bits; a match at most 48, for which it reads more.
func (z *inflater) coded(out []byte, at int) (int, error) {
	in, next, bits, n := z.in, z.next, z.bits, z.n
	lits, dists := &z.lits, &z.dists
	var err error
	for at+slack < len(out) {
		if uint(next)+16 > uint(len(in)) {
			// Near the end bytes are read one by one, and seen not to be used beyond it.
			z.next, z.bits, z.n = next, bits, n
			if z.beyond() {
				return at, errEnd
			}
			z.refill()
			next, bits, n = z.next, z.bits, z.n
		} else {
			bits |= binary.LittleEndian.Uint64(in[next:]) << (n & 63)
			next += int((63 - n) >> 3)
			n |= 56
		}
		var e uint32
		for range 4 {
			e = lits[bits&(1<<litRoot-1)]
			if e&isLiterals == 0 {
				break
			}
			binary.LittleEndian.PutUint16(out[at:], uint16(e>>valueShift))
			at += int(e >> countShift & countMask)
			bits >>= e & lengthBits
			n -= uint(e & lengthBits)
		}
		if e&isLiterals != 0 {
			continue
		}
		if e&isLink != 0 {
			bits >>= litRoot
			n -= litRoot
			e = lits[uint64(e>>valueShift)+bits&(1<<(e>>countShift&countMask)-1)]
			if e&isLiterals != 0 {
				out[at] = uint8(e >> valueShift)
				at++
				bits >>= e & lengthBits
				n -= uint(e & lengthBits)
				continue
			}
		}
		if e&(isEnd|isError) != 0 {
			if e&isError != 0 {
				err = errNoCode
				break
			}
			bits >>= e & lengthBits
			n -= uint(e & lengthBits)
			z.inside = between
			break
		}
		if n < 48 {
			if uint(next)+8 <= uint(len(in)) {
				bits |= binary.LittleEndian.Uint64(in[next:]) << (n & 63)
				next += int((63 - n) >> 3)
				n |= 56
			} else {
				z.next, z.bits, z.n = next, bits, n
				z.refill()
				next, bits, n = z.next, z.bits, z.n
			}
		}
		length, used := value(e, bits)
		bits >>= used & 63
		n -= used
		e = dists[bits&(1<<distRoot-1)]
		if e&isLink != 0 {
			bits >>= distRoot
			n -= distRoot
			e = dists[uint64(e>>valueShift)+bits&(1<<(e>>countShift&countMask)-1)]
		}
		if e&isError != 0 {
			err = errNoCode
			break
		}
		dist, used := value(e, bits)
		bits >>= used & 63
		n -= used
		if dist > at {
			err = fmt.Errorf("expected a distance of at most %d; found %d", at, dist)
			break
		}
		repeat(out, at, dist, length)
		at += length
	}
	z.next, z.bits, z.n = next, bits, n
	if err == nil && z.beyond() {
		err = errEnd
	}
	return at, err
}

// value adds the bits behind a code to what it means, and returns how many both have used.
func value(e uint32, bits uint64) (v int, used uint) {
	code, extra := uint(e&lengthBits), uint(e>>countShift&countMask)
	return int(e>>valueShift) + int(bits>>(code&63)&(1<<extra-1)), code + extra
}

// repeat copies length bytes, at least 3, from dist before at to at. Source and destination may overlap: then the dist
// bytes repeat. It may write words beyond the end.
func repeat(out []byte, at, dist, length int) {
	from := at - dist
	switch {
	case dist >= 8 && length <= 16:
		// The second word is read after the first is written: no nearer than that may they be.
		binary.LittleEndian.PutUint64(out[at:], binary.LittleEndian.Uint64(out[from:]))
		binary.LittleEndian.PutUint64(out[at+8:], binary.LittleEndian.Uint64(out[from+8:]))
	case dist >= length:
		copy(out[at:at+length], out[from:])
	case dist == 1 || dist == 2 || dist == 4:
		var word uint64
		switch dist {
		case 1:
			word = uint64(out[from]) * 0x0101010101010101
		case 2:
			word = uint64(binary.LittleEndian.Uint16(out[from:])) * 0x0001000100010001
		case 4:
			word = uint64(binary.LittleEndian.Uint32(out[from:])) * 0x0000000100000001
		}
		to := out[at : at+(length+7)&^7]
		for len(to) >= 8 {
			binary.LittleEndian.PutUint64(to, word)
			to = to[8:]
		}
	default:
		// What has been copied is source for twice as much.
		for end := at + length; at < end; {
			at += copy(out[at:end], out[from:at])
		}
	}
}
