package libwebp_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/adloom/adloom/internal/libwebp"
)

// load skips the test where the library is not installed.
func load(t testing.TB) *libwebp.Library {
	t.Helper()
	l, err := libwebp.Load()
	if errors.Is(err, libwebp.ErrUnavailable) {
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

// cutOut is picture with every alpha in it, premultiplied.
func cutOut(width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	random := rand.New(rand.NewPCG(3, 4))
	for y := range height {
		for x := range width {
			a := uint32(255 * (x + y) / (width + height - 2))
			c := func() uint8 { return uint8(random.Uint32N(a + 1)) }
			img.SetRGBA(x, y, color.RGBA{c(), c(), c(), uint8(a)})
		}
	}
	return img
}

// psnr is in dB over the four channels.
func psnr(t testing.TB, a, b *image.RGBA) float64 {
	t.Helper()
	if a.Rect.Size() != b.Rect.Size() {
		t.Fatalf("sizes %v and %v", a.Rect.Size(), b.Rect.Size())
	}
	a, b = toRGBA(a), toRGBA(b)
	sum := 0.0
	for i := range a.Pix {
		d := float64(a.Pix[i]) - float64(b.Pix[i])
		sum += d * d
	}
	return 10 * math.Log10(255*255/(sum/float64(len(a.Pix))+1e-9))
}

func toRGBA(img image.Image) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}

func encode(t testing.TB, l *libwebp.Library, img *image.RGBA, quality int) []byte {
	t.Helper()
	data, err := l.Encode(img, quality)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func encodeLossless(t testing.TB, l *libwebp.Library, img *image.RGBA) []byte {
	t.Helper()
	data, err := l.EncodeLossless(img)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestLibrary(t *testing.T) {
	t.Parallel()
	l := load(t)
	if _, err := os.Stat(l.Path()); err != nil {
		t.Errorf("path: %v", err)
	}
	if v := l.Version(); strings.Count(v, ".") != 2 || v[0] == '0' && v[2] == '0' {
		t.Errorf("version %q", v)
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	l := load(t)
	for _, size := range []image.Point{{1, 1}, {7, 3}, {16, 16}, {333, 97}, {640, 480}} {
		img := picture(size.X, size.Y)
		data := encode(t, l, img, 92)
		got, err := l.Decode(data, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if db := psnr(t, img, got); db < 32 && size.X > 7 {
			t.Errorf("%v: %.1f dB, want at least 32", size, db)
		}
		if !got.Opaque() {
			t.Errorf("%v: not opaque", size)
		}
	}
}

func TestTransparentRoundTrip(t *testing.T) {
	t.Parallel()
	l := load(t)
	img := cutOut(120, 90)
	for y := range 90 { // opaque at one side, so that there is a picture to compare, soft
		for x := range 120 {
			a := uint32(img.RGBAAt(x, y).A)
			img.SetRGBA(x, y, color.RGBA{uint8(a / 2), uint8(a * uint32(x) / 120), uint8(a * uint32(y) / 90), uint8(a)})
		}
	}
	got, err := l.Decode(encode(t, l, img, 95), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if db := psnr(t, img, got); db < 33 {
		t.Errorf("%.1f dB, want at least 33", db)
	}
	for i := 3; i < len(img.Pix); i += 4 {
		if img.Pix[i] != got.Pix[i] {
			t.Fatalf("pixel %d: alpha %d, want %d", i/4, got.Pix[i], img.Pix[i])
		}
		if c := max(got.Pix[i-3], got.Pix[i-2], got.Pix[i-1]); c > got.Pix[i] {
			t.Fatalf("pixel %d: colour %d is more than alpha %d", i/4, c, got.Pix[i])
		}
	}
}

func TestLosslessIsExact(t *testing.T) {
	t.Parallel()
	l := load(t)
	for _, img := range []*image.RGBA{picture(1, 1), picture(333, 97), cutOut(2, 2), cutOut(600, 600), image.NewRGBA(image.Rect(0, 0, 9, 9))} {
		got, err := l.Decode(encodeLossless(t, l, img), 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got.Rect != img.Rect || !bytes.Equal(got.Pix, img.Pix) {
			t.Errorf("%v: the picture changed", img.Rect)
		}
	}
}

func TestQualityCostsBytes(t *testing.T) {
	t.Parallel()
	l := load(t)
	last := 0
	for _, quality := range []int{0, 30, 60, 90, 100} {
		n := len(encode(t, l, picture(200, 200), quality))
		if n <= last {
			t.Errorf("quality %d: %d bytes, less quality took %d", quality, n, last)
		}
		last = n
	}
}

func TestScaledSizes(t *testing.T) {
	t.Parallel()
	l := load(t)
	full := picture(801, 600)
	for _, data := range [][]byte{encode(t, l, full, 90), encodeLossless(t, l, full)} {
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
			at := func(x, y int) color.RGBA { return full.RGBAAt((2*x+1)*801/(2*width), (2*y+1)*600/(2*height)) }
			for _, p := range []image.Point{{width / 4, height / 4}, {width / 8, height * 3 / 4}} {
				want, have := at(p.X, p.Y), got.RGBAAt(p.X, p.Y)
				if max(diff(want.R, have.R), diff(want.G, have.G), diff(want.B, have.B)) > 12 || have.A != 255 {
					t.Errorf("at least %d x %d: at %v got %v, want about %v", minWidth, minHeight, p, have, want)
				}
			}
		}
		f(0, 0, 801, 600)
		f(1, 1, 101, 75)
		f(102, 1, 201, 150)
		f(201, 150, 201, 150)
		f(202, 0, 801, 600)
		f(0, 76, 201, 150)
		f(402, 300, 801, 600)
		f(4000, 4000, 801, 600)
	}
}

func diff(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// What is next to a see-through red must not turn red by scaling.
func TestScalingHidesWhatIsHidden(t *testing.T) {
	t.Parallel()
	l := load(t)
	img := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			c := color.RGBA{0, 0, 255, 255}
			if (x/3+y/3)%2 == 0 {
				c = color.RGBA{1, 0, 0, 1} // straight, this is full red
			}
			img.SetRGBA(x, y, c)
		}
	}
	for _, data := range [][]byte{encode(t, l, img, 100), encodeLossless(t, l, img)} {
		got, err := l.Decode(data, 16, 16)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(got.Pix); i += 4 {
			// The lossy picture has half the colour resolution, so that some of it bleeds before any scaling.
			if red := got.Pix[i]; red > 12 && got.Rect.Dx() < 64 {
				t.Fatalf("%v, pixel %d: %v, want no red", got.Rect, i/4, got.Pix[i:i+4])
			}
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	t.Parallel()
	l := load(t)
	good := picture(8, 8)
	f := func(img *image.RGBA, quality int) {
		t.Helper()
		if data, err := l.Encode(img, quality); err == nil {
			t.Errorf("%v, quality %d: got %d bytes, want an error", img.Rect, quality, len(data))
		}
		if data, err := l.EncodeLossless(img); err == nil && img != good {
			t.Errorf("%v, lossless: got %d bytes, want an error", img.Rect, len(data))
		}
	}
	f(&image.RGBA{}, 80)
	f(&image.RGBA{Rect: image.Rect(0, 0, -1, 5)}, 80)
	f(&image.RGBA{Rect: image.Rect(0, 0, 16384, 1), Stride: 4 * 16384, Pix: make([]byte, 4*16384)}, 80)
	f(&image.RGBA{Rect: good.Rect, Stride: good.Stride, Pix: good.Pix[:len(good.Pix)-1]}, 80)
	f(&image.RGBA{Rect: good.Rect, Stride: good.Stride - 1, Pix: good.Pix}, 80)
	f(&image.RGBA{Rect: image.Rect(0, 0, 8, 1), Stride: math.MaxInt32 + 1, Pix: good.Pix}, 80)
	f(good, -1)
	f(good, 101)
	huge := &image.RGBA{Rect: image.Rect(0, 0, 10000, 5001)}
	if _, err := l.Encode(huge, 80); !errors.Is(err, libwebp.ErrTooLarge) {
		t.Errorf("got %v, want ErrTooLarge", err)
	}
}

func TestEncodeSubImage(t *testing.T) {
	t.Parallel()
	l := load(t)
	for _, whole := range []*image.RGBA{picture(100, 100), cutOut(100, 100)} {
		part := whole.SubImage(image.Rect(30, 40, 71, 90)).(*image.RGBA)
		if got, want := encodeLossless(t, l, part), encodeLossless(t, l, toRGBA(part)); !bytes.Equal(got, want) {
			t.Error("a part of a picture and its copy give different bytes")
		}
	}
}

func TestDecodeInto(t *testing.T) {
	t.Parallel()
	l := load(t)
	want := cutOut(64, 64)
	data := encodeLossless(t, l, want)
	pix := bytes.Repeat([]byte{0xAB}, len(want.Pix))
	img, err := l.DecodeInto(data, 0, 0, func(int) []byte { return pix[:0] })
	if err != nil || &img.Pix[0] != &pix[0] || !bytes.Equal(img.Pix, want.Pix) {
		t.Errorf("memory that is large enough was not used, %v", err)
	}
	if img, err = l.DecodeInto(data, 0, 0, func(int) []byte { return pix[:0:100] }); err != nil || !bytes.Equal(img.Pix, want.Pix) {
		t.Errorf("memory too small: %v", err)
	}
}

// Encoding leaves nothing behind for the garbage collector but the bytes and pieces of some hundred bytes: the copy with
// straight colours is in memory that is used again.
func TestEncodeMemory(t *testing.T) {
	l := load(t)
	img := cutOut(400, 300)
	data := encode(t, l, img, 85)
	least := math.MaxInt // a garbage collection, or the race detector, can empty the pool between two
	for range 20 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		encode(t, l, img, 85)
		runtime.ReadMemStats(&after)
		least = min(least, int(after.TotalAlloc-before.TotalAlloc))
	}
	if least > len(data)+len(img.Pix)/2 {
		t.Errorf("%d bytes a picture, want %d and little more", least, len(data))
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	l := load(t)
	img := cutOut(200, 150)
	want, exact := encode(t, l, img, 85), encodeLossless(t, l, img)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				if got, err := l.Encode(img, 85); err != nil || !bytes.Equal(got, want) {
					t.Errorf("encode: %v", err)
				}
				if got, err := l.Decode(exact, 0, 0); err != nil || !bytes.Equal(got.Pix, img.Pix) {
					t.Errorf("decode: %v, %v", got.Rect, err)
				}
			}
		})
	}
	wg.Wait()
}
