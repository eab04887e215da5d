package colorglyph_test

import (
	"bytes"
	"image/color"
	"os"
	"testing"

	"github.com/go-text/typesetting/font"

	"github.com/adloom/adloom/renderer/colorglyph"
)

func benchmark(b *testing.B, f *font.Face, glyph font.GID) {
	var d colorglyph.Drawer
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := d.Draw(f, glyph, 48, 0, color.NRGBA{A: 255}); !ok {
			b.Fatal("not drawn")
		}
	}
}

func BenchmarkBitmap(b *testing.B) {
	data, err := os.ReadFile("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
	if err != nil {
		b.Skip("this system has no font Noto Color Emoji: ", err)
	}
	f, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	glyph, _ := f.NominalGlyph('😀')
	benchmark(b, f, glyph)
}

func BenchmarkLayers(b *testing.B) {
	layers := make([]layer, 20)
	for i := range layers {
		layers[i] = layer{uint16(all + i%3), uint16(i % 4)}
	}
	benchmark(b, face(b, cpal(), colr0(layers...)), drawn)
}

func BenchmarkGradients(b *testing.B) {
	stops := line(0, 0.0, red, 0.5, blue, 1.0, green)
	benchmark(b, face(b, cpal(), colr1([][]byte{listed(3, 0)}, [][]byte{
		inGlyph(all, linear(stops, 0, 0, 100, 0, 0, 100)),
		inGlyph(left, with(6, stops, int16(25), int16(25), uint16(0), int16(30), int16(30), uint16(40))),
		inGlyph(corner, with(8, stops, int16(75), int16(75), fixed(-1), fixed(1))),
	}, nil)), drawn)
}

func BenchmarkSVG(b *testing.B) {
	benchmark(b, face(b, svgTable(`<svg xmlns="http://www.w3.org/2000/svg"><g id="glyph4"><circle cx="50" cy="-40" r="50" fill="#fc0"/>`+
		`<circle cx="30" cy="-50" r="8"/><circle cx="70" cy="-50" r="8"/><path d="M20-30Q50 0 80-30z"/></g></svg>`)), drawn)
}
