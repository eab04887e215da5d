// Command asm generates the AVX2 code of package resample; vector_amd64.go says what each function is for.
//
// A tile holds the middle of eight destination rows. Two neighbouring source columns make a unit of 128 bytes: for
// each of the eight rows 16 bytes, for each channel the left column's 16 bits and the right column's. A multiply-add
// of such pairs with two weights is then all that the horizontal pass has to do.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// These repeat the constants of axis.go; the test that compares both paths sees when they differ.
const (
	firstShift = 8
	lastShift  = 20

	unitBytes = 128 // of a pair of columns in a tile
	group     = 32  // bytes of the eight source pixels that the vertical pass takes at once
)

func main() {
	ConstraintExpr("amd64")
	c := newConstants()
	for _, opaque := range []bool{false, true} {
		for _, tail := range []bool{false, true} {
			vertical(c, opaque, tail)
		}
		horizontal(c, opaque)
	}
	untile()
	planes()
	Generate()
}

// constants are shuffles and masks, each 32 bytes, the same in both halves.
type constants struct {
	firstThree Mem // of words 0 1 2 4, the first byte to a low and the second to a high word
	lastTwo    Mem // the same of words 1 2 5 6
	pairUp     Mem // of three-channel words l0 l1 l2 r0 r1 r2 to l0 r0 l1 r1 l2 r2 and zeros
	spread     Mem // a pixel's alpha to all of its bytes
	alpha      Mem // 255 in the alphas
}

func newConstants() constants {
	return constants{
		firstThree: table("firstThree", wordsToPairs(0, 1, 2, 4)),
		lastTwo:    table("lastTwo", wordsToPairs(1, 2, 5, 6)),
		pairUp:     table("pairUp", [16]byte{0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, 0x80, 0x80, 0x80, 0x80}),
		spread:     table("spread", [16]byte{3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15}),
		alpha:      table("alpha", [16]byte{3: 255, 7: 255, 11: 255, 15: 255}),
	}
}

func wordsToPairs(words ...byte) (out [16]byte) {
	for i, w := range words {
		out[4*i], out[4*i+1], out[4*i+2], out[4*i+3] = 2*w, 0x80, 2*w+1, 0x80
	}
	return out
}

func table(name string, half [16]byte) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for i := range 32 {
		DATA(i, U8(half[i%16]))
	}
	return m
}

// vertical writes two rows of a tile. The rows share their source rows, which are read two at a time.
func vertical(c constants, opaque, tail bool) {
	name, width := "vertical", "groups int"
	if opaque {
		name += "Opaque"
	}
	if tail {
		name, width = name+"Tail", "mask *int32"
	}
	TEXT(name, NOSPLIT, "func(tile *int16, src *byte, stride int, "+width+", weights *int32, pairs, odd, ahead int)")
	Pragma("noescape")
	tile, src, stride := Load(Param("tile"), GP64()), Load(Param("src"), GP64()), Load(Param("stride"), GP64())
	weights, pairs, odd := Load(Param("weights"), GP64()), Load(Param("pairs"), GP64()), Load(Param("odd"), GP64())

	k := verticalKernel{c: c, wa: YMM(), wb: YMM(), stride: stride}
	load := func(at Mem) VecVirtual {
		r := YMM()
		VMOVDQU(at, r)
		return r
	}
	if opaque {
		k.channels, k.maskThree, k.maskTwo = 3, YMM(), YMM()
		VMOVDQU(c.firstThree, k.maskThree)
		VMOVDQU(c.lastTwo, k.maskTwo)
	} else {
		k.channels, k.zero = 4, YMM()
		VPXOR(k.zero, k.zero, k.zero)
	}
	var groups, ahead Register
	if tail {
		mask, at := YMM(), Load(Param("mask"), GP64())
		VMOVDQU(Mem{Base: at}, mask)
		load = func(at Mem) VecVirtual {
			r := YMM()
			VPMASKMOVD(at, mask, r)
			return r
		}
	} else {
		groups, ahead = Load(Param("groups"), GP64()), Load(Param("ahead"), GP64())
	}
	k.load = load

	Label("group")
	row, w, n := GP64(), GP64(), GP64()
	MOVQ(src, row)
	MOVQ(weights, w)
	k.clear()
	MOVQ(pairs, n)
	TESTQ(n, n)
	JZ(LabelRef("last"))
	Label("pair")
	k.add(row, w, true)
	LEAQ(Mem{Base: row, Index: stride, Scale: 2}, row)
	ADDQ(Imm(8), w)
	DECQ(n)
	JNZ(LabelRef("pair"))
	Label("last")
	TESTQ(odd, odd)
	JZ(LabelRef("store"))
	k.add(row, w, false)
	ADDQ(stride, row)
	Label("store")
	if !tail {
		prefetch(row, stride, ahead)
	}
	k.store(tile)
	if !tail {
		ADDQ(Imm(group), src)
		ADDQ(U32(4*unitBytes), tile)
		DECQ(groups)
		JNZ(LabelRef("group"))
	}
	VZEROUPPER()
	RET()
}

// prefetch asks for the rows that the next rows of the tile will need: the processor's own prefetcher loses track of
// as many rows as are read here side by side.
func prefetch(row, stride, ahead Register) {
	n := GP64()
	MOVQ(ahead, n)
	TESTQ(n, n)
	JZ(LabelRef("fetched"))
	Label("fetch")
	PREFETCHT1(Mem{Base: row})
	ADDQ(stride, row)
	DECQ(n)
	JNZ(LabelRef("fetch"))
	Label("fetched")
}

// verticalKernel keeps the sums of eight pixels of two rows. Of four channels a sum holds one pixel in each half;
// of three, the third sum holds what the first two have no room for.
type verticalKernel struct {
	c        constants
	channels int
	load     func(Mem) VecVirtual
	stride   Register
	sums     [2][]VecVirtual
	wa, wb   VecVirtual

	zero               VecVirtual // of four channels
	maskThree, maskTwo VecVirtual // of three
}

// clear starts the sums with what makes the final shift round.
func (k *verticalKernel) clear() {
	first := broadcast(1 << (firstShift - 1))
	for row := range k.sums {
		k.sums[row] = nil
		for range k.channels {
			s := YMM()
			VMOVDQA(first, s)
			k.sums[row] = append(k.sums[row], s)
		}
	}
}

func broadcast(v uint32) VecVirtual {
	r, y := GP32(), YMM()
	MOVL(U32(v), r)
	VMOVD(r, y.AsX())
	VPBROADCASTD(y.AsX(), y)
	return y
}

// add adds two source rows, or one that stands for both where the second's weight is zero.
func (k *verticalKernel) add(row, w Register, two bool) {
	VPBROADCASTD(Mem{Base: w}, k.wa)
	VPBROADCASTD(Mem{Base: w, Disp: 4}, k.wb)
	a := k.load(Mem{Base: row})
	b := a
	if two {
		b = k.load(Mem{Base: row, Index: k.stride, Scale: 1})
	}
	lo, hi := YMM(), YMM()
	VPUNPCKLBW(b, a, lo) // pixels 0 1 and 4 5
	VPUNPCKHBW(b, a, hi) // pixels 2 3 and 6 7
	if k.channels == 4 {
		for i, half := range []VecVirtual{lo, hi} {
			left, right := YMM(), YMM()
			VPUNPCKLBW(k.zero, half, left)
			k.accumulate(2*i, left)
			VPUNPCKHBW(k.zero, half, right)
			k.accumulate(2*i+1, right)
		}
		return
	}
	rest := YMM()
	VPUNPCKHQDQ(hi, lo, rest)
	VPSHUFB(k.maskThree, lo, lo)
	k.accumulate(0, lo)
	VPSHUFB(k.maskThree, hi, hi)
	k.accumulate(1, hi)
	VPSHUFB(k.maskTwo, rest, rest)
	k.accumulate(2, rest)
}

func (k *verticalKernel) accumulate(i int, px VecVirtual) {
	m := YMM()
	VPMADDWD(k.wa, px, m)
	VPADDD(m, k.sums[0][i], k.sums[0][i])
	VPMADDWD(k.wb, px, px)
	VPADDD(px, k.sums[1][i], k.sums[1][i])
}

// store shifts the sums to 16 bits and writes four units' worth of two rows.
func (k *verticalKernel) store(tile Register) {
	var pairs [2][2]VecVirtual // of each row, columns 0 1 and 4 5, columns 2 3 and 6 7
	for row, sums := range k.sums {
		if k.channels == 4 {
			for i := range 2 {
				left, right := sums[2*i], sums[2*i+1]
				VPSRAD(Imm(firstShift), left, left)
				VPSLLD(Imm(16-firstShift), right, right)
				VPBLENDW(Imm(0xaa), right, left, left)
				pairs[row][i] = left
			}
			continue
		}
		for _, s := range sums {
			VPSRAD(Imm(firstShift), s, s)
		}
		for i := range 2 {
			if i == 1 { // the second pair's last two channels lie in the third sum's upper half, where the first's would be
				VPSRLDQ(Imm(8), sums[2], sums[2])
			}
			VPACKSSDW(sums[2], sums[i], sums[i])
			VPSHUFB(k.c.pairUp, sums[i], sums[i])
			pairs[row][i] = sums[i]
		}
	}
	for i := range 2 {
		out := YMM()
		VPERM2I128(Imm(0x20), pairs[1][i], pairs[0][i], out)
		VMOVDQU(out, Mem{Base: tile, Disp: i * unitBytes})
		VPERM2I128(Imm(0x31), pairs[1][i], pairs[0][i], out)
		VMOVDQU(out, Mem{Base: tile, Disp: (2 + i) * unitBytes})
	}
}

// horizontal makes one column of eight pixels after the other, their rows in the order 0 2 4 6 1 3 5 7.
func horizontal(c constants, opaque bool) {
	name := "horizontal"
	if opaque {
		name += "Opaque"
	}
	TEXT(name, NOSPLIT, "func(strip *uint32, tile *int16, starts *int32, origin int, weights *int32, pairs, columns int)")
	Pragma("noescape")
	strip, tile, starts := Load(Param("strip"), GP64()), Load(Param("tile"), GP64()), Load(Param("starts"), GP64())
	SUBQ(Load(Param("origin"), GP64()), tile)
	weights, pairs, columns := Load(Param("weights"), GP64()), Load(Param("pairs"), GP64()), Load(Param("columns"), GP64())
	first := broadcast(1 << (lastShift - 1))
	final := YMM()
	if opaque {
		VMOVDQU(c.alpha, final)
	} else {
		VMOVDQU(c.spread, final)
	}

	Label("column")
	at, n := GP64(), GP64()
	MOVLQSX(Mem{Base: starts}, at)
	ADDQ(tile, at)
	var sums [4]VecVirtual
	for i := range sums {
		sums[i] = YMM()
		VMOVDQA(first, sums[i])
	}
	MOVQ(pairs, n)
	Label("pair")
	w := YMM()
	VPBROADCASTD(Mem{Base: weights}, w)
	for i, s := range sums {
		m := YMM()
		VPMADDWD(Mem{Base: at, Disp: 32 * i}, w, m)
		VPADDD(m, s, s)
	}
	ADDQ(Imm(4), weights)
	ADDQ(U32(unitBytes), at)
	DECQ(n)
	JNZ(LabelRef("pair"))
	for _, s := range sums {
		VPSRAD(Imm(lastShift), s, s)
	}
	VPACKSSDW(sums[1], sums[0], sums[0])
	VPACKSSDW(sums[3], sums[2], sums[2])
	VPACKUSWB(sums[2], sums[0], sums[0])
	if opaque {
		VPOR(final, sums[0], sums[0])
	} else {
		VPSHUFB(final, sums[0], sums[1])
		VPMINUB(sums[1], sums[0], sums[0])
	}
	VMOVDQU(sums[0], Mem{Base: strip})
	ADDQ(Imm(32), strip)
	ADDQ(Imm(4), starts)
	DECQ(columns)
	JNZ(LabelRef("column"))
	VZEROUPPER()
	RET()
}

// untile turns columns of eight pixels, rows in the order of horizontal, into eight rows.
func untile() {
	TEXT("untile", NOSPLIT, "func(dst *byte, stride int, strip *uint32, groups int)")
	Pragma("noescape")
	dst, stride := Load(Param("dst"), GP64()), Load(Param("stride"), GP64())
	strip, groups := Load(Param("strip"), GP64()), Load(Param("groups"), GP64())
	Label("group")
	var rows [2][4]VecVirtual // of four columns each: rows 0 1, 2 3, 4 5, 6 7
	for half := range rows {
		at := func(i int) Mem { return Mem{Base: strip, Disp: 32 * (4*half + i)} }
		a, c := YMM(), YMM()
		VMOVDQU(at(0), a)
		VMOVDQU(at(2), c)
		for i, unpack := range []func(...Op){
			func(ops ...Op) { VPUNPCKLDQ(ops[0], ops[1], ops[2]) },
			func(ops ...Op) { VPUNPCKHDQ(ops[0], ops[1], ops[2]) },
		} {
			ab, cd := YMM(), YMM()
			unpack(at(1), a, ab)
			unpack(at(3), c, cd)
			even, odd := YMM(), YMM()
			VPUNPCKLQDQ(cd, ab, even)
			VPUNPCKHQDQ(cd, ab, odd)
			rows[half][2*i], rows[half][2*i+1] = even, odd
		}
	}
	to := GP64()
	MOVQ(dst, to)
	for i := range 4 {
		for _, half := range []uint64{0x20, 0x31} {
			out := YMM()
			VPERM2I128(U8(half), rows[1][i], rows[0][i], out)
			VMOVDQU(out, Mem{Base: to})
			ADDQ(stride, to)
		}
	}
	ADDQ(U32(256), strip)
	ADDQ(Imm(32), dst)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}
