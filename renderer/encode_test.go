package renderer_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	imagedraw "image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"testing"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/internal/libwebp"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// webp is the machine's codec.
type webp struct{ *libwebp.Library }

func (c webp) Decode(data []byte, width, height int, alloc func(int) []byte) (*image.RGBA, error) {
	return c.DecodeInto(data, width, height, alloc)
}

// webpEngine skips the test where the library is not installed.
func webpEngine(t testing.TB) (*renderer.Engine, *libwebp.Library) {
	t.Helper()
	l, err := libwebp.Load()
	if errors.Is(err, libwebp.ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return renderer.New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), renderer.Codecs{WebP: webp{l}}, renderer.DefaultBudgets()), l
}

// ad is waves like a photo's, with a band of flat colour and a row of strokes on it. With a translucency of 1 or more it
// fades out to the right.
func ad(width, height int, strokes color.RGBA, translucency int) *image.RGBA {
	img := image.NewRGBA(image.Rect(-7, 5, width-7, height+5))
	seed := uint32(1)
	for y := range height {
		for x := range width {
			seed = seed*1664525 + 1013904223
			level := func(a, b float64) int {
				return min(max(128+int(110*math.Sin(a*float64(x)+b*float64(y)))+int(seed>>28)-8, 0), 255)
			}
			c := [3]int{level(.011, .007), level(.013, -.009), level(.006, .017)}
			if y < height/4 {
				c = [3]int{255, 250, 240}
				if x%16 < 3 && y > 8 && y < height/4-8 {
					c = [3]int{int(strokes.R), int(strokes.G), int(strokes.B)}
				}
			}
			a := 255 - min(translucency*x*255/width, 255)
			img.SetRGBA(x-7, y+5, color.RGBA{uint8(c[0] * a / 255), uint8(c[1] * a / 255), uint8(c[2] * a / 255), uint8(a)})
		}
	}
	return img
}

var (
	redInk   = color.RGBA{0xc1, 0x27, 0x2d, 255}
	blackInk = color.RGBA{0, 0, 0, 255}
)

// psnr is in dB over all channels.
func psnr(a, b *image.RGBA) float64 {
	sum, n := 0.0, 0
	for y := range a.Rect.Dy() {
		for x := range 4 * a.Rect.Dx() {
			d := float64(a.Pix[y*a.Stride+x]) - float64(b.Pix[y*b.Stride+x])
			sum += d * d
			n++
		}
	}
	return 10 * math.Log10(255*255/(sum/float64(n)+1e-9))
}

func rgba(img image.Image) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	imagedraw.Draw(out, out.Rect, img, img.Bounds().Min, imagedraw.Src)
	return out
}

func encode(t testing.TB, e *renderer.Engine, img *image.RGBA, format templates.Format, out templates.Output) []byte {
	t.Helper()
	data, err := e.Encode(t.Context(), &renderer.Result{Image: img}, format, out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEncodeJPEG(t *testing.T) {
	t.Parallel()
	e := engine()
	f := func(img *image.RGBA, sub templates.Subsampling, want image.YCbCrSubsampleRatio) {
		t.Helper()
		before := bytes.Clone(img.Pix)
		data := encode(t, e, img, templates.JPEG, templates.Output{Quality: 90, Subsampling: sub})
		if !bytes.Equal(before, img.Pix) {
			t.Error("the picture has changed")
		}
		decoded, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if got := decoded.(*image.YCbCr).SubsampleRatio; got != want {
			t.Errorf("%q: subsampling %v, want %v", sub, got, want)
		}
		flat := image.NewRGBA(img.Rect)
		imagedraw.Draw(flat, flat.Rect, image.White, image.Point{}, imagedraw.Src)
		imagedraw.Draw(flat, flat.Rect, img, img.Rect.Min, imagedraw.Over)
		if db := psnr(flat, rgba(decoded)); db < 31 {
			t.Errorf("%q: %.1f dB from the picture", sub, db)
		}
	}
	f(ad(400, 300, redInk, 0), templates.SubsamplingAuto, image.YCbCrSubsampleRatio444)
	f(ad(400, 300, redInk, 0), "", image.YCbCrSubsampleRatio444)
	f(ad(400, 300, blackInk, 0), templates.SubsamplingAuto, image.YCbCrSubsampleRatio420)
	f(ad(400, 300, redInk, 0), templates.SubsamplingHalf, image.YCbCrSubsampleRatio420)
	f(ad(400, 300, blackInk, 0), templates.SubsamplingFull, image.YCbCrSubsampleRatio444)
	f(ad(400, 300, blackInk, 1), templates.SubsamplingAuto, image.YCbCrSubsampleRatio420)
}

func TestEncodePNGIsExact(t *testing.T) {
	t.Parallel()
	few := ad(64, 48, redInk, 0).SubImage(image.Rect(0, 5, 50, 15)).(*image.RGBA)
	for _, img := range []*image.RGBA{ad(301, 200, redInk, 0), ad(301, 200, redInk, 1), few, image.NewRGBA(image.Rect(0, 0, 9, 9))} {
		data := encode(t, engine(), img, templates.PNG, templates.Output{})
		decoded, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if _, indexed := decoded.(*image.Paletted); indexed != (img.Rect.Dx() < 100) {
			t.Errorf("%v: got a palette: %t", img.Rect, indexed)
		}
		for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
			for x := img.Rect.Min.X; x < img.Rect.Max.X; x++ {
				c := color.NRGBAModel.Convert(decoded.At(x-img.Rect.Min.X, y-img.Rect.Min.Y)).(color.NRGBA)
				level := func(v uint8) uint8 { return uint8((int(v)*int(c.A) + 127) / 255) }
				if got, want := (color.RGBA{level(c.R), level(c.G), level(c.B), c.A}), img.RGBAAt(x, y); got != want {
					t.Fatalf("%v: %d,%d is %v, want %v", img.Rect, x, y, got, want)
				}
			}
		}
	}
}

func TestEncodeWebP(t *testing.T) {
	t.Parallel()
	e, l := webpEngine(t)
	if err := e.CanEncode(templates.WebP); err != nil {
		t.Error(err)
	}
	for _, img := range []*image.RGBA{ad(301, 200, blackInk, 0), ad(301, 200, redInk, 1)} {
		exact, err := l.Decode(encode(t, e, img, templates.WebP, templates.Output{Lossless: true}), 0, 0)
		if err != nil || psnr(img, exact) < 90 {
			t.Errorf("lossless: %v, not the same picture", err)
		}
		near, err := l.Decode(encode(t, e, img, templates.WebP, templates.Output{Quality: 90}), 0, 0)
		if err != nil || psnr(img, near) < 28 {
			t.Errorf("lossy: %v, %.1f dB from the picture", err, psnr(img, near))
		}
	}
}

func TestMaxBytes(t *testing.T) {
	t.Parallel()
	e, _ := webpEngine(t)
	img := ad(400, 300, redInk, 0)
	for _, format := range []templates.Format{templates.JPEG, templates.WebP} {
		whole, least := len(encode(t, e, img, format, templates.Output{Quality: 90})), len(encode(t, e, img, format, templates.Output{Quality: 30}))
		for _, most := range []int{whole, (whole + least) / 2, least + 100, least} {
			data := encode(t, e, img, format, templates.Output{Quality: 90, MaxBytes: most})
			if len(data) > most || len(data) < most*4/5 {
				t.Errorf("%s: %d bytes, want at most %d and not much less", format, len(data), most)
			}
		}
		_, err := e.Encode(t.Context(), &renderer.Result{Image: img}, format, templates.Output{Quality: 90, MaxBytes: least - 1})
		var large *renderer.TooLargeError
		if !errors.As(err, &large) || large.Bytes != least || large.Max != least-1 || large.Format != format || large.Lossless {
			t.Errorf("%s: got %v, want a TooLargeError of %d bytes", format, err, least)
		}
	}
	for _, format := range []templates.Format{templates.PNG, templates.WebP} {
		_, err := e.Encode(t.Context(), &renderer.Result{Image: img}, format, templates.Output{Lossless: true, MaxBytes: 1000})
		var large *renderer.TooLargeError
		if !errors.As(err, &large) || !large.Lossless || large.Bytes <= 1000 {
			t.Errorf("%s: got %v, want a TooLargeError", format, err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	e, _ := webpEngine(b)
	for name, img := range map[string]*image.RGBA{"opaque": ad(1200, 628, redInk, 0), "translucent": ad(1200, 628, redInk, 1)} {
		for _, c := range []struct {
			format templates.Format
			out    templates.Output
		}{
			{templates.JPEG, templates.Output{Quality: 85}},
			{templates.JPEG, templates.Output{Quality: 85, Subsampling: templates.SubsamplingHalf}},
			{templates.PNG, templates.Output{}},
			{templates.WebP, templates.Output{Quality: 85}},
			{templates.WebP, templates.Output{Lossless: true}},
		} {
			b.Run(fmt.Sprintf("%s %s %s lossless %t", name, c.format, c.out.Subsampling, c.out.Lossless), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					b.ReportMetric(float64(len(encode(b, e, img, c.format, c.out))), "bytes")
				}
			})
		}
	}
}
