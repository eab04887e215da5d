package turbojpeg_test

import (
	"fmt"
	"testing"

	"github.com/adloom/adloom/internal/turbojpeg"
)

func Benchmark(b *testing.B) {
	l := load(b)
	img := picture(1200, 1200)
	data := encode(b, l, img, 85, turbojpeg.Subsampling420)
	for eighth := 1; eighth <= 8; eighth++ {
		b.Run(fmt.Sprintf("decode %d of 8", eighth), func(b *testing.B) {
			d, err := l.NewDecoder()
			if err != nil {
				b.Fatal(err)
			}
			defer d.Close()
			pix := make([]byte, len(img.Pix))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.DecodeInto(pix, data, 150*eighth, 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("encode", func(b *testing.B) {
		e, err := l.NewEncoder()
		if err != nil {
			b.Fatal(err)
		}
		defer e.Close()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := e.Encode(img, 85, turbojpeg.Subsampling420); err != nil {
				b.Fatal(err)
			}
		}
	})
}
