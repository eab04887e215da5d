// Command asm generates the AVX2 code of package fastpng; vector_amd64.go says what each function is for.
package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("amd64")
	add()
	sums()
	for _, n := range []int{3, 4, 6, 8} {
		p := pixel{bytes: n}
		p.filter("sub", p.sub)
		p.filter("average", p.average)
		p.filter("paeth", p.paeth)
	}
	expand()
	premultiply()
	Generate()
}

// add adds groups of 32 bytes.
func add() {
	TEXT("addVector", NOSPLIT, "func(dst, a, b *byte, groups int)")
	Pragma("noescape")
	dst, a, b := Load(Param("dst"), GP64()), Load(Param("a"), GP64()), Load(Param("b"), GP64())
	loop(Load(Param("groups"), GP64()), func() {
		v := YMM()
		VMOVDQU(Mem{Base: a}, v)
		VPADDB(Mem{Base: b}, v, v)
		VMOVDQU(v, Mem{Base: dst})
	}, step{a, 32}, step{b, 32}, step{dst, 32})
	VZEROUPPER()
	RET()
}

// sums of groups of 32 bytes: of all bytes, of the sums before each group, and of the bytes times 32 to 1.
func sums() {
	TEXT("sumsVector", NOSPLIT, "func(p *byte, groups int) (sum, before, weighted uint32)")
	Pragma("noescape")
	p := Load(Param("p"), GP64())
	var down [32]byte
	for i := range down {
		down[i] = byte(32 - i)
	}
	weights, one, none, sum, before, weighted := YMM(), YMM(), YMM(), YMM(), YMM(), YMM()
	VMOVDQU(bytes("weights", down), weights)
	VMOVDQU(words("ones", 1), one)
	for _, v := range []VecVirtual{none, sum, before, weighted} {
		VPXOR(v, v, v)
	}
	loop(Load(Param("groups"), GP64()), func() {
		v, s := YMM(), YMM()
		VMOVDQU(Mem{Base: p}, v)
		VPADDD(sum, before, before)
		VPSADBW(none, v, s)
		VPADDD(s, sum, sum)
		VPMADDUBSW(weights, v, v)
		VPMADDWD(one, v, v)
		VPADDD(v, weighted, weighted)
	}, step{p, 32})
	for i, v := range []VecVirtual{sum, before, weighted} {
		half, quarter, out := XMM(), XMM(), GP32()
		VEXTRACTI128(Imm(1), v, half)
		VPADDD(v.AsX(), half, half)
		VPSHUFD(Imm(0x4e), half, quarter)
		VPADDD(quarter, half, half)
		VPSHUFD(Imm(0xb1), half, quarter)
		VPADDD(quarter, half, half)
		VMOVD(half, out)
		Store(out, ReturnIndex(i))
	}
	VZEROUPPER()
	RET()
}

// step moves a pointer.
type step struct {
	pointer Register
	bytes   int
}

// loop repeats what body emits n times, at least once, with the steps between.
func loop(n Register, body func(), steps ...step) {
	Label("next")
	body()
	for _, s := range steps {
		ADDQ(Imm(uint64(s.bytes)), s.pointer)
	}
	DECQ(n)
	JNZ(LabelRef("next"))
}

// pixel is what the filters that look to the left go by, one after the other. Of 3 or 6 bytes it is read and written
// with those behind it, of which there must be some.
type pixel struct{ bytes int }

func (p pixel) filter(name string, emit func(dst, filtered, above, n Register)) {
	TEXT(fmt.Sprintf("%s%d", name, p.bytes), NOSPLIT, "func(dst, filtered, above *byte, n int)")
	Pragma("noescape")
	dst, filtered := Load(Param("dst"), GP64()), Load(Param("filtered"), GP64())
	above, n := Load(Param("above"), GP64()), Load(Param("n"), GP64())
	emit(dst, filtered, above, n)
	RET()
}

func (p pixel) load(at Register) VecVirtual {
	v := XMM()
	if p.bytes <= 4 {
		VMOVD(Mem{Base: at}, v)
	} else {
		VMOVQ(Mem{Base: at}, v)
	}
	return v
}

func (p pixel) store(v VecVirtual, at Register) {
	if p.bytes <= 4 {
		VMOVD(v, Mem{Base: at})
	} else {
		VMOVQ(v, Mem{Base: at})
	}
}

func (p pixel) loop(n Register, body func(), pointers ...Register) {
	var steps []step
	for _, at := range pointers {
		steps = append(steps, step{at, p.bytes})
	}
	loop(n, body, steps...)
}

func (p pixel) sub(dst, filtered, _, n Register) {
	left := zero()
	p.loop(n, func() {
		VPADDB(p.load(filtered), left, left)
		p.store(left, dst)
	}, dst, filtered)
}

// average keeps the complement of the left pixel: of complements the average that VPAVGB rounds up is the complement
// of one rounded down, and filtered bytes are taken from it rather than added.
func (p pixel) average(dst, filtered, above, n Register) {
	ones, left := XMM(), XMM()
	VPCMPEQB(ones, ones, ones)
	VMOVDQA(ones, left)
	p.loop(n, func() {
		up, out := p.load(above), XMM()
		VPXOR(ones, up, up)
		VPAVGB(up, left, left)
		VPSUBB(p.load(filtered), left, left)
		VPXOR(ones, left, out)
		p.store(out, dst)
	}, dst, filtered, above)
}

// paeth is function predict in 16 bits a channel. Five instructions lie between two left pixels.
func (p pixel) paeth(dst, filtered, above, n Register) {
	none, left, corner := zero(), zero(), zero()
	p.loop(n, func() {
		up, in := p.load(above), p.load(filtered)
		VPUNPCKLBW(none, up, up)
		VPUNPCKLBW(none, in, in)
		at := XMM() // 3·corner - above - left
		VPADDW(corner, corner, at)
		VPADDW(corner, at, at)
		VPSUBW(up, at, at)
		VPSUBW(left, at, at)
		low, high := XMM(), XMM()
		VPMINSW(up, left, low)
		VPMAXSW(up, left, high)
		below, above := XMM(), XMM()
		VPCMPGTW(at, high, below)
		VPCMPGTW(low, at, above)
		VPBLENDVB(below, corner, low, low)
		VPBLENDVB(above, low, high, high)
		VPADDB(in, high, left) // high bytes are zeros
		VMOVDQA(up, corner)
		out := XMM()
		VPACKUSWB(left, left, out)
		p.store(out, dst)
	}, dst, filtered, above)
}

func zero() VecVirtual {
	v := XMM()
	VPXOR(v, v, v)
	return v
}

// expand makes groups of 8 opaque pixels of three bytes each. It reads 4 bytes more.
func expand() {
	TEXT("expandVector", NOSPLIT, "func(dst, src *byte, groups int)")
	Pragma("noescape")
	dst, src := Load(Param("dst"), GP64()), Load(Param("src"), GP64())
	spread, alpha := YMM(), YMM()
	VMOVDQU(table("expandSpread", [16]byte{0, 1, 2, 0x80, 3, 4, 5, 0x80, 6, 7, 8, 0x80, 9, 10, 11, 0x80}), spread)
	VMOVDQU(table("expandAlpha", [16]byte{3: 255, 7: 255, 11: 255, 15: 255}), alpha)
	loop(Load(Param("groups"), GP64()), func() {
		v := YMM()
		VMOVDQU(Mem{Base: src}, v.AsX())
		VINSERTI128(Imm(1), Mem{Base: src, Disp: 12}, v, v)
		VPSHUFB(spread, v, v)
		VPOR(alpha, v, v)
		VMOVDQU(v, Mem{Base: dst})
	}, step{src, 24}, step{dst, 32})
	VZEROUPPER()
	RET()
}

// premultiply does groups of 8 pixels, and returns all of them anded.
func premultiply() {
	TEXT("premultiplyVector", NOSPLIT, "func(dst, src *byte, groups int) uint32")
	Pragma("noescape")
	dst, src := Load(Param("dst"), GP64()), Load(Param("src"), GP64())
	none, all, spread, whole, round, one := YMM(), YMM(), YMM(), YMM(), YMM(), YMM()
	VPXOR(none, none, none)
	VPCMPEQB(all, all, all)
	// The alpha of two pixels of 16 bits a channel to their colours; their alphas are multiplied with 255.
	VMOVDQU(table("alphaSpread", [16]byte{6, 0x80, 6, 0x80, 6, 0x80, 0x80, 0x80, 14, 0x80, 14, 0x80, 14, 0x80, 0x80, 0x80}), spread)
	VMOVDQU(table("alphaWhole", [16]byte{6: 255, 14: 255}), whole)
	VMOVDQU(words("half", 127), round)
	VMOVDQU(words("one", 1), one)
	loop(Load(Param("groups"), GP64()), func() {
		px, low, high := YMM(), YMM(), YMM()
		VMOVDQU(Mem{Base: src}, px)
		VPAND(px, all, all)
		VPUNPCKLBW(none, px, low)
		VPUNPCKHBW(none, px, high)
		for _, v := range []VecVirtual{low, high} {
			// x/255 is (x + 1 + x>>8) >> 8 for all x that there can be.
			a, x := YMM(), YMM()
			VPSHUFB(spread, v, a)
			VPOR(whole, a, a)
			VPMULLW(a, v, v)
			VPADDW(round, v, v)
			VPSRLW(Imm(8), v, x)
			VPADDW(one, v, v)
			VPADDW(x, v, v)
			VPSRLW(Imm(8), v, v)
		}
		VPACKUSWB(high, low, low)
		VMOVDQU(low, Mem{Base: dst})
	}, step{src, 32}, step{dst, 32})
	half, quarter := XMM(), XMM()
	VEXTRACTI128(Imm(1), all, half)
	VPAND(half, all.AsX(), half)
	VPSHUFD(Imm(0x4e), half, quarter)
	VPAND(quarter, half, half)
	VPSHUFD(Imm(0xb1), half, quarter)
	VPAND(quarter, half, half)
	out := GP32()
	VMOVD(half, out)
	Store(out, ReturnIndex(0))
	VZEROUPPER()
	RET()
}

// table is 32 bytes, the same in both halves.
func table(name string, half [16]byte) Mem {
	var all [32]byte
	for i := range all {
		all[i] = half[i%16]
	}
	return bytes(name, all)
}

// words is 16 times a word.
func words(name string, v byte) Mem {
	var half [16]byte
	for i := 0; i < 16; i += 2 {
		half[i] = v
	}
	return table(name, half)
}

func bytes(name string, all [32]byte) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for i, v := range all {
		DATA(i, U8(v))
	}
	return m
}
