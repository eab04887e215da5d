package typeset_test

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/typeset"
)

var (
	title = typeset.Style{Font: typeset.Font{Families: "Go", Weight: 700}, Size: 52, MinSize: 28, LineHeight: 1.1, Width: 520, Height: 120, MaxLines: 2, Ellipsis: true}
	price = typeset.Style{Font: typeset.Font{Families: "Go", Weight: 700}, Size: 64, MinSize: 64, LineHeight: 1.2, Width: 300}
	was   = typeset.Style{Font: typeset.Font{Families: "Go", Weight: 400}, Size: 32, MinSize: 32, LineHeight: 1.2, Width: 300}
)

// product is one of many titles of about 60 runes.
func product(i int) string {
	words := strings.Fields("Waterproof Leather Weekender Organic Cotton Shirt Running Shoes Wireless Keyboard Stainless Bottle Ceramic Lamp Oak Chair Merino")
	var b strings.Builder
	for seed := uint32(i); b.Len() < 52; {
		seed = seed*1664525 + 1013904223
		b.WriteString(words[seed>>16%uint32(len(words))])
		b.WriteByte(' ')
	}
	return b.String() + fmt.Sprint(i%1000)
}

// ad draws a title and two prices.
func ad(b *testing.B, s *typeset.Setter, dst *image.RGBA, i int) {
	for _, text := range []struct {
		words string
		style typeset.Style
		ink   typeset.Ink
	}{
		{product(i), title, typeset.Ink{X: 20, Top: 20, Width: 520, Dress: typeset.Dress{Color: color.NRGBA{20, 20, 20, 255}}}},
		{fmt.Sprintf("%d,%02d €", i%400, i%100), price, typeset.Ink{X: 20, Top: 200, Width: 300, Dress: typeset.Dress{Color: color.NRGBA{200, 0, 0, 255}}}},
		{fmt.Sprintf("%d,%02d €", i%600, i%100), was, typeset.Ink{X: 20, Top: 300, Width: 300, Dress: typeset.Dress{Color: color.NRGBA{90, 90, 90, 255}, Strike: true}}},
	} {
		l, err := s.Layout(text.words, text.style)
		if err != nil {
			b.Fatal(err)
		}
		s.Draw(dst, l, text.ink)
	}
}

// What an ad's texts cost when each product is met for the first time.
func BenchmarkNewWords(b *testing.B) {
	s := typeset.New(typeset.NewFonts(nil), 64<<20)
	dst := image.NewRGBA(image.Rect(0, 0, 600, 400))
	for i := range 300 {
		ad(b, s, dst, i)
	}
	b.ReportAllocs()
	for i := 300; b.Loop(); i++ {
		ad(b, s, dst, i)
	}
}

// What they cost when everything about them is known.
func BenchmarkKnownWords(b *testing.B) {
	s := typeset.New(typeset.NewFonts(nil), 64<<20)
	dst := image.NewRGBA(image.Rect(0, 0, 600, 400))
	b.ReportAllocs()
	for b.Loop() {
		ad(b, s, dst, 7)
	}
}

// What a text of 16 KiB costs of which a small box shows the beginning.
func BenchmarkNewLongText(b *testing.B) {
	for name, unit := range map[string]string{"words": "weekender ", "one word": "x"} {
		b.Run(name, func(b *testing.B) {
			s := typeset.New(typeset.NewFonts(nil), 16<<20)
			dst := image.NewRGBA(image.Rect(0, 0, 140, 100))
			style := typeset.Style{Font: typeset.Font{Families: "Go", Weight: 400}, Size: 20, MinSize: 8, LineHeight: 1.2, Width: 140, Height: 100, Ellipsis: true}
			words := strings.Repeat(unit, (16<<10)/len(unit))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				l, err := s.Layout(fmt.Sprint(i, words), style)
				if err != nil {
					b.Fatal(err)
				}
				s.Draw(dst, l, typeset.Ink{Width: 140, Dress: typeset.Dress{Color: color.NRGBA{A: 255}}})
			}
		})
	}
}
