package palette_test

import (
	"bytes"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"github.com/adloom/adloom/renderer/palette"
)

// premultiply is the way back: rounded to the nearest.
func premultiply(c color.NRGBA) color.RGBA {
	f := func(v uint8) uint8 { return uint8((uint32(v)*uint32(c.A) + 127) / 255) }
	return color.RGBA{f(c.R), f(c.G), f(c.B), c.A}
}

// picture has n colours of every alpha, at least a pixel of each, at an offset and with a stride of its own.
func picture(n int) *image.RGBA {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	whole := image.NewRGBA(image.Rect(0, 0, 80, 60))
	img := whole.SubImage(image.Rect(5, 7, 70, 50)).(*image.RGBA)
	seen := map[color.RGBA]bool{}
	var colours []color.RGBA
	for len(colours) < n {
		c := premultiply(color.NRGBA{uint8(random.Uint32()), uint8(random.Uint32()), uint8(random.Uint32()), uint8(random.Uint32())})
		if !seen[c] {
			seen[c] = true
			colours = append(colours, c)
		}
	}
	i := 0
	for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
		for x := img.Rect.Min.X; x < img.Rect.Max.X; x++ {
			c := colours[random.IntN(n)]
			if i < n {
				c = colours[i]
			}
			img.SetRGBA(x, y, c)
			i++
		}
	}
	return img
}

func TestOfIsExact(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 3, 4, 16, 17, 255, 256} {
		img := picture(n)
		p := palette.Of(img, nil)
		if p == nil || len(p.Palette) != n || p.Rect != img.Rect {
			t.Fatalf("%d colours: got %v", n, p)
		}
		for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
			for x := img.Rect.Min.X; x < img.Rect.Max.X; x++ {
				if got, want := premultiply(p.At(x, y).(color.NRGBA)), img.RGBAAt(x, y); got != want {
					t.Fatalf("%d colours: %d,%d is %v, want %v", n, x, y, got, want)
				}
			}
		}
	}
	for _, n := range []int{257, 1000} {
		if p := palette.Of(picture(n), nil); p != nil {
			t.Errorf("%d colours: got a palette of %d, want none", n, len(p.Palette))
		}
	}
	if palette.Of(&image.RGBA{}, nil) != nil {
		t.Error("empty picture: got a palette, want none")
	}
}

func TestOfUsesTheMemory(t *testing.T) {
	t.Parallel()
	img := picture(9)
	pix := bytes.Repeat([]byte{0xab}, 65*43)
	if p := palette.Of(img, pix); &p.Pix[0] != &pix[0] || !bytes.Equal(p.Pix, palette.Of(img, pix[:0:10]).Pix) {
		t.Error("memory that is large enough was not used, or makes a difference")
	}
}

func TestUnseenColoursAreOne(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 300, 1))
	for x := range 300 {
		img.SetRGBA(x, 0, color.RGBA{uint8(x), uint8(x >> 1), 0, 0}) // no premultiplied pixel, but bytes may be anything
	}
	if p := palette.Of(img, nil); p == nil || len(p.Palette) != 1 {
		t.Errorf("got %v, want one colour", p)
	}
}

// Every colour at every alpha comes back.
func TestStraightIsExact(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(-3, -3, 253, 253))
	for a := range 256 {
		for c := range 256 {
			v := uint8(min(c, a))
			img.SetRGBA(c-3, a-3, color.RGBA{v, v / 2, uint8(a) - v, uint8(a)})
		}
	}
	pix := bytes.Repeat([]byte{0xab}, len(img.Pix))
	n := palette.Straight(img, pix)
	if &n.Pix[0] != &pix[0] || n.Rect != img.Rect {
		t.Error("not in the memory given")
	}
	for y := -3; y < 253; y++ {
		for x := -3; x < 253; x++ {
			if got, want := premultiply(n.NRGBAAt(x, y)), img.RGBAAt(x, y); got != want {
				t.Fatalf("%v is %v, want %v", n.NRGBAAt(x, y), got, want)
			}
		}
	}
}

func Benchmark(b *testing.B) {
	flat := image.NewRGBA(image.Rect(0, 0, 1200, 628))
	for i := range flat.Pix {
		flat.Pix[i] = 255
		if i/4%1200 > 600 && i&3 != 3 {
			flat.Pix[i] = byte(i / 64 & 7)
		}
	}
	soft := image.NewRGBA(flat.Rect)
	for i := range soft.Pix {
		soft.Pix[i] = byte(i / 256 & 127)
		if i&3 == 3 {
			soft.Pix[i] = 200
		}
	}
	pix := make([]byte, len(flat.Pix))
	b.Run("few colours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if palette.Of(flat, pix) == nil {
				b.Fatal("more colours than there are")
			}
		}
	})
	b.Run("straight", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			palette.Straight(soft, pix)
		}
	})
}
