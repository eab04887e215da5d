package gojpeg_test

import (
	"errors"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/turbojpeg"
)

// sharedData stands beside the repository on machines that have the picture collection.
const sharedData = "../../../shared/data"

// sharedFiles gives the JPEG files below a folder of the collection, or skips the test.
func sharedFiles(t testing.TB, folder string) []string {
	t.Helper()
	files := glob(t, folder)
	if len(files) == 0 {
		t.Skipf("no picture collection at %s", sharedData)
	}
	return files
}

func glob(t testing.TB, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(sharedData, folder, "*.jp*g"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// library skips the test where libjpeg-turbo is not installed.
func library(t testing.TB) *turbojpeg.Library {
	t.Helper()
	l, err := turbojpeg.Load()
	if errors.Is(err, turbojpeg.ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// photo has soft gradients, a sharp edge and some noise.
func photo(width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	noise := uint32(1)
	for y := range height {
		for x := range width {
			noise = noise*1664525 + 1013904223
			n := uint8(noise >> 28)
			c := color.RGBA{uint8(240*x/width) + n, uint8(240*y/height) + n, uint8(128 + 100*math.Sin(float64(x+y)/20)), 255}
			if x > width/2 && y > height/3 {
				c.R = 255 - c.R
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// difference gives the mean and the largest one between two pictures of one size.
func difference(t testing.TB, a, b *image.RGBA) (mean float64, most int) {
	t.Helper()
	if a.Rect.Size() != b.Rect.Size() {
		t.Fatalf("sizes %v and %v", a.Rect.Size(), b.Rect.Size())
	}
	sum, w := 0, a.Rect.Dx()
	for y := range a.Rect.Dy() {
		for i, v := range a.Pix[y*a.Stride:][:4*w] {
			d := int(v) - int(b.Pix[y*b.Stride+i])
			d = max(d, -d)
			sum += d
			most = max(most, d)
		}
	}
	return float64(sum) / float64(4*w*a.Rect.Dy()), most
}

func psnr(t testing.TB, a, b *image.RGBA) float64 {
	t.Helper()
	if a.Rect.Size() != b.Rect.Size() {
		t.Fatalf("sizes %v and %v", a.Rect.Size(), b.Rect.Size())
	}
	sum := 0.0
	for y := range a.Rect.Dy() {
		for i, v := range a.Pix[y*a.Stride:][:4*a.Rect.Dx()] {
			d := float64(v) - float64(b.Pix[y*b.Stride+i])
			sum += d * d
		}
	}
	return 10 * math.Log10(255*255/(sum/float64(3*a.Rect.Dx()*a.Rect.Dy())+1e-9))
}

func base(file string) string { return strings.TrimPrefix(filepath.ToSlash(file), sharedData+"/") }
