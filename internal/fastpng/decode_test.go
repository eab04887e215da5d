package fastpng_test

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/fastpng"
)

const data = "../../../shared/data"

// Every type, depth, filter and size gives the pixels that image/png gives.
func TestMadeUp(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	depths := map[int][]int{0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
	for _, colour := range []int{0, 2, 3, 4, 6} {
		for _, depth := range depths[colour] {
			for filter := range 6 {
				for i := range 8 {
					s := shape{
						width: 1 + r.IntN(50), height: 1 + r.IntN(20), depth: depth, colour: colour, filter: filter,
						interlaced: i%3 == 0, transparent: i%2 == 0 && colour < 4, level: r.IntN(11) - 1, smooth: i%4 < 2,
					}
					if i%5 == 0 {
						s.pieces = 1 + r.IntN(30)
					}
					compare(t, fmt.Sprintf("%+v", s), s.encode(r), true)
				}
			}
		}
	}
}

// Pictures larger than the window, and rows larger than it.
func TestLarge(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for _, s := range []shape{
		{width: 400, height: 300, depth: 8, colour: 6, filter: 5, level: 6},
		{width: 500, height: 400, depth: 8, colour: 2, filter: 5, level: 6, smooth: true},
		{width: 30000, height: 3, depth: 16, colour: 6, filter: 5, level: 1, smooth: true},
		{width: 60000, height: 2, depth: 8, colour: 6, filter: 5, level: 0},
		{width: 1, height: 40000, depth: 8, colour: 6, filter: 5, level: 9, smooth: true},
		{width: 1500, height: 200, depth: 8, colour: 3, filter: 0, level: -2, smooth: true, interlaced: true},
	} {
		compare(t, fmt.Sprintf("%+v", s), s.encode(r), true)
	}
}

func TestSharedFiles(t *testing.T) {
	t.Parallel()
	names, _ := filepath.Glob(data + "/catalog/images/*.png")
	hostile, _ := filepath.Glob(data + "/hostile/*/*.png")
	if len(names) == 0 || len(hostile) == 0 {
		t.Skip("no pictures in " + data)
	}
	if raceEnabled { // which makes the comparison slow
		names = names[len(names)-2:]
	}
	for _, name := range append(names, hostile...) {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if c, err := png.DecodeConfig(bytes.NewReader(file)); err == nil && c.Width*c.Height > 1<<24 {
			continue // the caller's limits are for these
		}
		// What image/png refuses for what does not matter to pixels.
		whole := strings.Contains(name, "noend") || strings.Contains(name, "color-cmyk-icc/") || strings.Contains(name, "idat_after_image_end")
		got := compare(t, name, file, !whole)
		if whole && got == nil {
			t.Errorf("%s: expected the whole picture", name)
		}
	}
}

// compare decodes with both decoders. Where image/png decodes, so must Decode; where it does not, Decode must not
// either, if strict.
func compare(t *testing.T, name string, file []byte, strict bool) *image.RGBA {
	t.Helper()
	want, wantErr := png.Decode(bytes.NewReader(file))
	got, opaque, err := fastpng.Decode(file, garbage)
	if (err == nil) != (wantErr == nil) && (strict || err != nil) {
		t.Fatalf("%s: expected error %v; found %v", name, wantErr, err)
	}
	if err != nil {
		return nil
	}
	all := byte(255)
	for i := 3; i < len(got.Pix); i += 4 {
		all &= got.Pix[i]
	}
	if opaque != (all == 255) {
		t.Fatalf("%s: expected opaque %v; found %v", name, !opaque, opaque)
	}
	if wantErr == nil {
		if d := difference(got, want); d != "" {
			t.Fatalf("%s: %s", name, d)
		}
	}
	return got
}

func difference(got *image.RGBA, want image.Image) string {
	b := want.Bounds()
	if got.Rect != b {
		return fmt.Sprintf("expected bounds %v; found %v", b, got.Rect)
	}
	drawn := image.NewRGBA(b)
	draw.Draw(drawn, b, want, b.Min, draw.Src)
	for i, w := range drawn.Pix {
		if d := int(got.Pix[i]) - int(w); d < -1 || d > 1 || i%4 == 3 && d != 0 {
			at := i &^ 3
			return fmt.Sprintf("pixel %d: expected %v; found %v", i/4, drawn.Pix[at:at+4], got.Pix[at:at+4])
		}
	}
	return ""
}

// garbage is memory that was used before.
func garbage(n int) []byte {
	b := make([]byte, n+100)
	for i := range b {
		b[i] = 0xa5
	}
	return b
}
