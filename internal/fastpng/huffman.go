package fastpng

import (
	"fmt"
	"math/bits"
)

// The tables of codes are looked up with as many bits as their root takes. An entry is, from its lowest bit on: 6
// bits for the length of the code, 2 for nothing, 4 for a count, 4 for what it is, and 16 for its value.
//
//   - literals: the value is two of them, the count how many of them there are, one or two; the length is of both
//   - a length or distance: the value is the least one, the count that of the bits that follow to add to it
//   - a link: the value is where in the table the entries of longer codes begin, the count the bits to look them up with
//   - the end of a block
//   - an error: no code
const (
	litRoot   = 11
	distRoot  = 8
	maxScale  = 7 // bits of a code of code lengths
	maxCode   = 15
	maxMatch  = 258
	endSymbol = 256

	lengthBits = 1<<6 - 1
	countShift = 8
	countMask  = 15
	valueShift = 16

	isError    = 1 << 12
	isEnd      = 1 << 13
	isLink     = 1 << 14
	isLiterals = 1 << 15
)

// Of 288 codes two at least share a link, and all links have the bits that the longest code needs.
type (
	litTable  [1<<litRoot + 288/2<<(maxCode-litRoot)]uint32
	distTable [1<<distRoot + 32/2<<(maxCode-distRoot)]uint32
)

func entry(kind, value, count int) uint32 {
	return uint32(kind | value<<valueShift | count<<countShift)
}

// litEntry is what a symbol of the first code means (RFC 1951, 3.2.5).
func litEntry(symbol int) uint32 {
	switch {
	case symbol < endSymbol:
		return entry(isLiterals, symbol, 1)
	case symbol == endSymbol:
		return entry(isEnd, 0, 0)
	case symbol < 265:
		return entry(0, symbol-257+3, 0)
	case symbol < 285: // four lengths each with one more bit than the four before
		extra := (symbol - 261) / 4
		return entry(0, (4+(symbol-261)%4)<<extra+3, extra)
	case symbol == 285:
		return entry(0, maxMatch, 0)
	}
	return entry(isError, 0, 0)
}

// distEntry is what a symbol of the second code means.
func distEntry(symbol int) uint32 {
	switch {
	case symbol < 4:
		return entry(0, symbol+1, 0)
	case symbol < 30: // two distances each with one more bit than the two before
		extra := (symbol - 2) / 2
		return entry(0, (2+symbol%2)<<extra+1, extra)
	}
	return entry(isError, 0, 0)
}

// build fills a table from the lengths of the codes of symbols. Like zlib it refuses codes that leave bits without a
// meaning, but for a single one of one bit, or none at all: then using what has no code is an error.
func build(table []uint32, root int, lengths []uint8, meaning func(symbol int) uint32) error {
	var count, next [maxCode + 2]int
	longest := 0
	for _, n := range lengths {
		count[n]++
		longest = max(longest, int(n))
	}
	count[0] = 0
	code := 0
	for n := 1; n <= longest; n++ {
		code = (code + count[n-1]) << 1
		next[n] = code
	}
	free := table[:1<<root]
	if used := code + count[longest]; used != 1<<longest {
		if longest > 1 || used > 1<<longest {
			return fmt.Errorf("expected codes that use all bits; found %d codes for %d meanings", used, 1<<longest)
		}
		for i := range free { // with no or a single code
			free[i] = entry(isError, 0, 0)
		}
	}
	if longest > root {
		clear(free)
	}
	end := len(free) // of the links' entries
	for symbol, n := range lengths {
		if n == 0 {
			continue
		}
		at := int(bits.Reverse16(uint16(next[n])) >> (16 - n))
		next[n]++
		part, step := free, 1<<n
		e := meaning(symbol) | uint32(n)
		if int(n) > root {
			first := at & (1<<root - 1)
			if free[first] == 0 {
				free[first] = entry(isLink, end, longest-root) | uint32(root)
				end += 1 << (longest - root)
			}
			link := int(free[first] >> valueShift)
			part = table[link : link+1<<(longest-root)]
			at, step, e = at>>root, step>>root, e-uint32(root)
		}
		for ; at < len(part); at += step {
			part[at] = e
		}
	}
	return nil
}

// pair makes one entry of two literals wherever the codes of both fit.
func (t *litTable) pair() {
	for i := 1<<litRoot - 1; i >= 0; i-- { // the entry behind another has a lower index, so it is still single
		e := t[i]
		n := e & lengthBits
		if e&isLiterals == 0 || n >= litRoot {
			continue
		}
		if f := t[i>>n]; f&isLiterals != 0 && n+f&lengthBits <= litRoot {
			t[i] = entry(isLiterals, int(e>>valueShift|f>>valueShift<<8), 2) | (n + f&lengthBits)
		}
	}
}
