package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Planes are made in bands of sixteen destination rows. The middle of a band is turned: in its tile a source column is
// sixteen words, the rows of one plane, which Cb shares with those of Cr after it. A rounding multiplication of a
// column and a weight, that all rows have in common, is all that the horizontal pass then has to do.

const column = 32 // bytes of a plane's column in a tile

func planes() {
	widen()
	planeRows()
	turn()
	for _, gray := range []bool{false, true} {
		for _, few := range []bool{false, true} {
			colours(gray, few)
		}
	}
	untile16()
}

// sixteen gives the addresses of sixteen rows that start at base.
func sixteen(base, stride Register) func(i int) Mem {
	triple := GP64()
	LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, triple)
	fours := [4]Register{base}
	for i := range 3 {
		fours[i+1] = GP64()
		LEAQ(Mem{Base: fours[i], Index: stride, Scale: 4}, fours[i+1])
	}
	return func(i int) Mem {
		at := Mem{Base: fours[i/4]}
		switch i % 4 {
		case 1, 2:
			at.Index, at.Scale = stride, uint8(i%4)
		case 3:
			at.Index, at.Scale = triple, 1
		}
		return at
	}
}

// turn turns sixteen rows into columns, eight columns at a time.
func turn() {
	TEXT("turn", NOSPLIT, "func(tile *int16, step int, rows *int16, pitch int, groups int)")
	Pragma("noescape")
	tile, step := Load(Param("tile"), GP64()), Load(Param("step"), GP64())
	rows, pitch, groups := Load(Param("rows"), GP64()), Load(Param("pitch"), GP64()), Load(Param("groups"), GP64())
	Label("group")
	at := sixteen(rows, pitch)
	var v [8]VecVirtual
	for i := range v {
		v[i] = YMM()
		VBROADCASTI128(at(i), v[i])
		VINSERTI128(Imm(1), at(8+i), v[i], v[i])
	}
	// Each step doubles the rows of a column that lie side by side.
	v = zip(v, VPUNPCKLWD, VPUNPCKHWD)
	v = zip(v, VPUNPCKLDQ, VPUNPCKHDQ)
	v = zip(v, VPUNPCKLQDQ, VPUNPCKHQDQ)
	for _, i := range []int{0, 4, 2, 6, 1, 5, 3, 7} {
		VMOVDQU(v[i], Mem{Base: tile})
		ADDQ(step, tile)
	}
	ADDQ(Imm(16), rows)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// zip interleaves neighbouring vectors: the low halves of all come first, then the high ones.
func zip(v [8]VecVirtual, low, high func(...Op)) (out [8]VecVirtual) {
	for i := range 4 {
		out[i], out[4+i] = YMM(), YMM()
		low(v[2*i+1], v[2*i], out[i])
		high(v[2*i+1], v[2*i], out[4+i])
	}
	return out
}

// untile16 turns columns of sixteen pixels, rows in the order of colours, into sixteen rows.
func untile16() {
	TEXT("untile16", NOSPLIT, "func(dst *byte, stride int, columns *byte, groups int)")
	Pragma("noescape")
	dst, stride := Load(Param("dst"), GP64()), Load(Param("stride"), GP64())
	columns, groups := Load(Param("columns"), GP64()), Load(Param("groups"), GP64())
	Label("group")
	row := sixteen(dst, stride)
	for quarter, first := range []int{0, 8, 4, 12} { // four rows each
		var v, zipped [4]VecVirtual
		for i := range v { // a column in the lower half, the fourth after it in the upper
			v[i] = YMM()
			VBROADCASTI128(Mem{Base: columns, Disp: 64*i + 16*quarter}, v[i])
			VINSERTI128(Imm(1), Mem{Base: columns, Disp: 64*(4+i) + 16*quarter}, v[i], v[i])
		}
		for i, unpack := range []func(...Op){VPUNPCKLDQ, VPUNPCKHDQ} {
			zipped[2*i], zipped[2*i+1] = YMM(), YMM()
			unpack(v[1], v[0], zipped[2*i])
			unpack(v[3], v[2], zipped[2*i+1])
		}
		for i, unpack := range []func(...Op){VPUNPCKLQDQ, VPUNPCKHQDQ, VPUNPCKLQDQ, VPUNPCKHQDQ} {
			y := YMM()
			unpack(zipped[i/2*2+1], zipped[i/2*2], y)
			VMOVDQU(y, row(first+i))
		}
	}
	ADDQ(U32(512), columns)
	ADDQ(Imm(32), dst)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}
