package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// These repeat the constants of planes_portable.go; the test that compares both paths sees when they differ.
const (
	acrossBits  = 6
	lumaStart   = 128<<acrossBits + 1<<(acrossBits-1)
	chromaStart = 1 << (acrossBits - 2)
	chromaMask  = 0x10000 - 1<<(acrossBits-1)

	redOfCr   = 718
	blueOfCb  = 907
	greenOfCb = 0x10000 - 11277
	greenOfCr = 0x10000 - 23401
	levels    = 1 << (15 - acrossBits)
)

// toColours are the constants of the conversion, words in all places.
type toColours struct {
	lumaStart, chromaStart, chromaMask, redOfCr, blueOfCb, greenOfCb, greenOfCr, levels, alpha Op
}

func newToColours(gray bool) (c toColours) {
	c.lumaStart, c.alpha = words(lumaStart), words(255)
	if gray {
		return c
	}
	c.chromaStart, c.chromaMask = words(chromaStart), words(chromaMask)
	c.redOfCr, c.blueOfCb = words(redOfCr), words(blueOfCb)
	c.greenOfCb, c.greenOfCr, c.levels = words(greenOfCb), words(greenOfCr), words(levels)
	return c
}

func words(w uint32) Op { return broadcast(w<<16 | w) }

// colours makes one column of sixteen pixels after the other, their rows in the order 0 1 2 3 8 9 10 11 4 5 6 7 12 13
// 14 15. Weights come in fours, of which few has one only.
func colours(gray, few bool) {
	name, chroma := "planesColour", ", chroma *int16, chromaOrigin int, chromaStarts, chromaWeights *int32, chromaFours int"
	if gray {
		name, chroma = "planesGray", ""
	}
	if few {
		name += "Few"
	}
	TEXT(name, NOSPLIT, "func(out *byte, columns int, luma *int16, lumaOrigin int, lumaStarts, lumaWeights *int32, lumaFours int"+chroma+")")
	Pragma("noescape")
	c := newToColours(gray)
	out, columns := Load(Param("out"), GP64()), Load(Param("columns"), GP64())
	luma := newPlane("luma", 1, few)
	var both plane
	if !gray {
		both = newPlane("chroma", 2, few)
		if few { // both have as many weights: one pointer and a distance do
			both.follow(luma)
		}
	}
	Label("column")
	y := luma.sums(c.lumaStart)[0]
	VPSRAW(Imm(acrossBits), y, y)
	r, g, b := y, y, y
	if !gray {
		sums := both.sums(c.chromaStart)
		cb, cr := sums[0], sums[1]
		VPAND(c.chromaMask, cb, cb)
		VPAND(c.chromaMask, cr, cr)
		green, part := YMM(), YMM()
		VPMULHRSW(c.greenOfCb, cb, green)
		VPMULHRSW(c.greenOfCr, cr, part)
		VPADDW(part, green, green)
		VPMULHRSW(c.levels, green, green)
		VPMULHRSW(c.redOfCr, cr, cr)
		VPMULHRSW(c.blueOfCb, cb, cb)
		for _, s := range []VecVirtual{green, cr, cb} {
			VPADDW(y, s, s)
		}
		r, g, b = cr, green, cb
	}
	rb, ga, rg := YMM(), YMM(), YMM()
	VPACKUSWB(b, r, rb)
	VPACKUSWB(c.alpha, g, ga)
	VPUNPCKLBW(ga, rb, rg)
	VPUNPCKHBW(ga, rb, rb)
	VPUNPCKLWD(rb, rg, ga)
	VPUNPCKHWD(rb, rg, rg)
	VMOVDQU(ga, Mem{Base: out})
	VMOVDQU(rg, Mem{Base: out, Disp: 32})
	if few {
		ADDQ(Imm(4), luma.starts.Base)
		ADDQ(Imm(16), luma.weights.Base)
	}
	ADDQ(Imm(64), out)
	DECQ(columns)
	JNZ(LabelRef("column"))
	VZEROUPPER()
	RET()
}

// plane is a tile of one component or two side by side, and what makes a destination column of it.
type plane struct {
	name            string
	components      int
	few             bool
	tile            Register
	starts, weights Mem
}

func newPlane(name string, components int, few bool) plane {
	tile := Load(Param(name), GP64())
	SUBQ(Load(Param(name+"Origin"), GP64()), tile)
	return plane{name, components, few, tile,
		Mem{Base: Load(Param(name+"Starts"), GP64())}, Mem{Base: Load(Param(name+"Weights"), GP64())}}
}

// follow lets what p reads move on with what lead reads.
func (p *plane) follow(lead plane) {
	SUBQ(lead.starts.Base, p.starts.Base)
	SUBQ(lead.weights.Base, p.weights.Base)
	p.starts = Mem{Base: lead.starts.Base, Index: p.starts.Base, Scale: 1}
	p.weights = Mem{Base: lead.weights.Base, Index: p.weights.Base, Scale: 1}
}

// sums makes the next column; where few is set, the caller moves on.
func (p plane) sums(start Op) []VecVirtual {
	at := GP64()
	MOVLQSX(p.starts, at)
	sums := make([]VecVirtual, p.components)
	for i := range sums {
		sums[i] = YMM()
	}
	if p.few {
		p.taps(Mem{Base: p.tile, Index: at, Scale: 1}, sums, start)
		return sums
	}
	n := Load(Param(p.name+"Fours"), GP64())
	ADDQ(p.tile, at)
	for _, s := range sums {
		VMOVDQA(start, s)
	}
	Label(p.name + "Taps")
	p.taps(Mem{Base: at}, sums, nil)
	ADDQ(Imm(16), p.weights.Base)
	ADDQ(U32(4*column*p.components), at)
	DECQ(n)
	JNZ(LabelRef(p.name + "Taps"))
	ADDQ(Imm(4), p.starts.Base)
	return sums
}

// taps adds four columns to sums, or to start if that is given.
func (p plane) taps(at Mem, sums []VecVirtual, start Op) {
	for tap := range 4 {
		w := YMM()
		VPBROADCASTD(p.weights.Offset(4*tap), w)
		for i, s := range sums {
			m := w
			if i < len(sums)-1 {
				m = YMM()
			}
			VPMULHRSW(at.Offset(column*(tap*p.components+i)), w, m)
			if start != nil && tap == 0 {
				VPADDW(m, start, s)
			} else {
				VPADDW(m, s, s)
			}
		}
	}
}
