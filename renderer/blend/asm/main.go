// Command asm generates the AVX2 code of package blend; portable.go says what each function computes.
//
// Eight pixels are computed at once, their channels spread to 16 bits. Dividing by 255 is adding 128 and taking the
// upper half of the product with 257: (257t)>>16 is (t + t>>8)>>8. Sums end at 65535, which the division turns into
// 256 and the packing of words into bytes into 255.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

const group = 8 // pixels

func main() {
	ConstraintExpr("amd64")
	t := newTables()
	over(t)
	flatten(t)
	overFaded(t)
	overMasked(t)
	tint(t)
	crossfade(t)
	fade(t)
	mask(t)
	modes(t)
	Generate()
}

// tables are constants of 32 bytes.
type tables struct {
	alphas      Mem // 255 in the alphas
	ones        Mem // 255 in all bytes
	word128     Mem // 128 in all words
	word255     Mem // 255
	word257     Mem // 257
	alphaBytes  Mem // shuffle: a pixel's alpha to all of its bytes
	alphaWords  Mem // shuffle: a pixel's alpha to all of its words
	maskToBytes Mem // shuffle: the byte of each pixel to all of the pixel's bytes
}

func newTables() tables {
	return tables{
		alphas:      table("alphas", func(i int) int { return 255 * (i % 4 / 3) }),
		ones:        table("ones", func(int) int { return 255 }),
		word128:     words16("word128", 128),
		word255:     words16("word255", 255),
		word257:     words16("word257", 257),
		alphaBytes:  table("alphaBytes", func(i int) int { return i%16 | 3 }),
		alphaWords:  table("alphaWords", func(i int) int { return i%16 | 6 }),
		maskToBytes: table("maskToBytes", func(i int) int { return i / 4 }),
	}
}

func table(name string, at func(i int) int) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for i := range 32 {
		DATA(i, U8(at(i)))
	}
	return m
}

func words16(name string, v int) Mem {
	return table(name, func(i int) int { return v >> (i % 2 * 8) & 255 })
}

// pointer is a parameter that advances with the pixels.
type pointer struct {
	name string
	size int // bytes a pixel
}

// kernel is one function. What it does with a group is load, which reads it, skip, which may deal with it sooner and
// jump to "next", and compute.
type kernel[In any] struct {
	pointers []pointer // the first is written
	load     func(at []Mem) In
	skip     func(in In, to Mem)
	compute  func(in In) VecVirtual
}

// emit writes the loop. The last group comes first and is written last, see vector_amd64.go.
func (k kernel[In]) emit() {
	n := Load(Param("n"), GP64())
	SUBQ(Imm(group), n)
	regs := make([]Register, len(k.pointers))
	first, last := make([]Mem, len(regs)), make([]Mem, len(regs))
	for i, p := range k.pointers {
		regs[i] = Load(Param(p.name), GP64())
		first[i] = Mem{Base: regs[i]}
		last[i] = Mem{Base: regs[i], Index: n, Scale: uint8(p.size)}
	}
	kept, end := AllocLocal(4*group), GP64()
	VMOVDQU(k.compute(k.load(last)), kept)
	LEAQ(last[0], end)
	ADDQ(Imm(group), n)
	SHRQ(Imm(3), n)

	Label("group")
	in := k.load(first)
	if k.skip != nil {
		k.skip(in, first[0])
	}
	VMOVDQU(k.compute(in), first[0])
	Label("next")
	for i, p := range k.pointers {
		ADDQ(Imm(uint64(group*p.size)), regs[i])
	}
	DECQ(n)
	JNZ(LabelRef("group"))
	out := YMM()
	VMOVDQU(kept, out)
	VMOVDQU(out, Mem{Base: end})
	VZEROUPPER()
	RET()
}
