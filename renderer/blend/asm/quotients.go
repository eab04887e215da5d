package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// unpacks join the words of two registers: the first four of each half, and the last four.
var unpacks = [2]func(high, low, out VecVirtual){
	func(high, low, out VecVirtual) { VPUNPCKLWD(high, low, out) },
	func(high, low, out VecVirtual) { VPUNPCKHWD(high, low, out) },
}

// quotient is min(65535, (x·y + k/2)/k), the function of separable.go for words; it is zero where k is. In 32-bit
// floating point the quotient of a number below 1<<24 by one below 256 has the right whole part: its distance to the
// next whole number is at least 1/k, and rounding moves it by less.
func (a arith) quotient(x VecVirtual, y Op, k VecVirtual) VecVirtual {
	lo, hi := YMM(), YMM()
	VPMULLW(y, x, lo)
	VPMULHUW(y, x, hi)
	var out words
	for i, unpack := range unpacks {
		by, rounding := YMM(), YMM()
		out[i] = YMM()
		unpack(hi, lo, out[i])
		unpack(a.zero, k, by)
		VPSRLD(Imm(1), by, rounding)
		VPADDD(rounding, out[i], out[i])
		VCVTDQ2PS(out[i], out[i])
		VCVTDQ2PS(by, by)
		VDIVPS(by, out[i], out[i])
		VCVTTPS2DQ(out[i], out[i])
	}
	VPACKUSDW(out[1], out[0], out[0])
	return out[0]
}

func colorDodge(a arith, o operands) VecVirtual {
	k, none := YMM(), YMM()
	VPSUBW(o.s, o.sa, k)
	t := a.quotient(mul(o.d, o.sa), o.sa, k)
	VPCMPEQW(a.zero, k, k)
	VPOR(k, t, t)
	most := mul(o.sa, o.da)
	VPMINUW(most, t, t)
	VPCMPEQW(a.zero, o.d, none)
	VPANDN(t, none, t)
	return t
}

func colorBurn(a arith, o operands) VecVirtual {
	rest, none := YMM(), YMM()
	VPSUBW(o.d, o.da, rest)
	t := a.quotient(mul(rest, o.sa), o.sa, o.s)
	VPCMPEQW(a.zero, o.s, none)
	VPOR(none, t, t)
	most := mul(o.sa, o.da)
	VPMINUW(most, t, t)
	VPCMPEQW(a.zero, rest, rest)
	VPANDN(t, rest, t)
	VPSUBW(t, most, t)
	return t
}
