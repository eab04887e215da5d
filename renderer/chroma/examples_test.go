package chroma_test

import (
	"image"
	"image/color"
	"math"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

var (
	white  = color.RGBA{255, 255, 255, 255}
	black  = color.RGBA{0, 0, 0, 255}
	cream  = color.RGBA{255, 248, 231, 255}
	red    = color.RGBA{0xc1, 0x27, 0x2d, 255}
	green  = color.RGBA{0x2d, 0xa0, 0x4e, 255}
	blue   = color.RGBA{0x1d, 0x4e, 0xd8, 255}
	yellow = color.RGBA{0xfa, 0xcc, 0x15, 255}
	peach  = color.RGBA{0xfb, 0xd0, 0xb8, 255}
	navy   = color.RGBA{0x1a, 0x23, 0x40, 255}
	grey   = color.RGBA{0x66, 0x66, 0x66, 255}
)

// flatCanvas is a picture of the size of a link ad in one colour.
func flatCanvas(c color.RGBA) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 1200, 628))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

func rect(img *image.RGBA, x0, y0, x1, y1 int, c color.RGBA) *image.RGBA {
	draw.Draw(img, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

// waves is a smooth picture with noise, as photos are.
func waves() *image.RGBA {
	img := flatCanvas(black)
	seed := uint32(1)
	noise := func() int { seed = seed*1664525 + 1013904223; return int(seed>>24)%9 - 4 }
	for y := range 628 {
		for x := range 1200 {
			f := func(a, b float64) uint8 {
				return uint8(min(max(128+int(110*math.Sin(a*float64(x)+b*float64(y)))+noise(), 0), 255))
			}
			img.SetRGBA(x, y, color.RGBA{f(.011, .007), f(.013, -.009), f(.006, .017), 255})
		}
	}
	return img
}

// gradient goes from the left to the right.
func gradient(a, b color.RGBA) *image.RGBA {
	img := flatCanvas(a)
	for y := range 628 {
		for x := range 1200 {
			m := func(p, q uint8) uint8 { return uint8((int(p)*(1199-x) + int(q)*x + 600) / 1199) }
			img.SetRGBA(x, y, color.RGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), 255})
		}
	}
	return img
}

func write(t testing.TB, img *image.RGBA, ttf []byte, text string, size float64, x, y int, c color.RGBA) *image.RGBA {
	t.Helper()
	f, err := opentype.Parse(ttf)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(text)
	return img
}

// modules is a square pattern of n by n modules of two colours.
func modules(img *image.RGBA, n, side, x0, y0 int, a, b color.RGBA) *image.RGBA {
	seed := uint32(7)
	for y := range n {
		for x := range n {
			seed = seed*1664525 + 1013904223
			c := a
			if seed>>31 == 1 {
				c = b
			}
			rect(img, x0+x*side, y0+y*side, x0+(x+1)*side, y0+(y+1)*side, c)
		}
	}
	return img
}

type example struct {
	name   string
	img    *image.RGBA
	smears bool
}

func examples(t testing.TB) []example {
	t.Helper()
	regular, bold := goregular.TTF, gobold.TTF
	return []example{
		{"red headline on cream", write(t, flatCanvas(cream), bold, "Summer sale", 64, 80, 300, red), true},
		{"red small print on white", write(t, flatCanvas(white), regular, "Only until Sunday, while stocks last", 18, 83, 301, red), true},
		{"red price on white", write(t, flatCanvas(white), bold, "$29.99", 40, 83, 301, red), true},
		{"blue on yellow", write(t, flatCanvas(yellow), bold, "Free delivery", 32, 83, 301, blue), true},
		{"white on a red button", write(t, rect(flatCanvas(white), 80, 260, 280, 320, red), bold, "Shop now", 28, 101, 301, white), true},
		{"white on a red gradient", write(t, gradient(red, yellow), bold, "Shop now", 48, 101, 301, white), true},
		{"red on a photo", write(t, waves(), bold, "Summer sale", 64, 80, 300, red), true},
		{"red line of one pixel across", rect(flatCanvas(white), 101, 301, 701, 302, red), true},
		{"red line of one pixel down", rect(flatCanvas(white), 301, 101, 302, 501, red), true},
		{"green lines of two pixels", rect(rect(flatCanvas(cream), 100, 300, 500, 302, green), 100, 100, 102, 400, green), true},
		{"small red and green modules", modules(flatCanvas(white), 29, 4, 100, 100, red, green), true},
		{"small red and white modules", modules(flatCanvas(white), 25, 3, 101, 101, red, white), true},
		{"black headline on white", write(t, flatCanvas(white), bold, "Summer sale", 64, 80, 300, black), false},
		{"white headline on a photo", write(t, waves(), bold, "Summer sale", 64, 80, 300, white), false},
		{"black small print on a photo", write(t, waves(), regular, "Only until Sunday, while stocks last", 18, 80, 300, black), false},
		{"grey on cream", write(t, flatCanvas(cream), regular, "Only until Sunday, while stocks last", 24, 80, 300, grey), false},
		{"navy on white", write(t, flatCanvas(white), bold, "Summer sale", 64, 80, 300, navy), false},
		{"gradient", gradient(red, blue), false},
		{"black on a gradient", write(t, gradient(cream, peach), bold, "Summer sale", 64, 80, 300, black), false},
		{"black and white modules", modules(flatCanvas(white), 29, 4, 100, 100, black, white), false},
		{"photo", waves(), false},
		{"one flat colour", flatCanvas(red), false},
	}
}
