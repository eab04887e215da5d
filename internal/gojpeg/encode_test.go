package gojpeg_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"
	"testing"

	"github.com/adloom/adloom/internal/gojpeg"
	"github.com/adloom/adloom/internal/turbojpeg"
)

func encode(t testing.TB, img *image.RGBA, quality int, sub gojpeg.Subsampling) []byte {
	t.Helper()
	data, err := gojpeg.Encode(img, quality, sub)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var subsamplings = []gojpeg.Subsampling{gojpeg.Subsampling444, gojpeg.Subsampling422, gojpeg.Subsampling420}

// TestEncodeLikeLibrary wants the very file that libjpeg-turbo writes.
func TestEncodeLikeLibrary(t *testing.T) {
	t.Parallel()
	l := library(t)
	for _, size := range []image.Point{{1, 1}, {7, 3}, {8, 8}, {16, 16}, {17, 33}, {31, 18}, {333, 97}} {
		for _, quality := range []int{1, 30, 49, 50, 75, 85, 95, 100} {
			for _, sub := range subsamplings {
				img := photo(size.X, size.Y)
				want, err := l.Encode(img, quality, turbojpeg.Subsampling(sub))
				if err != nil {
					t.Fatal(err)
				}
				if got := encode(t, img, quality, sub); !bytes.Equal(got, want) {
					t.Errorf("%v, quality %d, subsampling %d: %d bytes, want %d", size, quality, sub, len(got), len(want))
				}
			}
		}
	}
}

// TestEncodeCatalog does the same with photos, and looks at what both decode to.
func TestEncodeCatalog(t *testing.T) {
	t.Parallel()
	l := library(t)
	for i, file := range sharedFiles(t, "catalog/images") {
		if i%24 > 0 {
			continue
		}
		img, err := gojpeg.Decode(read(t, file), 300, 300)
		if err != nil {
			t.Fatal(err)
		}
		want, err := l.Encode(img, 85, turbojpeg.Subsampling420)
		if err != nil {
			t.Fatal(err)
		}
		got := encode(t, img, 85, gojpeg.Subsampling420)
		if !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, want the %d of libjpeg-turbo", base(file), len(got), len(want))
		}
		ours, theirs := psnr(t, img, decode(t, got)), psnr(t, img, decode(t, want))
		if math.Abs(ours-theirs) > 0.3 {
			t.Errorf("%s: %.2f dB, want %.2f", base(file), ours, theirs)
		}
	}
}

func decode(t testing.TB, data []byte) *image.RGBA {
	t.Helper()
	img, err := gojpeg.Decode(data, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{1, 1}, {7, 3}, {16, 16}, {333, 97}, {640, 480}} {
		img := photo(size.X, size.Y)
		for _, sub := range subsamplings {
			data := encode(t, img, 92, sub)
			if db := psnr(t, img, decode(t, data)); db < 28 && size.X > 7 {
				t.Errorf("%v, subsampling %d: %.1f dB", size, sub, db)
			}
			// A decoder that has nothing in common with this one sees the same picture.
			other, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if ratio := other.(*image.YCbCr).SubsampleRatio; int(ratio) != int(sub) {
				t.Errorf("%v: subsampling %v, want %d", size, ratio, sub)
			}
			if db := psnr(t, img, toRGBA(other)); db < 28 && size.X > 7 {
				t.Errorf("%v, subsampling %d: image/jpeg sees %.1f dB", size, sub, db)
			}
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	t.Parallel()
	good := photo(8, 8)
	f := func(img *image.RGBA, quality int, sub gojpeg.Subsampling) {
		t.Helper()
		if data, err := gojpeg.Encode(img, quality, sub); err == nil {
			t.Errorf("%v, quality %d, subsampling %d: got %d bytes, want an error", img.Rect, quality, sub, len(data))
		}
	}
	f(&image.RGBA{}, 80, gojpeg.Subsampling420)
	f(&image.RGBA{Rect: image.Rect(0, 0, -1, 5)}, 80, gojpeg.Subsampling420)
	f(&image.RGBA{Rect: image.Rect(0, 0, 65501, 1), Stride: 4 * 65501, Pix: make([]byte, 4*65501)}, 80, gojpeg.Subsampling420)
	f(&image.RGBA{Rect: image.Rect(0, 0, 10000, 5001)}, 80, gojpeg.Subsampling420)
	f(&image.RGBA{Rect: good.Rect, Stride: good.Stride, Pix: good.Pix[:len(good.Pix)-1]}, 80, gojpeg.Subsampling420)
	f(&image.RGBA{Rect: good.Rect, Stride: good.Stride - 1, Pix: good.Pix}, 80, gojpeg.Subsampling420)
	f(good, 0, gojpeg.Subsampling420)
	f(good, 101, gojpeg.Subsampling420)
	f(good, 80, -1)
	f(good, 80, gojpeg.Subsampling420+1)
}

func TestEncodePart(t *testing.T) {
	t.Parallel()
	part := photo(100, 100).SubImage(image.Rect(30, 40, 71, 90)).(*image.RGBA)
	if !bytes.Equal(encode(t, part, 90, gojpeg.Subsampling420), encode(t, toRGBA(part), 90, gojpeg.Subsampling420)) {
		t.Error("a part of a picture and its copy give different bytes")
	}
}
