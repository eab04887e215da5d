package resample_test

import (
	"image"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/adloom/adloom/renderer/resample"
)

// reference scales one plane in floating point, the filters written as textbooks have them, and never rounds.
func reference(pix []byte, stride int, x0, x1, y0, y1, right, bottom float64, dst image.Point) []float64 {
	cols, rows := referenceAxis(x0, x1, right, dst.X), referenceAxis(y0, y1, bottom, dst.Y)
	out := make([]float64, dst.X*dst.Y)
	middle := make([]float64, stride)
	for y, down := range rows {
		clear(middle)
		for at, w := range down {
			for x, v := range pix[at*stride : min(len(pix), at*stride+stride)] {
				middle[x] += w * float64(v)
			}
		}
		for x, across := range cols {
			for at, w := range across {
				out[y*dst.X+x] += w * middle[at]
			}
		}
	}
	return out
}

func referenceAxis(lo, hi, edge float64, n int) []map[int]float64 {
	scale := (hi - lo) / float64(n)
	support, filter := 2.0, func(x float64) float64 {
		if x < 1 {
			return 1.5*x*x*x - 2.5*x*x + 1
		}
		return -0.5*x*x*x + 2.5*x*x - 4*x + 2
	}
	if scale > 1 {
		support, filter = 3*scale, func(x float64) float64 {
			if x == 0 {
				return 1
			}
			a := math.Pi * x / scale
			return math.Sin(a) / a * math.Sin(a/3) / (a / 3)
		}
	}
	out := make([]map[int]float64, n)
	for i := range out {
		middle, sum := lo+(float64(i)+0.5)*scale, 0.0
		out[i] = map[int]float64{}
		for j := int(lo); j < int(math.Ceil(hi)); j++ {
			if d := math.Abs(float64(j) + 0.5 - middle); d < support {
				out[i][j] = filter(d) * (min(float64(j+1), edge) - max(float64(j), lo))
				sum += out[i][j]
			}
		}
		for j := range out[i] {
			out[i][j] /= sum
		}
	}
	return out
}

// Against exact arithmetic a level is what rounding may cost: half of one each for luma, for chroma's part and for the
// halves that chroma is rounded to.
func TestPlanesReference(t *testing.T) {
	t.Parallel()
	f := func(g resample.Geometry, share image.Point, exact bool) {
		t.Helper()
		m := waves(g.Src)
		src := planesOf(m, share)
		p, err := resample.NewPlanesPlan(g, share)
		if err != nil {
			t.Fatal(err)
		}
		if p.Exact() != exact {
			t.Fatalf("%+v: expected a plan that is exact: %v", g, exact)
		}
		got := image.NewRGBA(image.Rectangle{Max: g.Dst})
		if err := p.Run(got, src, nil); err != nil {
			t.Fatal(err)
		}
		c := g.Crop
		if c == (resample.Rect{}) {
			c = resample.Rect{X1: float64(g.Src.X), Y1: float64(g.Src.Y)}
		}
		y := reference(src.Y, src.YStride, c.X0, c.X1, c.Y0, c.Y1, c.X1, c.Y1, g.Dst)
		cb, cr := make([]float64, len(y)), make([]float64, len(y))
		if sx, sy := float64(share.X), float64(share.Y); share.X > 0 {
			right, bottom := c.X1/sx, c.Y1/sy
			if c.X1 == float64(g.Src.X) {
				right = math.Ceil(right)
			}
			if c.Y1 == float64(g.Src.Y) {
				bottom = math.Ceil(bottom)
			}
			cb = reference(src.Cb, src.CStride, c.X0/sx, c.X1/sx, c.Y0/sy, c.Y1/sy, right, bottom, g.Dst)
			cr = reference(src.Cr, src.CStride, c.X0/sx, c.X1/sx, c.Y0/sy, c.Y1/sy, right, bottom, g.Dst)
			for i := range cb {
				cb[i], cr[i] = cb[i]-128, cr[i]-128
			}
		}
		worst, sum := 0.0, 0.0
		for i := range y {
			for j, want := range []float64{y[i] + 1.402*cr[i], y[i] - 0.344136*cb[i] - 0.714136*cr[i], y[i] + 1.772*cb[i]} {
				d := math.Abs(min(max(want, 0), 255) - float64(got.Pix[4*i+j]))
				worst, sum = max(worst, d), sum+d
			}
		}
		if mean := sum / float64(3*len(y)); worst > 1.75 || mean > 0.45 {
			t.Errorf("%+v, %v: expected at most 1.75 levels from the reference and 0.45 in the mean; found %.2f and %.2f", g, share, worst, mean)
		}
	}
	for _, share := range []image.Point{{0, 0}, {1, 1}, {2, 1}, {2, 2}, {1, 2}, {4, 1}} {
		f(resample.Geometry{Src: image.Pt(207, 141), Dst: image.Pt(213, 150)}, share, false)
		f(resample.Geometry{Src: image.Pt(207, 141), Dst: image.Pt(100, 70)}, share, false)
		f(resample.Geometry{Src: image.Pt(207, 141), Dst: image.Pt(20, 15)}, share, true)
		f(resample.Geometry{Src: image.Pt(207, 141), Dst: image.Pt(207, 141)}, share, false)
		f(resample.Geometry{Src: image.Pt(207, 141), Crop: resample.Rect{X0: 11, Y0: 20, X1: 150, Y1: 99}, Dst: image.Pt(90, 120)}, share, false)
		f(resample.Geometry{Src: image.Pt(207, 141), Crop: resample.Rect{X0: 11.25, Y0: 20.5, X1: 150.75, Y1: 99.125}, Dst: image.Pt(333, 120)}, share, false)
	}
}

// Photos look as they do by the way over RGBA, chroma enlarged as decoders enlarge it.
func TestPlanesAgainstRGBA(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("../../../shared/data/catalog/images/*.jpg")
	seen := 0
	for i := 0; i < len(files) && seen < 2; i += 1 + len(files)/16 {
		f, err := os.Open(files[i])
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(f)
		_ = f.Close()
		photo, ok := m.(*image.YCbCr)
		if err != nil || !ok || photo.Rect.Dx()*photo.Rect.Dy() > 800*800 {
			continue
		}
		seen++
		size, share := photo.Rect.Size(), shareOf(photo.SubsampleRatio)
		src := resample.Planes{Y: photo.Y, Cb: photo.Cb, Cr: photo.Cr, YStride: photo.YStride, CStride: photo.CStride}
		rgba := enlarged(photo, share)
		for _, factor := range []float64{0.6, 1.0125} {
			g := resample.Geometry{Src: size, Dst: image.Pt(int(float64(size.X)*factor), int(float64(size.Y)*factor))}
			p, err := resample.NewPlanesPlan(g, share)
			if err != nil {
				t.Fatal(err)
			}
			got, want := image.NewRGBA(image.Rectangle{Max: g.Dst}), image.NewRGBA(image.Rectangle{Max: g.Dst})
			if err := p.Run(got, src, nil); err != nil {
				t.Fatal(err)
			}
			if err := plan(t, g).RunOpaque(want, rgba, nil); err != nil {
				t.Fatal(err)
			}
			sum := 0.0
			for i, v := range got.Pix {
				d := float64(v) - float64(want.Pix[i])
				sum += d * d
			}
			db := 10 * math.Log10(255*255*float64(len(got.Pix)*3/4)/sum)
			t.Logf("%s %v shared %v to %v: %.1f dB", filepath.Base(files[i]), size, share, g.Dst, db)
			if db < 40 {
				t.Errorf("%s to %v: expected at least 40 dB; found %.1f", files[i], g.Dst, db)
			}
		}
	}
	if seen == 0 {
		t.Skip("no photos at hand")
	}
}

func shareOf(r image.YCbCrSubsampleRatio) image.Point {
	switch r {
	case image.YCbCrSubsampleRatio422:
		return image.Pt(2, 1)
	case image.YCbCrSubsampleRatio420:
		return image.Pt(2, 2)
	}
	return image.Pt(1, 1)
}

// enlarged converts at full size, chroma weighed by distance from the nearest four samples.
func enlarged(m *image.YCbCr, share image.Point) *image.RGBA {
	size := m.Rect.Size()
	w, h := (size.X+share.X-1)/share.X, (size.Y+share.Y-1)/share.Y
	chroma := func(pix []byte, x, y int) float64 {
		fx := min(max((float64(x)+0.5)/float64(share.X)-0.5, 0), float64(w-1))
		fy := min(max((float64(y)+0.5)/float64(share.Y)-0.5, 0), float64(h-1))
		x0, y0 := int(fx), int(fy)
		x1, y1 := min(x0+1, w-1), min(y0+1, h-1)
		fx, fy = fx-float64(x0), fy-float64(y0)
		at := func(x, y int) float64 { return float64(pix[y*m.CStride+x]) }
		v := (at(x0, y0)*(1-fx)+at(x1, y0)*fx)*(1-fy) + (at(x0, y1)*(1-fx)+at(x1, y1)*fx)*fy
		return math.Round(v) - 128
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			v, cb, cr := float64(m.Y[y*m.YStride+x]), chroma(m.Cb, x, y), chroma(m.Cr, x, y)
			px := out.Pix[out.PixOffset(x, y):][:4]
			px[0], px[1], px[2], px[3] = level(v+1.402*cr), level(v-0.344136*cb-0.714136*cr), level(v+1.772*cb), 255
		}
	}
	return out
}
