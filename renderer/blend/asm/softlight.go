package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// These repeat the constants of softlight.go; the test that compares both paths sees when they differ.
const (
	softSteps = 16 * 255
	softBits  = 15
)

// softLight returns the term with curves, a parameter, as its table.
func softLight() term {
	curves := Load(Param("curves"), GP64())
	steps := words16("softSteps", softSteps)
	second := words16("softSecond", softSteps+1)
	sample := table("softSample", func(i int) int { return 255 * (1 - i%4/2) })
	rounding := table("softRounding", func(i int) int { return 1 << (softBits - 1) >> (i % 4 * 8) & 255 })
	return func(a arith, o operands) VecVirtual {
		at := a.quotient(o.d, steps, o.da)
		move, above := YMM(), YMM()
		VPADDW(o.s, o.s, move)
		VPCMPGTW(o.sa, move, above)
		VPSUBW(o.sa, move, move)
		VPAND(second, above, above)
		VPADDW(above, at, at)
		var out words
		for i, unpack := range unpacks {
			index, all, f, from := YMM(), YMM(), YMM(), YMM()
			out[i] = YMM()
			unpack(a.zero, at, index)
			VMOVDQU(a.ones, all)
			VPXOR(f, f, f)
			VPGATHERDD(all, Mem{Base: curves, Index: index, Scale: 2}, f)
			VPAND(sample, f, f)
			unpack(a.zero, move, out[i])
			unpack(a.zero, o.da, from)
			VPMADDWD(from, out[i], out[i])
			VPMULLD(f, out[i], out[i])
			VPADDD(rounding, out[i], out[i])
			VPSRAD(Imm(softBits), out[i], out[i])
			unpack(a.zero, mul(o.d, o.sa), from)
			VPADDD(from, out[i], out[i])
		}
		VPACKUSDW(out[1], out[0], out[0])
		VPMINUW(mul(o.sa, o.da), out[0], out[0])
		return out[0]
	}
}
