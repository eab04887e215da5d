package path_test

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/fogleman/gg"
	"golang.org/x/image/vector"

	"github.com/adloom/adloom/renderer/path"
)

// long is path data of nearly 20,000 lines.
func long() string {
	var b strings.Builder
	b.WriteString("M0 0")
	for i := range 9_990 {
		fmt.Fprintf(&b, "h%dv.1", 10*(1-2*(i&1)))
	}
	return b.String()
}

// zigzag crosses the width with slanted lines, n of them.
func zigzag(n, width, height int) *path.Path {
	p := &path.Path{}
	for i := range n {
		p.LineTo(float64((i&1)*width), float64(height*i)/float64(n))
	}
	return p
}

func BenchmarkFill(b *testing.B) {
	for _, c := range []struct {
		name string
		p    *path.Path
		side int
	}{
		{"circle1080", path.Ellipse(540, 540, 530, 530), 1080},
		{"rectangle1080", path.Rectangle(20, 20, 1040, 1040, [4]float64{40, 40, 40, 40}), 1080},
		{"burst200", path.Burst(100, 100, 98, 98, 24, 0.85, 0.5), 200},
		{"zigzag20000", zigzag(20_000, 4096, 64), 4096},
	} {
		b.Run(c.name, func(b *testing.B) {
			var r path.Rasterizer
			dst := image.NewAlpha(image.Rect(0, 0, c.side, c.side))
			b.ReportAllocs()
			for b.Loop() {
				r.Fill(dst, c.p, path.NonZero)
			}
		})
	}
}

// BenchmarkPeers draws the circle and the zigzag, here of fewer lines, by the rasterizers of two libraries.
func BenchmarkPeers(b *testing.B) {
	b.Run("circle1080/gg", func(b *testing.B) {
		c := gg.NewContext(1080, 1080)
		for b.Loop() {
			c.DrawCircle(540, 540, 530)
			c.Fill()
		}
	})
	b.Run("circle1080/vector", func(b *testing.B) {
		dst := image.NewAlpha(image.Rect(0, 0, 1080, 1080))
		const k = 0.5522847498 * 530
		for b.Loop() {
			z := vector.NewRasterizer(1080, 1080)
			z.MoveTo(1070, 540)
			z.CubeTo(1070, 540+k, 540+k, 1070, 540, 1070)
			z.CubeTo(540-k, 1070, 10, 540+k, 10, 540)
			z.CubeTo(10, 540-k, 540-k, 10, 540, 10)
			z.CubeTo(540+k, 10, 1070, 540-k, 1070, 540)
			z.ClosePath()
			z.Draw(dst, dst.Rect, image.Opaque, image.Point{})
		}
	})
	for _, n := range []int{1000, 2000} {
		b.Run(fmt.Sprintf("zigzag%d/here", n), func(b *testing.B) {
			var r path.Rasterizer
			p := zigzag(n, 4096, 64)
			dst := image.NewAlpha(image.Rect(0, 0, 4096, 64))
			for b.Loop() {
				r.Fill(dst, p, path.NonZero)
			}
		})
		b.Run(fmt.Sprintf("zigzag%d/gg", n), func(b *testing.B) {
			c := gg.NewContext(4096, 64)
			for b.Loop() {
				for i := range n {
					c.LineTo(float64((i&1)*4096), float64(64*i)/float64(n))
				}
				c.Fill()
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	d := long()
	b.SetBytes(int64(len(d)))
	for b.Loop() {
		if _, err := path.Parse(d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStroke(b *testing.B) {
	p := path.Ellipse(540, 540, 500, 500)
	for b.Loop() {
		p.Stroke(path.Style{Width: 12})
	}
}
