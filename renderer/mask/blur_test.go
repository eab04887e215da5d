package mask_test

import (
	"bytes"
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/adloom/adloom/renderer/mask"
)

func TestBlurIsGaussian(t *testing.T) {
	t.Parallel()
	var s mask.Scratch
	for _, sigma := range []float64{0.6, 2, 2.49, 2.5, 3.75, 8.3, 12} {
		for name, m := range patterns(image.Rect(-3, 5, 48, 40), sigma) {
			got := mask.Blur(m, sigma, &s)
			if want := m.Rect.Inset(-mask.Reach(sigma)); got.Rect != want {
				t.Fatalf("expected %v, found %v", want, got.Rect)
			}
			worst := 0.0
			for i, want := range gauss(m, got.Rect, sigma, nothing) {
				worst = max(worst, math.Abs(want-float64(got.Pix[i])))
			}
			if worst > 2 {
				t.Errorf("sigma %v, %s: expected at most 2 levels off, found %.2f", sigma, name, worst)
			}
			if testing.Verbose() {
				t.Logf("sigma %5.2f %6s %.2f", sigma, name, worst)
			}
		}
	}
}

func TestBlurCarriesNothingBeyondReach(t *testing.T) {
	t.Parallel()
	m := image.NewAlpha(image.Rect(0, 0, 90, 90))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	const sigma = 7
	reach := mask.Reach(sigma)
	for _, v := range gauss(m, image.Rect(-reach-1, 40, -reach, 41), sigma, nothing) {
		if v >= 0.5 {
			t.Errorf("expected less than half a level beyond the reach, found %.2f", v)
		}
	}
}

func TestBlurPicture(t *testing.T) {
	t.Parallel()
	var s mask.Scratch
	area := image.Rect(2, 3, 49, 40)
	for _, sigma := range []float64{0.8, 2, 2.6, 6, 11} {
		for _, edge := range []mask.Edge{mask.Clamp, mask.Transparent} {
			img := premultiplied(area, 7)
			channels := make([]*image.Alpha, 4)
			for c := range channels {
				channels[c] = painted(area, func(x, y int) byte { return img.Pix[img.PixOffset(x, y)+c] })
			}
			mask.BlurPicture(img, sigma, edge, &s)
			for c, m := range channels {
				beyond := nothing
				if edge == mask.Clamp {
					beyond = func(x, y int) float64 {
						return float64(m.AlphaAt(min(max(x, area.Min.X), area.Max.X-1), min(max(y, area.Min.Y), area.Max.Y-1)).A)
					}
				}
				for i, want := range gauss(m, area, sigma, beyond) {
					if got := float64(img.Pix[4*i+c]); math.Abs(got-want) > 2 {
						t.Fatalf("sigma %v, edge %v, channel %d, pixel %d: expected %.2f, found %v", sigma, edge, c, i, want, got)
					}
				}
			}
			for i := 0; i < len(img.Pix); i += 4 {
				if p := img.Pix[i : i+4]; max(p[0], p[1], p[2]) > p[3] {
					t.Fatalf("sigma %v: expected no colour above its alpha, found %v", sigma, p)
				}
			}
		}
	}
}

func TestBlurKeepsFlatPictures(t *testing.T) {
	t.Parallel()
	for _, sigma := range []float64{0.3, 2.4, 2.5, 17.3, 50, 200} {
		img := image.NewRGBA(image.Rect(0, 0, 41, 33))
		for i := range img.Pix {
			img.Pix[i] = []byte{200, 3, 77, 255}[i%4]
		}
		before := bytes.Clone(img.Pix)
		mask.BlurPicture(img, sigma, mask.Clamp, nil)
		if !bytes.Equal(img.Pix, before) {
			t.Errorf("sigma %v: expected a flat picture to stay as it was", sigma)
		}
	}
}

// A part of a larger picture is blurred by itself, and nothing beside it is read or written.
func TestBlurOfPart(t *testing.T) {
	t.Parallel()
	for _, sigma := range []float64{1.5, 9} {
		whole := premultiplied(image.Rect(0, 0, 60, 50), 3)
		part := image.Rect(10, 7, 41, 32)
		alone := image.NewRGBA(part)
		for y := part.Min.Y; y < part.Max.Y; y++ {
			copy(alone.Pix[alone.PixOffset(part.Min.X, y):][:4*part.Dx()], whole.Pix[whole.PixOffset(part.Min.X, y):])
		}
		want := bytes.Clone(whole.Pix)
		mask.BlurPicture(alone, sigma, mask.Clamp, nil)
		for y := part.Min.Y; y < part.Max.Y; y++ {
			copy(want[whole.PixOffset(part.Min.X, y):], alone.Pix[alone.PixOffset(part.Min.X, y):][:4*part.Dx()])
		}
		mask.BlurPicture(whole.SubImage(part).(*image.RGBA), sigma, mask.Clamp, nil)
		if !bytes.Equal(whole.Pix, want) {
			t.Errorf("sigma %v: expected the part alone to change", sigma)
		}
	}
}

func TestBlurBounds(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{}, {1, 1}, {1, 40}, {40, 1}, {7, 3}} {
		for _, sigma := range []float64{-1, 0, 1e-9, 0.4, 3, 200, 1e300, math.Inf(1), math.NaN()} {
			m := image.NewAlpha(image.Rectangle{Max: size})
			for i := range m.Pix {
				m.Pix[i] = 255
			}
			mask.Blur(m, sigma, nil)
			mask.BlurPicture(image.NewRGBA(m.Rect), sigma, mask.Clamp, nil)
		}
	}
}

func TestBlurWithUsedScratch(t *testing.T) {
	t.Parallel()
	var s mask.Scratch
	random := rand.New(rand.NewPCG(5, 6))
	for range 40 {
		m := painted(image.Rect(0, 0, 1+random.IntN(60), 1+random.IntN(60)), func(x, y int) byte { return byte(random.Uint32()) })
		sigma := random.Float64() * 20
		if got, want := mask.Blur(m, sigma, &s), mask.Blur(m, sigma, nil); !bytes.Equal(got.Pix, want.Pix) {
			t.Fatalf("%v, sigma %v: expected the same with a used scratch", m.Rect, sigma)
		}
	}
}

// premultiplied is a picture of noise.
func premultiplied(area image.Rectangle, seed uint64) *image.RGBA {
	random := rand.New(rand.NewPCG(seed, 0))
	img := image.NewRGBA(area)
	for i := 0; i < len(img.Pix); i += 4 {
		a := random.IntN(256)
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = byte(random.IntN(a+1)), byte(random.IntN(a+1)), byte(a), byte(a)
	}
	return img
}

func BenchmarkBlur(b *testing.B) {
	m := disc(image.Rect(0, 0, 560, 560), 280, 280, 200)
	var s mask.Scratch
	for _, sigma := range []float64{1, 2, 3, 6, 12, 40} {
		b.Run(fmt.Sprint("sigma=", sigma), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mask.Blur(m, sigma, &s)
			}
		})
	}
}

func BenchmarkBlurPicture(b *testing.B) {
	img := premultiplied(image.Rect(0, 0, 560, 560), 1)
	var s mask.Scratch
	for _, sigma := range []float64{2, 6, 12} {
		b.Run(fmt.Sprint("sigma=", sigma), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mask.BlurPicture(img, sigma, mask.Clamp, &s)
			}
		})
	}
}
