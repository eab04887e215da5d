package turbojpeg_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/adloom/adloom/internal/turbojpeg"
)

func decoder(t testing.TB) *turbojpeg.Decoder {
	t.Helper()
	d, err := load(t).NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

// gray is a file with luma only.
func gray(t testing.TB, width, height int) []byte {
	t.Helper()
	from, img := picture(width, height), image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.Set(x, y, from.At(x, y))
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A decoder that has nothing in common with the library finds the same samples, but for how it rounds its DCT.
func TestPlanes(t *testing.T) {
	t.Parallel()
	l, d := load(t), decoder(t)
	f := func(data []byte, share image.Point) {
		t.Helper()
		got, err := d.DecodePlanes(data, 0, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		size := img.Bounds().Size()
		if got.Width != size.X || got.Height != size.Y || got.Shared != share {
			t.Fatalf("expected %v with %v; found %d x %d with %v", size, share, got.Width, got.Height, got.Shared)
		}
		same := func(name string, p turbojpeg.Plane, want []uint8, stride int) {
			t.Helper()
			for y := range p.Height {
				for x := range p.Width {
					if v, w := p.Pix[y*p.Stride+x], want[y*stride+x]; diff(v, w) > 2 {
						t.Fatalf("%v, %s at %d,%d: expected about %d; found %d", size, name, x, y, w, v)
					}
				}
			}
		}
		switch img := img.(type) {
		case *image.Gray:
			same("Y", got.Y, img.Pix, img.Stride)
			if len(got.Cb.Pix)+len(got.Cr.Pix) > 0 {
				t.Errorf("gray: expected no chroma; found %d samples", len(got.Cb.Pix))
			}
		case *image.YCbCr:
			same("Y", got.Y, img.Y, img.YStride)
			same("Cb", got.Cb, img.Cb, img.CStride)
			same("Cr", got.Cr, img.Cr, img.CStride)
		}
	}
	for _, size := range []image.Point{{1, 1}, {2, 1}, {7, 3}, {16, 16}, {17, 33}, {333, 97}} {
		img := picture(size.X, size.Y)
		f(encode(t, l, img, 92, turbojpeg.Subsampling444), image.Pt(1, 1))
		f(encode(t, l, img, 92, turbojpeg.Subsampling422), image.Pt(2, 1))
		f(encode(t, l, img, 92, turbojpeg.Subsampling420), image.Pt(2, 2))
		f(gray(t, size.X, size.Y), image.Point{})
	}
}

// Where planes come at a scale at all, they are as large as the RGBA would be and show the same.
func TestPlanesScaled(t *testing.T) {
	t.Parallel()
	l, d := load(t), decoder(t)
	d.FastScales = true
	sub444, sub420 := encode(t, l, picture(801, 600), 90, turbojpeg.Subsampling444), encode(t, l, picture(801, 600), 90, turbojpeg.Subsampling420)
	for _, width := range []int{1, 101, 102, 300, 400, 401, 402, 801} {
		rgba, err := d.Decode(sub444, width, 0)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string][]byte{"4:4:4": sub444, "gray": gray(t, 801, 600)} {
			p, err := d.DecodePlanes(data, width, 0, nil)
			if err != nil || image.Pt(p.Width, p.Height) != rgba.Rect.Size() {
				t.Fatalf("%s, at least %d: expected %v; found %d x %d, %v", name, width, rgba.Rect.Size(), p.Width, p.Height, err)
			}
			for _, at := range []image.Point{{0, 0}, {p.Width / 3, p.Height / 4}, {p.Width - 1, p.Height - 1}} {
				px := rgba.RGBAAt(at.X, at.Y)
				y, cb, cr := color.RGBToYCbCr(px.R, px.G, px.B)
				if diff(p.Y.Pix[at.Y*p.Y.Stride+at.X], y) > 8 {
					t.Errorf("%s, at least %d, luma at %v: expected about %d", name, width, at, y)
				}
				if name == "gray" {
					continue
				}
				if diff(p.Cb.Pix[at.Y*p.Cb.Stride+at.X], cb) > 2 || diff(p.Cr.Pix[at.Y*p.Cr.Stride+at.X], cr) > 2 {
					t.Errorf("%s, at least %d, chroma at %v: expected about %d, %d", name, width, at, cb, cr)
				}
			}
		}
		p, err := d.DecodePlanes(sub420, width, 0, func(int) []byte {
			if width <= 401 {
				t.Errorf("4:2:0, at least %d: expected no memory to be asked for", width)
			}
			return nil
		})
		if width <= 401 && !errors.Is(err, turbojpeg.ErrScaled) || width > 401 && (err != nil || p.Width != 801) {
			t.Errorf("4:2:0, at least %d: found %d samples, %v", width, p.Width, err)
		}
	}
}

func TestPlanesInto(t *testing.T) {
	t.Parallel()
	d := decoder(t)
	data := encode(t, load(t), picture(63, 41), 90, turbojpeg.Subsampling420)
	const size = 64*42 + 2*32*21 // luma up to the edge of chroma
	pix := make([]byte, 0, size)
	p, err := d.DecodePlanes(data, 0, 0, func(bytes int) []byte {
		if bytes != size {
			t.Errorf("expected to be asked for %d bytes; found %d", size, bytes)
		}
		return pix
	})
	if err != nil || &p.Y.Pix[0] != &pix[:1][0] || &p.Cr.Pix[32*21-1] != &pix[:size][size-1] {
		t.Errorf("expected the planes in the given memory; %v", err)
	}
	if p, err = d.DecodePlanes(data, 0, 0, func(int) []byte { return pix[: 0 : size-1] }); err != nil || len(p.Cr.Pix) != 32*21 {
		t.Errorf("memory too short: %v", err)
	}
	d.Close()
	if _, err := d.DecodePlanes(data, 0, 0, nil); !errors.Is(err, turbojpeg.ErrClosed) {
		t.Errorf("expected ErrClosed; found %v", err)
	}
}

// A file that DecodeInto finds anything wrong with gives an error and no planes, and the handle serves the next one.
func TestPlanesOfCorruptData(t *testing.T) {
	t.Parallel()
	l, d := load(t), decoder(t)
	for _, sub := range []turbojpeg.Subsampling{turbojpeg.Subsampling444, turbojpeg.Subsampling420} {
		whole := encode(t, l, picture(64, 48), 80, sub)
		want, err := d.DecodePlanes(whole, 0, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		check := func(what string, data []byte) {
			t.Helper()
			_, rgbaErr := l.Decode(data, 0, 0)
			p, err := d.DecodePlanes(data, 0, 0, nil)
			if err != nil && p.Y.Pix != nil || (err == nil) != (rgbaErr == nil) && !errors.Is(err, turbojpeg.ErrUnsupported) {
				t.Errorf("%s: %d samples with %v, while RGBA had %v", what, len(p.Y.Pix), err, rgbaErr)
			}
			for _, known := range []error{turbojpeg.ErrCorrupt, turbojpeg.ErrDamaged, turbojpeg.ErrTooLarge, turbojpeg.ErrUnsupported} {
				if err == nil || errors.Is(err, known) {
					return
				}
			}
			t.Errorf("%s: expected a known error; found %v", what, err)
		}
		for n := 0; n < len(whole); n += 3 {
			check(fmt.Sprintf("first %d bytes", n), whole[:n:n])
		}
		random := rand.New(rand.NewPCG(1, 2))
		for i := range 500 {
			data := bytes.Clone(whole)
			for range 1 + i%8 {
				data[random.IntN(len(data))] = byte(random.IntN(256))
			}
			check(fmt.Sprintf("random change %d", i), data)
		}
		if got, err := d.DecodePlanes(whole, 0, 0, nil); err != nil || !bytes.Equal(got.Cr.Pix, want.Cr.Pix) || !bytes.Equal(got.Y.Pix, want.Y.Pix) {
			t.Errorf("the picture after them: %v", err)
		}
		if _, err := d.DecodePlanes(patchSize(t, whole, 7072, 7072), 0, 0, nil); !errors.Is(err, turbojpeg.ErrTooLarge) {
			t.Errorf("expected ErrTooLarge; found %v", err)
		}
	}
}

// BenchmarkPlanes compares the two ways to decode photos of the catalog, where it is at hand.
func BenchmarkPlanes(b *testing.B) {
	files, _ := filepath.Glob("/work/shared/data/catalog/images/*.jpg")
	d := decoder(b)
	memory := make([]byte, 64<<20)
	alloc := func(n int) []byte { return memory[:n] }
	for i := 0; i < len(files); i += 1 + len(files)/8 {
		data, err := os.ReadFile(files[i])
		if err != nil {
			b.Fatal(err)
		}
		p, err := d.DecodePlanes(data, 0, 0, alloc)
		if err != nil {
			continue
		}
		name := fmt.Sprintf("%dx%d shared %v/", p.Width, p.Height, p.Shared)
		b.Run(name+"planes", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = d.DecodePlanes(data, 0, 0, alloc)
			}
		})
		b.Run(name+"rgba", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = d.DecodeInto(data, 0, 0, alloc)
			}
		})
		if _, err := d.DecodePlanes(data, 1, 1, alloc); !errors.Is(err, turbojpeg.ErrScaled) {
			continue
		}
		b.Run(name+"refused", func(b *testing.B) {
			for b.Loop() {
				_, _ = d.DecodePlanes(data, 1, 1, alloc)
			}
		})
	}
}
