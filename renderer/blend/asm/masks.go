package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// cover is the coverage of a group, once as it lies in memory.
type cover struct {
	raw    Register
	spread VecVirtual
}

func (t tables) readCover(at Mem) cover {
	c := cover{GP64(), YMM()}
	MOVQ(at, c.raw)
	VMOVQ(c.raw, c.spread.AsX())
	VPBROADCASTQ(c.spread.AsX(), c.spread)
	VPSHUFB(t.maskToBytes, c.spread, c.spread)
	return c
}

func overMasked(t tables) {
	type input struct {
		d, s VecVirtual
		m    cover
	}
	text("overMaskedVector", "dst, src, mask *byte, n int")
	a := newArith(t)
	kernel[input]{
		pointers: []pointer{dst, src, maskFrom},
		load:     func(at []Mem) input { return input{read(at[0]), read(at[1]), t.readCover(at[2])} },
		skip: func(in input, to Mem) {
			TESTQ(in.m.raw, in.m.raw)
			JZ(LabelRef("next"))
			ifTransparent(in.s, "next")
			CMPQ(in.m.raw, I8(-1))
			JNE(LabelRef("mixed"))
			t.unlessOpaque(in.s, "mixed")
			VMOVDQU(in.s, to)
			JMP(LabelRef("next"))
			Label("mixed")
		},
		compute: func(in input) VecVirtual {
			s := product(a.spread(in.s), a.spread(in.m.spread))
			return a.covered(s, a.spreadAlphas(s), in.d)
		},
	}.emit()
}

func tint(t tables) {
	type input struct {
		d VecVirtual
		m cover
	}
	text("tintVector", "dst, mask *byte, c uint32, n int")
	a := newArith(t)
	solid := broadcastPixel("c")
	c := YMM()
	VPUNPCKLBW(a.zero, solid, c)
	alpha := YMM()
	VPSHUFB(t.alphaWords, c, alpha)
	kernel[input]{
		pointers: []pointer{dst, maskFrom},
		load:     func(at []Mem) input { return input{read(at[0]), t.readCover(at[1])} },
		skip: func(in input, to Mem) {
			TESTQ(in.m.raw, in.m.raw)
			JZ(LabelRef("next"))
			CMPQ(in.m.raw, I8(-1))
			JNE(LabelRef("mixed"))
			t.unlessOpaque(solid, "mixed")
			VMOVDQU(solid, to)
			JMP(LabelRef("next"))
			Label("mixed")
		},
		compute: func(in input) VecVirtual {
			m := a.spread(in.m.spread)
			return a.covered(product(m, twice(c)), product(m, twice(alpha)), in.d)
		},
	}.emit()
}

func mask(t tables) {
	type input struct {
		s VecVirtual
		m cover
	}
	text("maskVector", "px, mask *byte, n int")
	a := newArith(t)
	kernel[input]{
		pointers: []pointer{px, maskFrom},
		load:     func(at []Mem) input { return input{read(at[0]), t.readCover(at[1])} },
		skip: func(in input, to Mem) {
			CMPQ(in.m.raw, I8(-1))
			JEQ(LabelRef("next"))
			TESTQ(in.m.raw, in.m.raw)
			JNZ(LabelRef("mixed"))
			VMOVDQU(a.zero, to)
			JMP(LabelRef("next"))
			Label("mixed")
		},
		compute: func(in input) VecVirtual {
			w := product(a.spread(in.s), a.spread(in.m.spread))
			a.divide(w)
			return pack(w)
		},
	}.emit()
}
