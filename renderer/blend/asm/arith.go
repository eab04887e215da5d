package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// words is eight pixels spread to 16 bits: the first two of each half, and the last two.
type words [2]VecVirtual

// arith is what spreading and dividing need.
type arith struct {
	tables
	zero VecVirtual
}

func newArith(t tables) arith {
	a := arith{t, YMM()}
	VPXOR(a.zero, a.zero, a.zero)
	return a
}

// broadcastPixel fills a register with a pixel that is a parameter.
func broadcastPixel(param string) VecVirtual {
	r, y := Load(Param(param), GP32()), YMM()
	VMOVD(r, y.AsX())
	VPBROADCASTD(y.AsX(), y)
	return y
}

// broadcastParam fills the words of a register with a number that is a parameter.
func broadcastParam(param string) VecVirtual {
	r, y := Load(Param(param), GP32()), YMM()
	VMOVD(r, y.AsX())
	VPBROADCASTW(y.AsX(), y)
	return y
}

func read(at Mem) VecVirtual {
	y := YMM()
	VMOVDQU(at, y)
	return y
}

func (a arith) spread(px VecVirtual) words { return words{a.half(px, 0), a.half(px, 1)} }

// half spreads half of the pixels.
func (a arith) half(px VecVirtual, i int) VecVirtual {
	w := YMM()
	if i == 0 {
		VPUNPCKLBW(a.zero, px, w)
	} else {
		VPUNPCKHBW(a.zero, px, w)
	}
	return w
}

func pack(w words) VecVirtual {
	y := YMM()
	VPACKUSWB(w[1], w[0], y)
	return y
}

func product(x, y words) words {
	p := words{YMM(), YMM()}
	for i := range p {
		VPMULLW(y[i], x[i], p[i])
	}
	return p
}

// addTo adds to x what ends at 65535.
func addTo(x, y words) {
	for i := range x {
		VPADDUSW(y[i], x[i], x[i])
	}
}

// divide divides x by 255 in place.
func (a arith) divide(x words) {
	for i := range x {
		VPADDUSW(a.word128, x[i], x[i])
		VPMULHUW(a.word257, x[i], x[i])
	}
}

// complement is 255 minus x, in place.
func (a arith) complement(x words) {
	for i := range x {
		VPXOR(a.word255, x[i], x[i])
	}
}

func twice(y VecVirtual) words { return words{y, y} }
