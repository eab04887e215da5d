package icc_test

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"testing"

	"github.com/adloom/adloom/internal/icc"
)

func TestPress(t *testing.T) {
	t.Parallel()
	tr := icc.Press()
	f := func(name string, src [4]byte, want rgb, levels int) {
		t.Helper()
		dst := make([]byte, 4)
		if err := tr.CMYK(dst, src[:]); err != nil {
			t.Fatal(err)
		}
		if apart(rgb(dst), want) > levels || dst[3] != 255 {
			t.Errorf("%s: %v became %v, want %v", name, src, dst, want)
		}
	}
	f("paper", [4]byte{}, rgb{255, 255, 255}, 0)
	f("all inks", [4]byte{255, 255, 255, 255}, rgb{0, 0, 0}, 1)
	// What a profile for such a press says.
	f("cyan", [4]byte{255, 0, 0, 0}, rgb{0, 174, 239}, 20)
	f("magenta", [4]byte{0, 255, 0, 0}, rgb{236, 0, 140}, 20)
	f("yellow", [4]byte{0, 0, 255, 0}, rgb{255, 242, 0}, 8)
	f("black", [4]byte{0, 0, 0, 255}, rgb{35, 31, 32}, 10)
	f("blue", [4]byte{255, 255, 0, 0}, rgb{46, 49, 146}, 20)
	f("gray of three inks", [4]byte{128, 100, 100, 0}, rgb{139, 144, 146}, 25)
	f("half black", [4]byte{0, 0, 0, 128}, rgb{147, 149, 152}, 25)
}

// TestPressOnPhoto compares with what libvips measured, where the collection is at hand.
func TestPressOnPhoto(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join(hostile, "color-cmyk-icc/go__video-001.cmyk.jpeg"))
	if err != nil {
		t.Skip("no hostile pictures at hand")
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	cmyk := img.(*image.CMYK)
	pix := make([]byte, len(cmyk.Pix))
	if err := icc.Press().CMYK(pix, cmyk.Pix); err != nil {
		t.Fatal(err)
	}
	for c, want := range []float64{108.7, 63.4, 49.5} {
		sum := 0.0
		for i := c; i < len(pix); i += 4 {
			sum += float64(pix[i])
		}
		if mean := sum / float64(len(pix)/4); mean < want-6 || mean > want+6 {
			t.Errorf("channel %d is %.1f, want %.1f", c, mean, want)
		}
	}
}
