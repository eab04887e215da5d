package blend_test

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/adloom/adloom/renderer/blend"
)

// BenchmarkKernels compares the engine with the standard library on the layers of common ads.
func BenchmarkKernels(b *testing.B) {
	measure := func(name string, r image.Rectangle, run func()) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
			b.ReportMetric(float64(b.N)*float64(r.Dx()*r.Dy())/1e6/b.Elapsed().Seconds(), "Mpx/s")
		})
	}
	layer := image.Rect(0, 0, 1080, 500)
	dst, src := photo(layer), vignette(layer)
	measure("Over/blend", layer, func() { blend.Over(dst, src) })
	measure("Over/draw", layer, func() { draw.Draw(dst, layer, src, image.Point{}, draw.Over) })
	measure("OverFaded/blend", layer, func() { blend.OverFaded(dst, src, 200) })
	measure("OverFaded/draw", layer, func() {
		draw.DrawMask(dst, layer, src, image.Point{}, image.NewUniform(color.Alpha{200}), image.Point{}, draw.Over)
	})
	measure("Flatten/blend", layer, func() { blend.Flatten(src, color.RGBA{}) })
	measure("Opaque/blend", layer, func() { blend.Opaque(dst) })
	measure("Opaque/image", layer, func() { dst.Opaque() })
	measure("Fade/blend", layer, func() { blend.Fade(src, 254) })

	line := image.Rect(0, 0, 700, 60)
	text := letters(line)
	ink := color.RGBA{20, 40, 60, 255}
	measure("Tint/blend", line, func() { blend.Tint(dst, text, ink) })
	measure("Tint/draw", line, func() {
		draw.DrawMask(dst, line, image.NewUniform(ink), image.Point{}, text, image.Point{}, draw.Over)
	})

	small := image.Rect(0, 0, 12, 16)
	glyph := disc(small)
	measure("Tint glyph/blend", small, func() { blend.Tint(dst, glyph, ink) })
	measure("Tint glyph/draw", small, func() {
		draw.DrawMask(dst, small, image.NewUniform(ink), image.Point{}, glyph, image.Point{}, draw.Over)
	})

	square := image.Rect(0, 0, 560, 560)
	big, top, round := photo(square), photo(square), disc(square)
	measure("OverMasked/blend", square, func() { blend.OverMasked(big, top, round) })
	measure("OverMasked/draw", square, func() {
		draw.DrawMask(big, square, top, image.Point{}, round, image.Point{}, draw.Over)
	})
	measure("MaskIn/blend", square, func() { blend.MaskIn(top, round) })
}

func BenchmarkModes(b *testing.B) {
	r := image.Rect(0, 0, 560, 560)
	src := vignette(r)
	for _, opacity := range []uint8{255, 128} {
		for _, m := range blend.Modes() {
			dst := photo(r)
			name := string(m)
			if opacity < 255 {
				name += "/faded"
			}
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					blend.Blend(dst, src, m, opacity)
				}
				b.ReportMetric(float64(b.N)*float64(r.Dx()*r.Dy())/1e6/b.Elapsed().Seconds(), "Mpx/s")
			})
		}
	}
}

// photo is opaque waves.
func photo(r image.Rectangle) *image.RGBA {
	m := image.NewRGBA(r)
	for i := 0; i < len(m.Pix); i += 4 {
		x, y := i/4%r.Dx(), i/4/r.Dx()
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = uint8(x*y>>4), uint8(x*3+y), uint8(y*5-x), 255
	}
	return m
}

// vignette is a third each transparent, translucent and opaque.
func vignette(r image.Rectangle) *image.RGBA {
	m := photo(r)
	for i := 0; i < len(m.Pix); i += 4 {
		a := min(max(i/4%r.Dx()*765/r.Dx()-255, 0), 255)
		for c := range 4 {
			m.Pix[i+c] = uint8(int(m.Pix[i+c]) * a / 255)
		}
	}
	return m
}

// letters is a line of rings, as wide as letters are, with a soft edge.
func letters(r image.Rectangle) *image.Alpha {
	m := image.NewAlpha(r)
	for y := range r.Dy() {
		for x := range r.Dx() {
			dx, dy := x%36-18, y-r.Dy()/2
			d := dx*dx + dy*dy
			m.Pix[y*m.Stride+x] = uint8(min(max(min(d-100, 256-d)*8, 0), 255))
		}
	}
	return m
}

// disc is a full circle with a soft edge.
func disc(r image.Rectangle) *image.Alpha {
	m := image.NewAlpha(r)
	for y := range r.Dy() {
		for x := range r.Dx() {
			dx, dy := x-r.Dx()/2, y-r.Dy()/2
			m.Pix[y*m.Stride+x] = uint8(min(max((r.Dx()*r.Dx()/4-dx*dx-dy*dy)/2, 0), 255))
		}
	}
	return m
}
