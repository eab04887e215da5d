package blend

import (
	"bytes"
	"image"
	"math/rand/v2"
	"os"
	"regexp"
	"testing"

	"golang.org/x/sys/cpu"
)

// The vector path and its portable twin give the same bytes, and write nothing beyond a row.

func TestTwin(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 70 {
		for range 20 {
			compareTwins(t, n, r.Uint64(), uint8(r.Uint32()))
		}
	}
	for _, opacity := range []uint8{0, 1, 127, 128, 254, 255} {
		compareTwins(t, 333, 5, opacity)
	}
}

// The generator's register allocator knows more registers than AVX2 has, and takes them where 16 are too few.
func TestRegisters(t *testing.T) {
	t.Parallel()
	code, err := os.ReadFile("kernels_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	if found := regexp.MustCompile(`\b[XYZ](1[6-9]|2[0-9]|3[01])\b|\bZ[0-9]\b`).Find(code); found != nil {
		t.Errorf("expected the registers of AVX2; found %s", found)
	}
}

func FuzzTwin(f *testing.F) {
	f.Add(uint16(9), uint64(1), uint8(255))
	f.Add(uint16(31), uint64(2), uint8(7))
	f.Fuzz(func(t *testing.T, n uint16, seed uint64, opacity uint8) {
		compareTwins(t, int(n%2000), seed, opacity)
	})
}

func compareTwins(t *testing.T, n int, seed uint64, opacity uint8) {
	t.Helper()
	if !cpu.X86.HasAVX2 {
		t.Skip("no vector path here")
	}
	const margin = 9 // pixels around the row that must stay as they are
	bounds := image.Rect(0, 0, n+2*margin, 1)
	for k := range kinds {
		dst := noise(bounds, kind((seed>>8)%uint64(kinds)), seed)
		src := row(noise(bounds, k, seed+1), 0, margin, margin+n)
		mask := coverage(glyphs(bounds, seed+2), 0, margin, margin+n)
		c := uint32(seed >> 16)
		for _, twin := range []struct {
			name             string
			vector, portable func(px []uint8)
		}{
			{"over", func(px []uint8) { overRow(px, src) }, func(px []uint8) { overPortable(px, src) }},
			{"overFaded", func(px []uint8) { overFadedRow(px, src, opacity) }, func(px []uint8) { overFadedPortable(px, src, opacity) }},
			{"overMasked", func(px []uint8) { overMaskedRow(px, src, mask) }, func(px []uint8) { overMaskedPortable(px, src, mask) }},
			{"tint", func(px []uint8) { tintRow(px, mask, c) }, func(px []uint8) { tintPortable(px, mask, c) }},
			{"tint opaque", func(px []uint8) { tintRow(px, mask, c|0xff<<24) }, func(px []uint8) { tintPortable(px, mask, c|0xff<<24) }},
			{"flatten", func(px []uint8) { flattenRow(px, c) }, func(px []uint8) { flattenPortable(px, c) }},
			{"fade", func(px []uint8) { fadeRow(px, opacity) }, func(px []uint8) { fadePortable(px, opacity) }},
			{"mask", func(px []uint8) { maskRow(px, mask) }, func(px []uint8) { maskPortable(px, mask) }},
			{"crossfade", func(px []uint8) { crossfadeRow(px, src, opacity) }, func(px []uint8) { crossfadePortable(px, src, opacity) }},
			{"over itself", func(px []uint8) { overRow(px, px) }, func(px []uint8) { overPortable(px, px) }},
		} {
			got, want := clone(dst), clone(dst)
			twin.vector(row(got, 0, margin, margin+n))
			twin.portable(row(want, 0, margin, margin+n))
			if !bytes.Equal(got.Pix, want.Pix) {
				t.Fatalf("%s of %d pixels, kind %d, opacity %d, seed %d:\nexpected %v\nfound    %v", twin.name, n, k, opacity, seed, want.Pix, got.Pix)
			}
		}
		for f := over + 1; f <= luminosity; f++ {
			got, want := clone(dst), clone(dst)
			in, out := row(got, 0, margin, margin+n), row(want, 0, margin, margin+n)
			f.blend(in, in, src)
			f.blendPortable(out, out, src)
			if !bytes.Equal(got.Pix, want.Pix) {
				t.Fatalf("formula %d of %d pixels, kind %d, seed %d:\nexpected %v\nfound    %v", f, n, k, seed, want.Pix, got.Pix)
			}
		}
	}
}
