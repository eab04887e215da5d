package cutout

import "math/bits"

// A bitmap holds one bit per pixel, in rows of whole words. Bits beyond the width are zero.
type bitmap struct {
	w, h, stride int
	words        []uint64
}

// reset makes the bitmap empty and of the given size.
func (b *bitmap) reset(w, h int) {
	b.w, b.h, b.stride = w, h, (w+63)/64
	if n := b.stride * h; cap(b.words) < n {
		b.words = make([]uint64, n)
	} else {
		b.words = b.words[:n]
		clear(b.words)
	}
}

func (b *bitmap) row(y int) []uint64 { return b.words[y*b.stride:][:b.stride] }

func (b *bitmap) has(x, y int) bool { return b.words[y*b.stride+x>>6]>>(x&63)&1 != 0 }

func (b *bitmap) count() (n int) {
	for _, w := range b.words {
		n += bits.OnesCount64(w)
	}
	return n
}

// last is the mask of the last word of a row.
func (b *bitmap) last() uint64 { return ^uint64(0) >> (-b.w & 63) }

// nextSet is the first set bit in row from x on, or w.
func nextSet(row []uint64, x, w int) int {
	if x >= w {
		return w
	}
	i := x >> 6
	word := row[i] >> (x & 63) << (x & 63)
	for word == 0 {
		if i++; i == len(row) {
			return w
		}
		word = row[i]
	}
	return i<<6 + bits.TrailingZeros64(word)
}

// nextClear is the first clear bit in row from x on, or w.
func nextClear(row []uint64, x, w int) int {
	if x >= w {
		return w
	}
	i := x >> 6
	word := ^row[i] >> (x & 63) << (x & 63)
	for word == 0 {
		if i++; i == len(row) {
			return w
		}
		word = ^row[i]
	}
	return min(i<<6+bits.TrailingZeros64(word), w)
}

// runStart is the first bit of the run of set bits that ends with x.
func runStart(row []uint64, x int) int {
	i := x >> 6
	word := ^row[i] << (63 - x&63)
	if word != 0 {
		return x + 1 - bits.LeadingZeros64(word)
	}
	for i--; i >= 0; i-- {
		if word = ^row[i]; word != 0 {
			return i<<6 + 64 - bits.LeadingZeros64(word)
		}
	}
	return 0
}

// setRun sets the bits from x0 to before x1.
func setRun(row []uint64, x0, x1 int) {
	eachWord(x0, x1, func(i int, mask uint64) { row[i] |= mask })
}

// clearRun clears the bits from x0 to before x1.
func clearRun(row []uint64, x0, x1 int) {
	eachWord(x0, x1, func(i int, mask uint64) { row[i] &^= mask })
}

func eachWord(x0, x1 int, do func(i int, mask uint64)) {
	for i := x0 >> 6; i<<6 < x1; i++ {
		mask := ^uint64(0)
		if d := x0 - i<<6; d > 0 {
			mask <<= d
		}
		if d := x1 - i<<6; d < 64 {
			mask &= 1<<d - 1
		}
		do(i, mask)
	}
}

// erode makes b what is set in src along with all its eight neighbours; beyond the picture all is set.
func (b *bitmap) erode(src *bitmap) {
	for y := range b.h {
		out, mid := b.row(y), src.row(y)
		up, down := src.row(max(y-1, 0)), src.row(min(y+1, b.h-1))
		before := ^uint64(0)
		v := up[0] & mid[0] & down[0]
		for i := range out {
			next := uint64(1)
			if i+1 < len(out) {
				next = up[i+1] & mid[i+1] & down[i+1]
			}
			right := v>>1 | next<<63
			if i+1 == len(out) {
				right = v>>1 | 1<<((b.w-1)&63)
			}
			out[i] = v & (v<<1 | before>>63) & right
			before, v = v, next
		}
	}
}

// dilate makes b what is set in src or has a neighbour there, of eight.
func (b *bitmap) dilate(src *bitmap) {
	for y := range b.h {
		out, mid := b.row(y), src.row(y)
		up, down := src.row(max(y-1, 0)), src.row(min(y+1, b.h-1))
		before := uint64(0)
		v := up[0] | mid[0] | down[0]
		for i := range out {
			next := uint64(0)
			if i+1 < len(out) {
				next = up[i+1] | mid[i+1] | down[i+1]
			}
			out[i] = v | v<<1 | before>>63 | v>>1 | next<<63
			before, v = v, next
		}
		out[len(out)-1] &= b.last()
	}
}

// and keeps in b only what is in mask too.
func (b *bitmap) and(mask *bitmap) {
	for i, w := range mask.words {
		b.words[i] &= w
	}
}

// or adds what is in more.
func (b *bitmap) or(more *bitmap) {
	for i, w := range more.words {
		b.words[i] |= w
	}
}

// without takes out of b what is in less.
func (b *bitmap) without(less *bitmap) {
	for i, w := range less.words {
		b.words[i] &^= w
	}
}

// copy makes b the same as src.
func (b *bitmap) copy(src *bitmap) { copy(b.words, src.words) }
