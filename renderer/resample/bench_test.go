package resample_test

import (
	"image"
	"testing"

	"github.com/disintegration/imaging"
	"golang.org/x/image/draw"

	"github.com/adloom/adloom/renderer/resample"
)

// BenchmarkScale compares the engine with two libraries on the geometries of common ads.
func BenchmarkScale(b *testing.B) {
	for _, c := range []struct {
		name string
		g    resample.Geometry
	}{
		{"1200x1200-560x560", resample.Geometry{Src: image.Pt(1200, 1200), Dst: image.Pt(560, 560)}},
		{"1600x1200-560x560", resample.Geometry{Src: image.Pt(1600, 1200), Crop: resample.Rect{X0: 200, X1: 1400, Y1: 1200}, Dst: image.Pt(560, 560)}},
		{"640x480-560x560", resample.Geometry{Src: image.Pt(640, 480), Crop: resample.Rect{X0: 80, X1: 560, Y1: 480}, Dst: image.Pt(560, 560)}},
		{"4261x2841-1080x1080", resample.Geometry{Src: image.Pt(4261, 2841), Crop: resample.Rect{X0: 710, X1: 3551, Y1: 2841}, Dst: image.Pt(1080, 1080)}},
		{"300x300-900x900", resample.Geometry{Src: image.Pt(300, 300), Dst: image.Pt(900, 900)}},
	} {
		src := waves(c.g.Src)
		dst := image.NewRGBA(image.Rectangle{Max: c.g.Dst})
		crop := wholeCrop(c.g)
		measure := func(name string, run func()) {
			b.Run(c.name+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(4 * crop.Dx() * crop.Dy()))
				b.ReportAllocs()
				for b.Loop() {
					run()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(c.g.Dst.X*c.g.Dst.Y), "ns/px")
			})
		}
		p, err := resample.NewPlan(c.g)
		if err != nil {
			b.Fatal(err)
		}
		var s resample.Scratch
		measure("opaque", func() { _ = p.RunOpaque(dst, src, &s) })
		measure("alpha", func() { _ = p.Run(dst, src, &s) })
		measure("portable", func() { p.RunPortable(dst, src, &s) })
		measure("plan", func() { _, _ = resample.NewPlan(c.g) })
		measure("imaging", func() { imaging.Resize(src.SubImage(crop), c.g.Dst.X, c.g.Dst.Y, imaging.Lanczos) })
		measure("draw", func() { draw.CatmullRom.Scale(dst, dst.Rect, src, crop, draw.Src, nil) })
	}
}

func wholeCrop(g resample.Geometry) image.Rectangle {
	if g.Crop == (resample.Rect{}) {
		return image.Rectangle{Max: g.Src}
	}
	return image.Rect(int(g.Crop.X0), int(g.Crop.Y0), int(g.Crop.X1), int(g.Crop.Y1))
}
