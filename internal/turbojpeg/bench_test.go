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
				if _, err := d.DecodeInto(data, 150*eighth, 0, func(int) []byte { return pix }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for _, progressive := range []bool{false, true} {
		for name, sub := range map[string]turbojpeg.Subsampling{"420": turbojpeg.Subsampling420, "444": turbojpeg.Subsampling444} {
			b.Run(fmt.Sprintf("encode %s progressive %t", name, progressive), func(b *testing.B) {
				e, err := l.NewEncoder()
				if err != nil {
					b.Fatal(err)
				}
				defer e.Close()
				e.Progressive = progressive
				b.ReportAllocs()
				for b.Loop() {
					data, err := e.Encode(img, 85, sub)
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(len(data)), "bytes")
				}
			})
		}
	}
}
