package turbojpeg_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"os"
	"sync"
	"testing"

	"github.com/adloom/adloom/internal/turbojpeg"
)

// load skips the test where the library is not installed.
func load(t testing.TB) *turbojpeg.Library {
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

// picture has soft gradients and one sharp edge.
func picture(width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{uint8(255 * x / width), uint8(255 * y / height), uint8(128 + 100*math.Sin(float64(x+y)/40)), 255}
			if x > width/2 && y > height/2 {
				c.R = 255 - c.R
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// psnr is in dB over red, green and blue.
func psnr(t testing.TB, a, b *image.RGBA) float64 {
	t.Helper()
	if a.Rect.Size() != b.Rect.Size() {
		t.Fatalf("sizes %v and %v", a.Rect.Size(), b.Rect.Size())
	}
	sum, n := 0.0, 0
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			p, q := a.RGBAAt(a.Rect.Min.X+x, a.Rect.Min.Y+y), b.RGBAAt(b.Rect.Min.X+x, b.Rect.Min.Y+y)
			for _, d := range []int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
				sum += float64(d * d)
				n++
			}
		}
	}
	return 10 * math.Log10(255*255/(sum/float64(n)+1e-9))
}

func encode(t testing.TB, l *turbojpeg.Library, img *image.RGBA, quality int, sub turbojpeg.Subsampling) []byte {
	t.Helper()
	data, err := l.Encode(img, quality, sub)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func toRGBA(img image.Image) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}

func TestLibrary(t *testing.T) {
	t.Parallel()
	l := load(t)
	if _, err := os.Stat(l.Path()); err != nil {
		t.Errorf("path: %v", err)
	}
	if v := l.Version(); len(v) < 3 || v[1] != '.' {
		t.Errorf("version %q", v)
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	l := load(t)
	for _, size := range []image.Point{{1, 1}, {7, 3}, {16, 16}, {333, 97}, {640, 480}} {
		img := picture(size.X, size.Y)
		for sub, least := range map[turbojpeg.Subsampling]float64{turbojpeg.Subsampling444: 38, turbojpeg.Subsampling422: 30, turbojpeg.Subsampling420: 30} {
			data := encode(t, l, img, 92, sub)
			got, err := l.Decode(data, 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			if db := psnr(t, img, got); db < least && size.X > 7 {
				t.Errorf("%v, subsampling %d: %.1f dB, want at least %.0f", size, sub, db, least)
			}
			if !got.Opaque() {
				t.Errorf("%v: not opaque", size)
			}
			// A decoder that has nothing in common with the library sees the same picture.
			other, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if ratio := other.(*image.YCbCr).SubsampleRatio; int(ratio) != int(sub) {
				t.Errorf("%v: subsampling %v, want %d", size, ratio, sub)
			}
			if db := psnr(t, toRGBA(other), got); db < 30 && size.X > 7 {
				t.Errorf("%v, subsampling %d: %.1f dB from image/jpeg", size, sub, db)
			}
		}
	}
}

func TestQualityCostsBytes(t *testing.T) {
	t.Parallel()
	l := load(t)
	last := 0
	for _, quality := range []int{1, 30, 60, 90, 100} {
		n := len(encode(t, l, picture(200, 200), quality, turbojpeg.Subsampling420))
		if n <= last {
			t.Errorf("quality %d: %d bytes, less quality took %d", quality, n, last)
		}
		last = n
	}
}

func TestScaledSizes(t *testing.T) {
	t.Parallel()
	l := load(t)
	data := encode(t, l, picture(801, 600), 90, turbojpeg.Subsampling420)
	f := func(minWidth, minHeight, width, height int) {
		t.Helper()
		got, err := l.Decode(data, minWidth, minHeight)
		if err != nil {
			t.Fatal(err)
		}
		if got.Rect != image.Rect(0, 0, width, height) {
			t.Errorf("at least %d x %d: got %v, want %d x %d", minWidth, minHeight, got.Rect, width, height)
		}
		// The scaled picture shows the same thing: compare it with the full one at its own points.
		full := picture(801, 600)
		at := func(x, y int) color.RGBA { return full.RGBAAt((2*x+1)*801/(2*width), (2*y+1)*600/(2*height)) }
		for _, p := range []image.Point{{width / 4, height / 4}, {width / 8, height * 3 / 4}} {
			want, have := at(p.X, p.Y), got.RGBAAt(p.X, p.Y)
			if max(diff(want.R, have.R), diff(want.G, have.G), diff(want.B, have.B)) > 12 {
				t.Errorf("at least %d x %d: at %v got %v, want about %v", minWidth, minHeight, p, have, want)
			}
		}
	}
	f(0, 0, 801, 600)
	f(1, 1, 101, 75)
	f(102, 1, 201, 150)
	f(201, 150, 201, 150)
	f(202, 0, 301, 225)
	f(0, 300, 401, 300)
	f(402, 300, 501, 375)
	f(0, 450, 601, 450)
	f(0, 525, 701, 525)
	f(800, 600, 801, 600)
	f(4000, 4000, 801, 600)
}

func TestFastScales(t *testing.T) {
	t.Parallel()
	l := load(t)
	data := encode(t, l, picture(800, 600), 90, turbojpeg.Subsampling420)
	d, err := l.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	d.FastScales = true
	for minWidth, want := range map[int]int{1: 100, 101: 200, 201: 400, 400: 400, 401: 800, 0: 800} {
		if img, err := d.Decode(data, minWidth, 0); err != nil || img.Rect.Dx() != want {
			t.Errorf("at least %d: got %v, %v, want %d", minWidth, img.Rect, err, want)
		}
	}
}

func diff(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

func TestEncodeRefuses(t *testing.T) {
	t.Parallel()
	l := load(t)
	good := picture(8, 8)
	f := func(img *image.RGBA, quality int, sub turbojpeg.Subsampling) {
		t.Helper()
		if data, err := l.Encode(img, quality, sub); err == nil {
			t.Errorf("%v, quality %d, subsampling %d: got %d bytes, want an error", img.Rect, quality, sub, len(data))
		}
	}
	f(&image.RGBA{}, 80, turbojpeg.Subsampling420)
	f(&image.RGBA{Rect: image.Rect(0, 0, -1, 5)}, 80, turbojpeg.Subsampling420)
	f(&image.RGBA{Rect: image.Rect(0, 0, 65501, 1), Stride: 4 * 65501, Pix: make([]byte, 4*65501)}, 80, turbojpeg.Subsampling420)
	f(&image.RGBA{Rect: good.Rect, Stride: good.Stride, Pix: good.Pix[:len(good.Pix)-1]}, 80, turbojpeg.Subsampling420)
	f(&image.RGBA{Rect: good.Rect, Stride: good.Stride - 1, Pix: good.Pix}, 80, turbojpeg.Subsampling420)
	f(&image.RGBA{Rect: image.Rect(0, 0, 8, 1), Stride: math.MaxInt32 + 1, Pix: good.Pix}, 80, turbojpeg.Subsampling420)
	f(good, 0, turbojpeg.Subsampling420)
	f(good, 101, turbojpeg.Subsampling420)
	f(good, 80, -1)
	f(good, 80, turbojpeg.Subsampling420+1)
}

// A progressive file holds the same coefficients in another order, so it decodes to the same pixels.
func TestProgressive(t *testing.T) {
	t.Parallel()
	l := load(t)
	img := picture(333, 97)
	for _, sub := range []turbojpeg.Subsampling{turbojpeg.Subsampling444, turbojpeg.Subsampling420} {
		e, err := l.NewEncoder()
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		var decoded [2]*image.RGBA
		for i, progressive := range []bool{false, true} {
			e.Progressive = progressive
			data, err := e.Encode(img, 85, sub)
			if err != nil {
				t.Fatal(err)
			}
			if got := bytes.Contains(data, []byte{0xFF, 0xC2, 0x00, 0x11}); got != progressive {
				t.Errorf("progressive %t: got a file that is: %t", progressive, got)
			}
			if cap(data) != len(data) {
				t.Errorf("progressive %t: %d bytes in memory for %d", progressive, len(data), cap(data))
			}
			if decoded[i], err = l.Decode(data, 0, 0); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(decoded[0].Pix, decoded[1].Pix) {
			t.Errorf("subsampling %d: baseline and progressive are different pictures", sub)
		}
		e.Progressive = false
		if data, err := e.Encode(img, 85, sub); err != nil || !bytes.Equal(data, encode(t, l, img, 85, sub)) {
			t.Errorf("subsampling %d: a baseline file after a progressive one is not that of a new handle, %v", sub, err)
		}
	}
}

// Calls leave nothing behind for the garbage collector but what they return and their arguments, some bytes each.
func TestAllocations(t *testing.T) {
	l := load(t)
	img := picture(64, 64)
	e, err := l.NewEncoder()
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	d, err := l.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	data := encode(t, l, img, 85, turbojpeg.Subsampling420)
	pix := make([]byte, len(img.Pix))
	alloc := func(int) []byte { return pix }
	// Under the race detector sync.Pool, which purego calls through, drops some of what it is given.
	if n := testing.AllocsPerRun(50, func() { _, _ = e.Encode(img, 85, turbojpeg.Subsampling420) }); n > 4 {
		t.Errorf("encode: %v allocations, want 3: the bytes and the arguments of two calls", n)
	}
	if n := testing.AllocsPerRun(50, func() { _, _ = d.DecodeInto(data, 0, 0, alloc) }); n > 6 {
		t.Errorf("decode: %v allocations, want 4: the picture and the arguments of three calls that have some", n)
	}
}

func TestEncodeSubImage(t *testing.T) {
	t.Parallel()
	l := load(t)
	part := picture(100, 100).SubImage(image.Rect(30, 40, 71, 90)).(*image.RGBA)
	if got, want := encode(t, l, part, 90, turbojpeg.Subsampling420), encode(t, l, toRGBA(part), 90, turbojpeg.Subsampling420); !bytes.Equal(got, want) {
		t.Error("a part of a picture and its copy give different bytes")
	}
}

func TestHandles(t *testing.T) {
	t.Parallel()
	l := load(t)
	e, err := l.NewEncoder()
	if err != nil {
		t.Fatal(err)
	}
	first, err := e.Encode(picture(64, 64), 90, turbojpeg.Subsampling444)
	if err != nil {
		t.Fatal(err)
	}
	kept := bytes.Clone(first)
	if _, err := e.Encode(picture(50, 90), 10, turbojpeg.Subsampling444); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, kept) {
		t.Error("the second picture overwrote the first")
	}
	e.Close()
	e.Close()
	if _, err := e.Encode(picture(8, 8), 90, turbojpeg.Subsampling444); !errors.Is(err, turbojpeg.ErrClosed) {
		t.Errorf("encode after close: %v", err)
	}

	d, err := l.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	pix := make([]byte, 0, 4*64*64)
	img, err := d.DecodeInto(first, 0, 0, func(bytes int) []byte {
		if bytes != 4*64*64 {
			t.Errorf("asked for %d bytes, want %d", bytes, 4*64*64)
		}
		return pix
	})
	if err != nil || &img.Pix[0] != &pix[:1][0] {
		t.Errorf("memory that is large enough was not used, %v", err)
	}
	if img, err = d.DecodeInto(first, 0, 0, func(int) []byte { return pix[:0:100] }); err != nil || len(img.Pix) != 4*64*64 {
		t.Errorf("memory too small: %v", err)
	}
	d.Close()
	d.Close()
	if _, err := d.Decode(first, 0, 0); !errors.Is(err, turbojpeg.ErrClosed) {
		t.Errorf("decode after close: %v", err)
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	l := load(t)
	img := picture(200, 150)
	want := encode(t, l, img, 85, turbojpeg.Subsampling420)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				if got, err := l.Encode(img, 85, turbojpeg.Subsampling420); err != nil || !bytes.Equal(got, want) {
					t.Errorf("encode: %v", err)
				}
				if got, err := l.Decode(want, 60, 60); err != nil || got.Rect.Dx() != 100 {
					t.Errorf("decode: %v, %v", got.Rect, err)
				}
			}
		})
	}
	wg.Wait()
}
