package gojpeg

// lookupBits is how much of the data is looked at in one go. Nearly all codes are shorter, most of them together
// with the bits of the value that follow.
const lookupBits = 10

// A symbol is what a code stands for, packed:
//
//	bits 0-4    length of the code, and of the value's bits if the value is here
//	bits 5-8    number of bits of the value that are still to be read
//	bits 12-19  number of zero coefficients before the value; endOfBlock or more ends the block
//	bits 20-31  the value, signed
//
// 0 is no symbol.
type symbol uint32

// endOfBlock is beyond any position in a block. In progressive files endOfBlock+n is EOBn (T.81, G.1.2.2).
const endOfBlock = 128

func (s symbol) length() int  { return int(s & 31) }
func (s symbol) more() int    { return int(s >> 5 & 15) }
func (s symbol) run() int     { return int(s >> 12 & 255) }
func (s symbol) value() int32 { return int32(s) >> 20 }

// huffman decodes one table's codes.
type huffman struct {
	fast   [1 << lookupBits]symbol
	limit  [17]uint32 // of the codes of each length, left-aligned to 16 bits: the first that is none
	offset [17]int32  // of a code in values
	values [256]symbol
}

// newHuffman makes a table of the number of codes of each length and their values. It gives how many values there
// were.
func newHuffman(counts [16]byte, values []byte, dc bool) (*huffman, int, error) {
	h := new(huffman)
	code, n := 0, 0
	for i, count := range counts {
		length := i + 1
		if n+int(count) > min(len(values), len(h.values)) {
			return nil, 0, corrupt("DHT: expected at most %d values; found more", min(len(values), len(h.values)))
		}
		h.offset[length] = int32(n - code)
		for range int(count) {
			if code >= 1<<length {
				return nil, 0, corrupt("DHT: expected prefix codes; found too many of %d bits", length)
			}
			if dc && values[n] > 15 {
				return nil, 0, corrupt("DHT: expected DC differences of up to 15 bits; found %d", values[n])
			}
			s := newSymbol(values[n], length, dc)
			h.values[n] = s
			if length <= lookupBits {
				h.fill(s, code<<(lookupBits-length), length)
			}
			code++
			n++
		}
		h.limit[length] = uint32(code) << (16 - length)
		code <<= 1
	}
	return h, n, nil
}

func newSymbol(value byte, length int, dc bool) symbol {
	run, size := int(value>>4), int(value&15)
	if !dc && size == 0 && run < 15 {
		run += endOfBlock
	}
	return symbol(length | size<<5 | run<<12)
}

// fill enters s for all that may follow its code.
func (h *huffman) fill(s symbol, first, length int) {
	size := s.more()
	for i := range 1 << (lookupBits - length) {
		e := s
		if rest := lookupBits - length - size; rest >= 0 && size > 0 {
			v := extend(uint64(i>>rest)&(1<<size-1), size)
			e = symbol(uint32(length+size) | uint32(s.run())<<12 | uint32(v)<<20)
		}
		h.fast[first+i] = e
	}
}

// long finds a code of more than lookupBits at the top of acc; 0 if there is none.
func (h *huffman) long(acc uint64) symbol {
	top := uint32(acc >> 48)
	for length := lookupBits + 1; length <= 16; length++ {
		if top < h.limit[length] {
			return h.values[(h.offset[length]+int32(top>>(16-length)))&255]
		}
	}
	return 0
}

// extend gives the number that size bits stand for (T.81, F.2.2.1).
func extend(bits uint64, size int) int32 {
	v := int32(bits)
	return v + (v>>uint((size-1)&31)-1)&(1-1<<uint(size&31))
}

// next reads a symbol, and its value too.
func (r *bitReader) next(h *huffman) (s symbol, value int32) {
	if r.n < 32 {
		r.refill()
	}
	s = h.fast[r.acc>>(64-lookupBits)]
	if s.length() == 0 {
		s = h.long(r.acc)
	}
	r.acc <<= uint(s.length())
	r.n -= s.length()
	value = s.value()
	if size := s.more(); size > 0 {
		value = extend(r.acc>>uint((64-size)&63), size)
		r.acc <<= uint(size)
		r.n -= size
	}
	return s, value
}
