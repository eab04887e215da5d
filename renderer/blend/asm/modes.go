package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// operands are the words of a source and of what is below it, each with the alphas spread over the channels.
type operands struct{ s, d, sa, da VecVirtual }

// A term is what a mode computes of operands, as formula.go has it, modulo 1<<16. It must be the product of both
// alphas where a channel is an alpha.
type term func(a arith, o operands) VecVirtual

func modes(t tables) {
	for _, m := range []struct {
		name string
		term term
	}{
		{"multiply", func(_ arith, o operands) VecVirtual { return mul(o.s, o.d) }},
		{"screen", screen},
		{"overlay", func(a arith, o operands) VecVirtual { return hardLight(a, operands{o.d, o.s, o.da, o.sa}) }},
		{"darken", darken},
		{"lighten", lighten},
		{"hardLight", hardLight},
		{"difference", difference},
		{"exclusion", exclusion},
		{"colorDodge", colorDodge},
		{"colorBurn", colorBurn},
	} {
		text(m.name+"Vector", "out, below, above *byte, n int")
		mode(t, m.term)
	}
	text("softLightVector", "out, below, above *byte, curves *uint16, n int")
	mode(t, softLight())
}

func mode(t tables, term term) {
	type input struct{ below, above VecVirtual }
	a := newArith(t)
	kernel[input]{
		pointers: []pointer{{"out", 4}, {"below", 4}, {"above", 4}},
		load:     func(at []Mem) input { return input{read(at[1]), read(at[2])} },
		compute: func(in input) VecVirtual {
			s, sa := t.legal(in.above)
			d, da := t.legal(in.below)
			var out words
			for i := range out {
				o := operands{a.half(s, i), a.half(d, i), a.half(sa, i), a.half(da, i)}
				out[i] = term(a, o)
				VPXOR(t.word255, o.da, o.da)
				VPMULLW(o.da, o.s, o.s)
				VPADDW(o.s, out[i], out[i])
				VPXOR(t.word255, o.sa, o.sa)
				VPMULLW(o.sa, o.d, o.d)
				VPADDW(o.d, out[i], out[i])
			}
			a.divide(out)
			return pack(out)
		},
	}.emit()
}

// legal cuts the colours of pixels at alpha, and returns the alphas on their own, spread over the channels.
func (t tables) legal(px VecVirtual) (channels, alpha VecVirtual) {
	alpha = YMM()
	VPSHUFB(t.alphaBytes, px, alpha)
	VPMINUB(alpha, px, px)
	return px, alpha
}

func mul(x, y VecVirtual) VecVirtual {
	p := YMM()
	VPMULLW(y, x, p)
	return p
}

// crossed is s·da and d·sa.
func crossed(o operands) (x, y VecVirtual) { return mul(o.s, o.da), mul(o.d, o.sa) }

func screen(_ arith, o operands) VecVirtual {
	x, y := crossed(o)
	VPADDW(y, x, x)
	VPSUBW(mul(o.s, o.d), x, x)
	return x
}

func darken(_ arith, o operands) VecVirtual {
	x, y := crossed(o)
	VPMINUW(y, x, x)
	return x
}

func lighten(_ arith, o operands) VecVirtual {
	x, y := crossed(o)
	VPMAXUW(y, x, x)
	return x
}

// hardLight is 2s·d where 2s is at most sa, and sa·da - 2(sa-s)(da-d) elsewhere.
func hardLight(_ arith, o operands) VecVirtual {
	light, rest, twice, above := YMM(), YMM(), YMM(), YMM()
	VPSUBW(o.s, o.sa, light)
	VPSUBW(o.d, o.da, rest)
	VPMULLW(rest, light, light)
	VPADDW(light, light, light)
	VPSUBW(light, mul(o.sa, o.da), light)
	VPADDW(o.s, o.s, twice)
	VPCMPGTW(o.sa, twice, above)
	VPMULLW(twice, o.d, twice)
	VPBLENDVB(above, light, twice, light)
	return light
}

func difference(_ arith, o operands) VecVirtual {
	x, y := crossed(o)
	most := YMM()
	VPMAXUW(y, x, most)
	VPMINUW(y, x, x)
	VPSUBW(x, most, x)
	return alphaProduct(o, x)
}

func exclusion(_ arith, o operands) VecVirtual {
	x, y := crossed(o)
	VPADDW(y, x, x)
	both := mul(o.s, o.d)
	VPADDW(both, both, both)
	VPSUBW(both, x, x)
	return alphaProduct(o, x)
}

// alphaProduct puts the product of both alphas where the channel is an alpha.
func alphaProduct(o operands, term VecVirtual) VecVirtual {
	VPBLENDW(Imm(0x88), mul(o.sa, o.da), term, term)
	return term
}
