package libwebp_test

import (
	"image"
	"image/color"
	"testing"

	"github.com/adloom/adloom/internal/libwebp"
)

// farthest is the largest difference of any channel of any pixel.
func farthest(t testing.TB, a, b *image.RGBA) int {
	t.Helper()
	if a.Rect != b.Rect {
		t.Fatalf("sizes %v and %v", a.Rect, b.Rect)
	}
	most := 0
	for i := range a.Pix {
		most = max(most, diff(a.Pix[i], b.Pix[i]))
	}
	return most
}

// The two decoders have nothing in common but the format, and see the same picture.
func TestPureDecodeAgreesWithTheLibrary(t *testing.T) {
	t.Parallel()
	l := load(t)
	f := func(name string, data []byte, levels int) {
		t.Helper()
		want, err := l.Decode(data, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		got, err := libwebp.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		if most := farthest(t, got, want); most > levels {
			t.Errorf("%s: up to %d levels apart, want at most %d", name, most, levels)
		}
	}
	for _, size := range []image.Point{{1, 1}, {2, 1}, {7, 3}, {16, 16}, {333, 97}} {
		f("lossy", encode(t, l, picture(size.X, size.Y), 80), 1)
		f("lossless", encodeLossless(t, l, picture(size.X, size.Y)), 0)
	}
	f("lossy, see-through", encode(t, l, cutOut(61, 50), 80), 1)
	f("lossless, see-through", encodeLossless(t, l, cutOut(61, 50)), 0)
}

// White stays white: a reader that takes video levels for those of JPEG makes it grey.
func TestVideoLevels(t *testing.T) {
	t.Parallel()
	l := load(t)
	for _, want := range []color.RGBA{{255, 255, 255, 255}, {0, 0, 0, 255}, {255, 0, 0, 255}, {18, 130, 240, 255}} {
		img := image.NewRGBA(image.Rect(0, 0, 16, 16))
		for i := 0; i < len(img.Pix); i += 4 {
			copy(img.Pix[i:], []byte{want.R, want.G, want.B, want.A})
		}
		got, err := libwebp.Decode(encode(t, l, img, 100))
		if err != nil {
			t.Fatal(err)
		}
		if c := got.RGBAAt(8, 8); max(diff(c.R, want.R), diff(c.G, want.G), diff(c.B, want.B)) > 2 {
			t.Errorf("got %v, want %v", c, want)
		}
	}
}
