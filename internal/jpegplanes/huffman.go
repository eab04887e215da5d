package jpegplanes

import "fmt"

// huffman holds the codes of a table by their lengths (T.81, annex C).
type huffman struct {
	first  [17]int32 // first code of a length
	count  [17]int32
	offset [17]int32 // of its value
	values []byte
}

func (d *decoder) huffmanTables(body []byte) error {
	for len(body) > 0 {
		if len(body) < 17 || body[0]>>4 > 1 || body[0]&15 > 3 {
			return fmt.Errorf("%w: expected a table 0 to 3 for DC or AC of 17 bytes and more, found %.1x with %d", ErrCorrupt, body, len(body))
		}
		h := new(huffman)
		code, total := int32(0), int32(0)
		for length := 1; length <= 16; length++ {
			n := int32(body[length])
			h.first[length], h.count[length], h.offset[length] = code, n, total
			if code += n; code > 1<<length {
				return fmt.Errorf("%w: expected at most %d codes of %d bits, found more", ErrCorrupt, 1<<length, length)
			}
			code <<= 1
			total += n
		}
		if total > 256 || int(total) > len(body)-17 {
			return fmt.Errorf("%w: expected %d codes, found %d bytes", ErrCorrupt, total, len(body)-17)
		}
		h.values = body[17 : 17+total]
		d.codes[body[0]>>4][body[0]&15] = h
		body = body[17+total:]
	}
	return nil
}

// bits reads the coded data of a scan. After the first error all bits are 0.
type bits struct {
	data []byte
	pos  int
	last byte
	left int // unread bits of last
	err  error
}

func (b *bits) bit() int32 {
	if b.left == 0 && !b.next() {
		return 0
	}
	b.left--
	return int32(b.last>>b.left) & 1
}

// next takes a byte; a marker ends the data.
func (b *bits) next() bool {
	if b.err != nil {
		return false
	}
	if b.pos >= len(b.data) || b.data[b.pos] == 0xff && (b.pos+1 >= len(b.data) || b.data[b.pos+1] != 0) {
		b.err = fmt.Errorf("%w: the data of a scan ends early", ErrCorrupt)
		return false
	}
	b.last, b.left = b.data[b.pos], 8
	b.pos++
	if b.last == 0xff {
		b.pos++
	}
	return true
}

func (b *bits) take(n int) int32 {
	v := int32(0)
	for range n {
		v = v<<1 | b.bit()
	}
	return v
}

// signed reads a value of n bits whose first says whether it is positive (T.81, F.2.2.1).
func (b *bits) signed(n int) int32 {
	v := b.take(n)
	if n > 0 && v < 1<<(n-1) {
		v -= 1<<n - 1
	}
	return v
}

func (b *bits) symbol(h *huffman) int {
	code := int32(0)
	for length := 1; length <= 16; length++ {
		code = code<<1 | b.bit()
		if i := code - h.first[length]; i >= 0 && i < h.count[length] {
			return int(h.values[h.offset[length]+i])
		}
	}
	if b.err == nil {
		b.err = fmt.Errorf("%w: expected a Huffman code, found none that begins the next 16 bits", ErrCorrupt)
	}
	return 0
}

// restart passes the marker between two intervals.
func (b *bits) restart() {
	b.left = 0
	if b.err != nil {
		return
	}
	for b.pos+1 < len(b.data) && b.data[b.pos] == 0xff && b.data[b.pos+1] == 0xff {
		b.pos++
	}
	if b.pos+1 >= len(b.data) || b.data[b.pos] != 0xff || b.data[b.pos+1]&^7 != rst0 {
		b.err = fmt.Errorf("%w: expected a restart marker, found none", ErrCorrupt)
		return
	}
	b.pos += 2
}
