package fastpng_test

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"os"
	"testing"

	"github.com/adloom/adloom/internal/fastpng"
)

// BenchmarkDecode compares with image/png, drawn into premultiplied pixels.
func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{
		"saleor__saleor-cushion-blue", "saleor__saleor-banana-drink", "saleor__saleor-sunnies", "payload__hat-logo",
		"solidus__solidus_tote", "solidus__solidus_mug_set",
	} {
		file, err := os.ReadFile(data + "/catalog/images/" + name + ".png")
		if err != nil {
			b.Skip(err)
		}
		c, err := png.DecodeConfig(bytes.NewReader(file))
		if err != nil {
			b.Fatal(err)
		}
		dst := image.NewRGBA(image.Rect(0, 0, c.Width, c.Height))
		report := func(b *testing.B) {
			b.ReportMetric(float64(c.Width*c.Height)*float64(b.N)/1e6/b.Elapsed().Seconds(), "MP/s")
		}
		b.Run(name+"/fastpng", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := fastpng.Decode(file, func(int) []byte { return dst.Pix }); err != nil {
					b.Fatal(err)
				}
			}
			report(b)
		})
		b.Run(name+"/image-png", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m, err := png.Decode(bytes.NewReader(file))
				if err != nil {
					b.Fatal(err)
				}
				draw.Draw(dst, dst.Rect, m, image.Point{}, draw.Src)
			}
			report(b)
		})
	}
}
