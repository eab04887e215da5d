package blend

import (
	"image"
	"math/rand/v2"
)

// kind is what the noise of a test picture is made of.
type kind int

const (
	hostile kind = iota // any bytes: colours above their alpha
	legal               // premultiplied, with runs of transparent and opaque pixels
	opaque              // premultiplied, alpha 255
	kinds
)

// noise is a picture of the given bounds inside a larger one.
func noise(bounds image.Rectangle, k kind, seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 1))
	m := image.NewRGBA(image.Rect(bounds.Min.X-r.IntN(4), bounds.Min.Y-r.IntN(3), bounds.Max.X+r.IntN(4), bounds.Max.Y+r.IntN(3)))
	run, state := 0, 0
	for i := 0; i < len(m.Pix); i += 4 {
		if run--; run < 0 {
			run, state = r.IntN(25), r.IntN(3)
		}
		a := r.UintN(256)
		switch {
		case state == 0 && k != opaque:
			a = 0
		case state == 1 || k == opaque:
			a = 255
		}
		for c := range 3 {
			m.Pix[i+c] = uint8(r.UintN(a + 1))
			if k == hostile && state == 2 {
				m.Pix[i+c] = uint8(r.Uint32())
			}
		}
		m.Pix[i+3] = uint8(a)
	}
	return m.SubImage(bounds).(*image.RGBA)
}

// glyphs is a mask of the given bounds inside a larger one: runs of 0 and of 255, and all between them.
func glyphs(bounds image.Rectangle, seed uint64) *image.Alpha {
	r := rand.New(rand.NewPCG(seed, 2))
	m := image.NewAlpha(image.Rect(bounds.Min.X-r.IntN(4), bounds.Min.Y-r.IntN(3), bounds.Max.X+r.IntN(4), bounds.Max.Y+r.IntN(3)))
	run, state := 0, 0
	for i := range m.Pix {
		if run--; run < 0 {
			run, state = r.IntN(25), r.IntN(3)
		}
		m.Pix[i] = [3]uint8{0, 255, uint8(r.Uint32())}[state]
	}
	return m.SubImage(bounds).(*image.Alpha)
}

func clone(m *image.RGBA) *image.RGBA {
	c := *m
	c.Pix = append([]uint8(nil), m.Pix...)
	return &c
}
