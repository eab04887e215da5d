package resample_test

import (
	"fmt"
	"image"
	"testing"

	"github.com/adloom/adloom/renderer/resample"
)

// BenchmarkPlanes compares the way from planes with that from RGBA.
func BenchmarkPlanes(b *testing.B) {
	for _, c := range []struct {
		g     resample.Geometry
		share image.Point
	}{
		{resample.Geometry{Src: image.Pt(1067, 1067), Dst: image.Pt(1080, 1080)}, image.Pt(2, 2)},
		{resample.Geometry{Src: image.Pt(1200, 1200), Dst: image.Pt(560, 560)}, image.Pt(2, 2)},
		{resample.Geometry{Src: image.Pt(1200, 1200), Dst: image.Pt(560, 560)}, image.Pt(1, 1)},
		{resample.Geometry{Src: image.Pt(1080, 1080), Dst: image.Pt(1080, 1080)}, image.Pt(2, 2)},
		{resample.Geometry{Src: image.Pt(1067, 1067), Dst: image.Pt(1080, 1080)}, image.Point{}},
	} {
		dst := image.NewRGBA(image.Rectangle{Max: c.g.Dst})
		measure := func(name string, run func()) {
			b.Run(fmt.Sprintf("%d-%d shared %v/%s", c.g.Src.X, c.g.Dst.X, c.share, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					run()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(c.g.Dst.X*c.g.Dst.Y), "ns/px")
			})
		}
		rgba := waves(c.g.Src)
		src := planesOf(rgba, c.share)
		planes, err := resample.NewPlanesPlan(c.g, c.share)
		if err != nil {
			b.Fatal(err)
		}
		opaque, err := resample.NewPlan(c.g)
		if err != nil {
			b.Fatal(err)
		}
		var s resample.Scratch
		measure("planes", func() { _ = planes.Run(dst, src, &s) })
		measure("opaque", func() { _ = opaque.RunOpaque(dst, rgba, &s) })
		measure("portable", func() { planes.RunPortable(dst, src, &s) })
		measure("plan", func() { _, _ = resample.NewPlanesPlan(c.g, c.share) })
	}
}
