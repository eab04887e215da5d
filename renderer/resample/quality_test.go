package resample_test

import (
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/adloom/adloom/renderer/resample"
)

// The library that the engine used before stands for what Lanczos and Catmull-Rom are.

func TestQuality(t *testing.T) {
	t.Parallel()
	for name, src := range photos(t) {
		size := src.Rect.Size()
		for _, factor := range []float64{0.11, 0.35, 0.467, 0.9, 1.3, 2.2} {
			dst := image.Pt(int(float64(size.X)*factor), int(float64(size.Y)*factor))
			if dst.X*dst.Y > 600*600 {
				continue
			}
			filter := imaging.Lanczos
			if factor > 1 {
				filter = imaging.CatmullRom
			}
			got := scale(t, resample.Geometry{Src: size, Dst: dst}, src)
			db := psnr(got, imaging.Resize(src, dst.X, dst.Y, filter))
			t.Logf("%s %v to %v: %.1f dB", name, size, dst, db)
			if db < 48 {
				t.Errorf("%s %v to %v: expected at least 48 dB, found %.1f", name, size, dst, db)
			}
		}
	}
}

func TestQualityOfHugeShrink(t *testing.T) {
	t.Parallel()
	src := waves(image.Pt(2000, 1500))
	got := scale(t, resample.Geometry{Src: image.Pt(2000, 1500), Dst: image.Pt(8, 6)}, src)
	if db := psnr(got, imaging.Resize(src, 8, 6, imaging.Lanczos)); db < 48 {
		t.Errorf("expected at least 48 dB, found %.1f", db)
	}
}

// A dark product on white: Lanczos rings a little beside a hard edge, and not more here than elsewhere.
func TestHalo(t *testing.T) {
	t.Parallel()
	src := image.NewRGBA(image.Rect(0, 0, 300, 300))
	fill(src, src.Rect, color.RGBA{250, 250, 250, 255})
	fill(src, image.Rect(91, 87, 210, 213), color.RGBA{30, 30, 30, 255})
	got := scale(t, resample.Geometry{Src: image.Pt(300, 300), Dst: image.Pt(140, 140)}, src)
	want := imaging.Resize(src, 140, 140, imaging.Lanczos)
	lightest, darkest := extremes(got.Pix)
	wantLightest, wantDarkest := extremes(want.Pix)
	if int(lightest) > int(wantLightest)+1 || int(darkest) < int(wantDarkest)-1 {
		t.Errorf("expected values from %d to %d, found %d to %d", wantDarkest, wantLightest, darkest, lightest)
	}
	for _, p := range []image.Point{{10, 10}, {70, 30}, {130, 70}} { // beyond the third lobe there is no trace
		if px := got.RGBAAt(p.X, p.Y); px != (color.RGBA{250, 250, 250, 255}) {
			t.Errorf("at %v: expected the untouched background, found %v", p, px)
		}
	}
	white := image.NewRGBA(src.Rect) // on pure white nothing can be seen above it
	fill(white, white.Rect, color.RGBA{255, 255, 255, 255})
	fill(white, image.Rect(91, 87, 210, 213), color.RGBA{30, 30, 30, 255})
	got = scale(t, resample.Geometry{Src: image.Pt(300, 300), Dst: image.Pt(140, 140)}, white)
	for y := range 140 {
		for x := range 140 {
			outside := x < 40 || x > 100 || y < 38 || y > 101
			if v := got.RGBAAt(x, y).R; outside && v < 249 {
				t.Fatalf("at %d,%d: expected no visible ring on white, found %d", x, y, v)
			}
		}
	}
}

// photos are some of the catalog's, where they lie beside this checkout, and a generated one anywhere.
func photos(t *testing.T) map[string]*image.RGBA {
	t.Helper()
	out := map[string]*image.RGBA{"waves": waves(image.Pt(731, 520))}
	files, _ := filepath.Glob("../../../shared/data/catalog/images/*.jpg")
	for i := 0; i < len(files) && len(out) < 4; i += 1 + len(files)/12 {
		f, err := os.Open(files[i])
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(f)
		_ = f.Close()
		if err != nil || m.Bounds().Dx()*m.Bounds().Dy() > 1000*1000 {
			continue // a broken file or a huge one, which is slow under the race detector
		}
		rgba := image.NewRGBA(image.Rectangle{Max: m.Bounds().Size()})
		draw.Draw(rgba, rgba.Rect, m, m.Bounds().Min, draw.Src)
		out[filepath.Base(files[i])] = rgba
	}
	return out
}

func psnr(a *image.RGBA, b *image.NRGBA) float64 {
	sum := 0.0
	for i, v := range a.Pix {
		d := float64(v) - float64(b.Pix[i])
		sum += d * d
	}
	return 10 * math.Log10(255*255*float64(len(a.Pix)*3/4)/sum) // alpha never differs
}

func extremes(pix []uint8) (lightest, darkest uint8) {
	darkest = 255
	for i := 0; i < len(pix); i += 4 {
		lightest, darkest = max(lightest, pix[i]), min(darkest, pix[i])
	}
	return lightest, darkest
}
