package gojpeg

import (
	"encoding/binary"
	"math/bits"
)

// room is what a block may take: 64 codes of 16 bits with 11 more each, all of them stuffed, and a flush.
const room = 2*64*27/8 + 64

// bitWriter writes entropy-coded data.
type bitWriter struct {
	buf []byte
	pos int    // in buf
	acc uint64 // bits that are not in buf yet, at the bottom
	n   int    // how many: less than 32 between calls
}

// reserve makes room for a block.
func (w *bitWriter) reserve() {
	if len(w.buf)-w.pos < room {
		w.buf = append(w.buf, make([]byte, len(w.buf)/2+room)...)
	}
}

// put adds n bits, at most 32.
func (w *bitWriter) put(v uint64, n int) {
	w.acc = w.acc<<uint(n&63) | v
	if w.n += n; w.n >= 32 {
		w.flush()
	}
}

// flush moves 32 bits to buf, with a zero after each byte that looks like the start of a marker.
func (w *bitWriter) flush() {
	w.n -= 32
	word := uint32(w.acc >> uint(w.n&63))
	if (^word-0x01010101)&word&0x80808080 == 0 {
		binary.BigEndian.PutUint32(w.buf[w.pos:], word)
		w.pos += 4
		return
	}
	for shift := 24; shift >= 0; shift -= 8 {
		w.stuffed(byte(word >> uint(shift)))
	}
}

func (w *bitWriter) stuffed(b byte) {
	w.buf[w.pos] = b
	w.pos++
	if b == 0xFF {
		w.buf[w.pos] = 0
		w.pos++
	}
}

// block writes a block (T.81, F.1.2): the difference of the first coefficient, and the others in zigzag order as far
// as they are in set.
func (w *bitWriter) block(b *[64]int32, set uint64, diff int32, c *channel) {
	w.value(&c.dc[bits.Len32(magnitude(diff))&255], diff)
	last := 0
	for set &^= 1; set != 0; set &= set - 1 {
		k := bits.TrailingZeros64(set) & 63
		run := k - last - 1
		last = k
		for ; run > 15; run -= 16 {
			w.put(uint64(c.ac[0xF0].bits), int(c.ac[0xF0].length))
		}
		v := b[k]
		w.value(&c.ac[(run<<4|bits.Len32(magnitude(v)))&255], v)
	}
	if last < 63 {
		w.put(uint64(c.ac[0].bits), int(c.ac[0].length))
	}
}

func magnitude(v int32) uint32 {
	sign := v >> 31
	return uint32(v ^ sign - sign)
}

// value writes a code and the bits of its value after it.
func (w *bitWriter) value(c *code, v int32) {
	size := bits.Len32(magnitude(v))
	w.put(uint64(c.bits)<<uint(size&15)|uint64(uint32(v+v>>31)&(1<<uint(size&15)-1)), int(c.length)+size)
}

// finish fills the last byte with ones, and ends the file.
func (w *bitWriter) finish() []byte {
	w.reserve()
	w.put(0x7F, 7)
	for w.n >= 8 {
		w.n -= 8
		w.stuffed(byte(w.acc >> uint(w.n&63)))
	}
	w.buf[w.pos], w.buf[w.pos+1] = 0xFF, markerEOI
	return w.buf[:w.pos+2]
}
