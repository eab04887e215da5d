package libwebp_test

import (
	"fmt"
	"testing"

	"github.com/adloom/adloom/internal/libwebp"
)

func Benchmark(b *testing.B) {
	l := load(b)
	img := picture(1200, 1200)
	lossy, lossless := encode(b, l, img, 85), encodeLossless(b, l, img)
	for name, data := range map[string][]byte{"lossy": lossy, "lossless": lossless} {
		for _, n := range []int{1, 4, 8} {
			b.Run(fmt.Sprintf("decode %s, 1 of %d", name, n), func(b *testing.B) {
				pix := make([]byte, len(img.Pix))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := l.DecodeInto(data, 1200/n, 0, func(int) []byte { return pix }); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
	b.Run("decode lossy, pure", func(b *testing.B) {
		for b.Loop() {
			if _, err := libwebp.Decode(lossy); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			encode(b, l, img, 85)
		}
	})
	b.Run("encode lossless", func(b *testing.B) {
		for b.Loop() {
			encodeLossless(b, l, img)
		}
	})
}
