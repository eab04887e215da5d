package fastpng

import (
	"errors"
	"fmt"
)

// A block with codes of its own costs tables, so many of them with hardly any bytes are refused.
const (
	freeBlocks = 4096
	blockBytes = 256
)

// block is what the inflater is inside of.
type block uint8

const (
	between block = iota
	stored
	coded
)

// begin reads the header of a block.
func (z *inflater) begin() error {
	head := z.take(3)
	z.last = head&1 != 0
	var err error
	switch head >> 1 {
	case 0:
		err = z.beginStored()
	case 1:
		z.beginFixed()
	case 2:
		err = z.beginDynamic()
	default:
		err = errors.New("expected a block of type 0 to 2; found type 3")
	}
	if err == nil && z.beyond() {
		err = errEnd
	}
	return err
}

func (z *inflater) beginStored() error {
	z.take(z.n & 7) // the rest of the byte
	size, check := z.take(16), z.take(16)
	if size != ^check&0xffff {
		return fmt.Errorf("stored block: expected %04x to repeat its length; found %04x", ^size&0xffff, check)
	}
	z.next -= int(z.n / 8)
	z.bits, z.n = 0, 0
	z.inside, z.left = stored, int(size)
	return nil
}

// copy unpacks as much of a stored block as there is room for.
func (z *inflater) copy(out []byte, at int) (int, error) {
	n := min(z.left, len(out)-slack-at)
	if z.next > len(z.in) || n > len(z.in)-z.next {
		return at, errEnd
	}
	copy(out[at:], z.in[z.next:z.next+n])
	z.next += n
	if z.left -= n; z.left == 0 {
		z.inside = between
	}
	return at + n, nil
}

// beginFixed sets the codes that need no description (RFC 1951, 3.2.6).
func (z *inflater) beginFixed() {
	z.inside = coded
	if z.fixed {
		return
	}
	var lengths [288]uint8
	for i := range lengths {
		switch {
		case i < 144:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		case i < 280:
			lengths[i] = 7
		default:
			lengths[i] = 8
		}
	}
	var dists [32]uint8
	for i := range dists {
		dists[i] = 5
	}
	// Both use all bits: no error is possible.
	_ = build(z.lits[:], litRoot, lengths[:], litEntry)
	_ = build(z.dists[:], distRoot, dists[:], distEntry)
	z.lits.pair()
	z.fixed = true
}

// beginDynamic reads the lengths of a block's codes, themselves coded (RFC 1951, 3.2.7).
func (z *inflater) beginDynamic() error {
	z.inside, z.fixed = coded, false
	if z.blocks--; z.blocks < 0 {
		return errors.New("expected blocks with more bytes than codes; found too many blocks")
	}
	lits, dists, scales := int(z.take(5))+257, int(z.take(5))+1, int(z.take(4))+4
	if lits > 286 || dists > 30 {
		return fmt.Errorf("expected at most 286 and 30 codes; found %d and %d", lits, dists)
	}
	var scaleLengths [19]uint8
	order := [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
	for _, symbol := range order[:scales] {
		scaleLengths[symbol] = uint8(z.take(3))
	}
	if err := build(z.scales[:], maxScale, scaleLengths[:], func(s int) uint32 { return entry(0, s, 0) }); err != nil {
		return err
	}
	var lengths [286 + 30]uint8
	if err := z.readLengths(lengths[:lits+dists]); err != nil {
		return err
	}
	if err := build(z.lits[:], litRoot, lengths[:lits], litEntry); err != nil {
		return err
	}
	z.lits.pair()
	return build(z.dists[:], distRoot, lengths[lits:lits+dists], distEntry)
}

func (z *inflater) readLengths(lengths []uint8) error {
	for i := 0; i < len(lengths); {
		z.refill()
		e := z.scales[z.bits&(1<<maxScale-1)]
		if e&isError != 0 {
			return errors.New("expected a code for a length; found none")
		}
		z.take(uint(e & lengthBits))
		symbol, n, value := e>>valueShift, uint(1), uint8(0)
		switch symbol {
		case 16:
			if i == 0 {
				return errors.New("expected a length to repeat; found none before")
			}
			n, value = 3+z.take(2), lengths[i-1]
		case 17:
			n = 3 + z.take(3)
		case 18:
			n = 11 + z.take(7)
		default:
			value = uint8(symbol)
		}
		if n > uint(len(lengths)-i) {
			return fmt.Errorf("expected %d lengths; found %d more", len(lengths), n-uint(len(lengths)-i))
		}
		for range n {
			lengths[i] = value
			i++
		}
	}
	return nil
}
