package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// widen turns samples into words, centred at zero and times 256, sixteen columns at a time. It asks for what lies ahead
// bytes further on: the processor's own prefetcher loses track of as many short rows as a block has.
func widen() {
	TEXT("widen", NOSPLIT, "func(out *int16, pitch int, src *byte, stride int, ahead, rows, groups int)")
	Pragma("noescape")
	out, pitch := Load(Param("out"), GP64()), Load(Param("pitch"), GP64())
	src, stride := Load(Param("src"), GP64()), Load(Param("stride"), GP64())
	ahead, rows, groups := Load(Param("ahead"), GP64()), Load(Param("rows"), GP64()), Load(Param("groups"), GP64())
	centre := broadcast(0x80008000)
	ADDQ(src, ahead)
	Label("row")
	x, n := GP64(), GP64()
	XORQ(x, x)
	MOVQ(groups, n)
	SUBQ(Imm(4), n)
	JL(LabelRef("few"))
	Label("four")
	PREFETCHT1(Mem{Base: ahead, Index: x, Scale: 1})
	widen := func(groups int) {
		for i := range groups {
			px := YMM()
			VPMOVZXBW(Mem{Base: src, Index: x, Scale: 1, Disp: 16 * i}, px)
			VPSLLW(Imm(8), px, px)
			VPXOR(centre, px, px)
			VMOVDQU(px, Mem{Base: out, Index: x, Scale: 2, Disp: 32 * i})
		}
		ADDQ(U8(16*groups), x)
	}
	widen(4)
	SUBQ(Imm(4), n)
	JGE(LabelRef("four"))
	Label("few")
	ADDQ(Imm(4), n)
	JZ(LabelRef("done"))
	PREFETCHT1(Mem{Base: ahead, Index: x, Scale: 1})
	Label("one")
	widen(1)
	DECQ(n)
	JNZ(LabelRef("one"))
	Label("done")
	ADDQ(stride, src)
	ADDQ(stride, ahead)
	ADDQ(pitch, out)
	DECQ(rows)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// planeRows makes the middle of one row after the other, as many columns at a time as the registers hold and the rest
// in lesser groups.
func planeRows() {
	TEXT("planeRows", NOSPLIT, "func(out *int16, pitch int, in *int16, starts *int32, origin int, weights *int32, taps, rows, groups, lesser int)")
	Pragma("noescape")
	out, in, pitch := Load(Param("out"), GP64()), Load(Param("in"), GP64()), Load(Param("pitch"), GP64())
	starts, weights, taps := Load(Param("starts"), GP64()), Load(Param("weights"), GP64()), Load(Param("taps"), GP64())
	rows := Load(Param("rows"), GP64())
	// Weights are counted up to zero from their end.
	LEAQ(Mem{Base: weights, Index: taps, Scale: 4}, weights)

	Label("row")
	first, to := GP64(), GP64()
	MOVLQSX(Mem{Base: starts}, first)
	SUBQ(Load(Param("origin"), GP64()), first)
	IMULQ(pitch, first)
	ADDQ(in, first)
	MOVQ(out, to)
	for _, g := range []struct {
		name    string
		vectors int
	}{{"groups", 8}, {"lesser", 2}} {
		left := Load(Param(g.name), GP64())
		TESTQ(left, left)
		JZ(LabelRef(g.name + "Done"))
		Label(g.name)
		row, n := GP64(), GP64()
		MOVQ(first, row)
		MOVQ(taps, n)
		NEGQ(n)
		weight := YMM()
		VPBROADCASTD(Mem{Base: weights, Index: n, Scale: 4}, weight)
		sums := make([]VecVirtual, g.vectors)
		for i := range sums {
			sums[i] = YMM()
			VPMULHRSW(Mem{Base: row, Disp: 32 * i}, weight, sums[i])
		}
		INCQ(n)
		JZ(LabelRef(g.name + "Store"))
		Label(g.name + "Taps")
		ADDQ(pitch, row)
		VPBROADCASTD(Mem{Base: weights, Index: n, Scale: 4}, weight)
		for i, s := range sums {
			m := YMM()
			VPMULHRSW(Mem{Base: row, Disp: 32 * i}, weight, m)
			VPADDW(m, s, s)
		}
		INCQ(n)
		JNZ(LabelRef(g.name + "Taps"))
		Label(g.name + "Store")
		for i, s := range sums {
			VMOVDQU(s, Mem{Base: to, Disp: 32 * i})
		}
		ADDQ(U32(32*g.vectors), first)
		ADDQ(U32(32*g.vectors), to)
		DECQ(left)
		JNZ(LabelRef(g.name))
		Label(g.name + "Done")
	}
	LEAQ(Mem{Base: weights, Index: taps, Scale: 4}, weights)
	ADDQ(Imm(4), starts)
	ADDQ(pitch, out)
	DECQ(rows)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}
