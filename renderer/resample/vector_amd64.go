package resample

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

//go:generate go run ./asm -out kernels_amd64.s -stubs kernels_amd64.go -pkg resample

const (
	tileRows  = 8
	unitBytes = 128  // of two neighbouring columns in a tile
	unitWords = 64   // the same in 16-bit words
	tileWidth = 2048 // source columns that a tile holds at most, if a destination pixel needs no more: 128 KiB
)

// vector is the plan's weights in the order in which the AVX2 code reads them.
type vector struct {
	rows       []rowPair
	rowWeights []int32 // two words of two weights each: of a pair of source rows, for both destination rows
	starts     []int32 // of each destination column, where in an endless tile its pairs of columns start, in bytes
	colWeights []int32 // of each destination column, pairs words of two weights
	pairs      int
	blocks     []block
	mask       [2 * groupPixels]int32 // from groupPixels-n on, a mask of n pixels
}

// rowPair is two destination rows made of the same source rows.
type rowPair struct {
	first int // source row
	n     int // source rows
	at    int // its weights start at rowWeights[at]
	ahead int // source rows beyond its own that the next pair needs
}

// block is a range of destination columns, and the pairs of source columns that they are made of.
type block struct{ from, to, unit, units int }

func hasVector() bool { return cpu.X86.HasAVX2 }

func newVector(p *Plan) *vector {
	v := &vector{mask: [2 * groupPixels]int32{-1, -1, -1, -1, -1, -1, -1, -1}}
	v.addRows(p.rows)
	v.addColumns(p.cols, p.left)
	v.cutBlocks(p.wide)
	return v
}

func (v *vector) bytes() int {
	return int(unsafe.Sizeof(*v)) + cap(v.rows)*int(unsafe.Sizeof(rowPair{})) + cap(v.blocks)*int(unsafe.Sizeof(block{})) +
		4*(cap(v.rowWeights)+cap(v.starts)+cap(v.colWeights))
}

// addRows pairs the destination rows. A last one without a partner gets one without weight.
func (v *vector) addRows(rows axis) {
	v.rows = make([]rowPair, 0, (len(rows.spans)+1)/2)
	v.rowWeights = make([]int32, 0, len(rows.weights)*2/3+3*len(rows.spans)) // an estimate
	for y := 0; y < len(rows.spans); y += 2 {
		a := rows.spans[y]
		b := span{first: a.first}
		if y+1 < len(rows.spans) {
			b = rows.spans[y+1]
		}
		first := min(a.first, b.first)
		n := max(a.end(), b.end()) - first
		if before := len(v.rows) - 1; before >= 0 {
			v.rows[before].ahead = max(0, first+n-v.rows[before].first-v.rows[before].n)
		}
		v.rows = append(v.rows, rowPair{first: first, n: n, at: len(v.rowWeights)})
		for i := first; i < first+n; i += 2 {
			v.rowWeights = append(v.rowWeights, rows.two(a, i), rows.two(b, i))
		}
	}
}

func (v *vector) addColumns(cols axis, left int) {
	unit := func(s span) int { return (s.first - left) / 2 }
	for _, s := range cols.spans {
		v.pairs = max(v.pairs, (s.end()-left+1)/2-unit(s))
	}
	v.starts = make([]int32, 0, len(cols.spans))
	v.colWeights = make([]int32, 0, len(cols.spans)*v.pairs)
	for _, s := range cols.spans {
		v.starts = append(v.starts, int32(unit(s)*unitBytes))
		for i := range v.pairs {
			v.colWeights = append(v.colWeights, cols.two(s, left+2*(unit(s)+i)))
		}
	}
}

// two is the weights of source pixels i and i+1 in one word, zero where s has none.
func (a axis) two(s span, i int) int32 {
	weight := func(i int) int16 {
		if i < s.first || i >= s.end() {
			return 0
		}
		return a.weights[s.at+i-s.first]
	}
	return int32(weight(i+1))<<16 | int32(uint16(weight(i)))
}

// cutBlocks cuts the destination into as many equal parts as keep the tiles small.
func (v *vector) cutBlocks(wide int) {
	dst := len(v.starts)
	count := min(dst, (wide+tileWidth-1)/tileWidth)
	for i := range count {
		b := block{from: dst * i / count, to: dst * (i + 1) / count}
		first, last := v.starts[b.from], v.starts[b.from]
		for _, s := range v.starts[b.from:b.to] {
			first, last = min(first, s), max(last, s)
		}
		b.unit = int(first) / unitBytes
		b.units = int(last)/unitBytes + v.pairs - b.unit
		v.blocks = append(v.blocks, b)
	}
}
