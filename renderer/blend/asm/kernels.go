package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

var (
	dst      = pointer{"dst", 4}
	src      = pointer{"src", 4}
	px       = pointer{"px", 4}
	maskFrom = pointer{"mask", 1}
)

func text(name, params string) {
	TEXT(name, NOSPLIT, "func("+params+")")
	Pragma("noescape")
}

// ifTransparent jumps where all bytes are zero.
func ifTransparent(px VecVirtual, label string) {
	VPTEST(px, px)
	JZ(LabelRef(label))
}

// unlessOpaque jumps where an alpha is not 255.
func (t tables) unlessOpaque(px VecVirtual, label string) {
	alphas := YMM()
	VMOVDQU(t.alphas, alphas)
	VPTEST(alphas, px)
	JCC(LabelRef(label))
}

// plain is s over d without coverage.
func (a arith) plain(s, d VecVirtual) VecVirtual {
	k := YMM()
	VPSHUFB(a.alphaBytes, s, k)
	VPXOR(a.ones, k, k)
	w := product(a.spread(d), a.spread(k))
	a.divide(w)
	out := pack(w)
	VPADDUSB(s, out, out)
	return out
}

// covered is a source over d, given the products of the source and the coverage, and of its alpha and the coverage.
// It changes both.
func (a arith) covered(source, alpha words, d VecVirtual) VecVirtual {
	a.divide(alpha)
	a.complement(alpha)
	w := product(a.spread(d), alpha)
	addTo(w, source)
	a.divide(w)
	return pack(w)
}

// spreadAlphas spreads the alphas of wide pixels over the other channels.
func (t tables) spreadAlphas(w words) words {
	a := words{YMM(), YMM()}
	for i := range a {
		VPSHUFB(t.alphaWords, w[i], a[i])
	}
	return a
}

func over(t tables) {
	type input struct{ d, s VecVirtual }
	text("overVector", "dst, src *byte, n int")
	a := newArith(t)
	kernel[input]{
		pointers: []pointer{dst, src},
		load:     func(at []Mem) input { return input{read(at[0]), read(at[1])} },
		skip: func(in input, to Mem) {
			ifTransparent(in.s, "next")
			t.unlessOpaque(in.s, "mixed")
			VMOVDQU(in.s, to)
			JMP(LabelRef("next"))
			Label("mixed")
		},
		compute: func(in input) VecVirtual { return a.plain(in.s, in.d) },
	}.emit()
}

func flatten(t tables) {
	text("flattenVector", "px *byte, c uint32, n int")
	a := newArith(t)
	c := broadcastPixel("c")
	kernel[VecVirtual]{
		pointers: []pointer{px},
		load:     func(at []Mem) VecVirtual { return read(at[0]) },
		skip: func(s VecVirtual, _ Mem) {
			t.unlessOpaque(s, "mixed")
			JMP(LabelRef("next"))
			Label("mixed")
		},
		compute: func(s VecVirtual) VecVirtual { return a.plain(s, c) },
	}.emit()
}

func overFaded(t tables) {
	type input struct{ d, s VecVirtual }
	text("overFadedVector", "dst, src *byte, opacity uint32, n int")
	a := newArith(t)
	opacity := twice(broadcastParam("opacity"))
	kernel[input]{
		pointers: []pointer{dst, src},
		load:     func(at []Mem) input { return input{read(at[0]), read(at[1])} },
		skip:     func(in input, _ Mem) { ifTransparent(in.s, "next") },
		compute: func(in input) VecVirtual {
			s := product(a.spread(in.s), opacity)
			return a.covered(s, a.spreadAlphas(s), in.d)
		},
	}.emit()
}

func crossfade(t tables) {
	type input struct{ d, s VecVirtual }
	text("crossfadeVector", "dst, src *byte, opacity uint32, n int")
	a := newArith(t)
	opacity := broadcastParam("opacity")
	rest := YMM()
	VPXOR(t.word255, opacity, rest)
	kernel[input]{
		pointers: []pointer{dst, src},
		load:     func(at []Mem) input { return input{read(at[0]), read(at[1])} },
		compute: func(in input) VecVirtual {
			w := product(a.spread(in.s), twice(opacity))
			addTo(w, product(a.spread(in.d), twice(rest)))
			a.divide(w)
			return pack(w)
		},
	}.emit()
}

func fade(t tables) {
	text("fadeVector", "px *byte, opacity uint32, n int")
	a := newArith(t)
	opacity := twice(broadcastParam("opacity"))
	kernel[VecVirtual]{
		pointers: []pointer{px},
		load:     func(at []Mem) VecVirtual { return read(at[0]) },
		compute: func(s VecVirtual) VecVirtual {
			w := product(a.spread(s), opacity)
			a.divide(w)
			return pack(w)
		},
	}.emit()
}
