package gojpeg_test

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"testing"

	"github.com/adloom/adloom/internal/gojpeg"
)

func TestScales(t *testing.T) {
	t.Parallel()
	data := encode(t, photo(801, 600), 90, gojpeg.Subsampling420)
	f := func(minWidth, minHeight, width, height int) {
		t.Helper()
		got, err := gojpeg.Decode(data, minWidth, minHeight)
		if err != nil {
			t.Fatal(err)
		}
		if got.Rect != image.Rect(0, 0, width, height) || !got.Opaque() {
			t.Errorf("at least %d x %d: got %v, want %d x %d", minWidth, minHeight, got.Rect, width, height)
		}
	}
	f(0, 0, 801, 600)
	f(-1, 0, 801, 600)
	f(1, 1, 101, 75)
	f(101, 75, 101, 75)
	f(102, 1, 201, 150)
	f(201, 150, 201, 150)
	f(202, 0, 401, 300)
	f(0, 300, 401, 300)
	f(402, 300, 801, 600)
	f(4000, 4000, 801, 600)
}

// TestScaledPixels wants the mean of the pixels that a shrunk one stands for.
func TestScaledPixels(t *testing.T) {
	t.Parallel()
	for _, sub := range subsamplings {
		data := encode(t, photo(320, 240), 95, sub)
		full := decode(t, data)
		for _, n := range []int{2, 4, 8} {
			got, err := gojpeg.Decode(data, 320/n, 0)
			if err != nil {
				t.Fatal(err)
			}
			want := image.NewRGBA(image.Rect(0, 0, 320/n, 240/n))
			for y := range 240 / n {
				for x := range 320 / n {
					for channel := range 4 {
						sum := n * n / 2
						for i := range n * n {
							sum += int(full.Pix[full.PixOffset(x*n+i%n, y*n+i/n)+channel])
						}
						want.Pix[want.PixOffset(x, y)+channel] = uint8(sum / (n * n))
					}
				}
			}
			// Chroma of half the resolution has another shape at sharp edges, and at 1/8 of 4:2:2 no filter.
			mean, most := difference(t, got, want)
			if mean > 4 || most > 40 || sub == gojpeg.Subsampling444 && most > 4 {
				t.Errorf("1/%d, subsampling %d: differs by up to %d, %.2f in the mean", n, sub, most, mean)
			}
		}
	}
}

// TestLikeGo compares with image/jpeg, which repeats chroma instead of filtering it.
func TestLikeGo(t *testing.T) {
	t.Parallel()
	for sub, limit := range []struct {
		mean float64
		most int
	}{{0.5, 4}, {1.5, 150}, {2, 150}} {
		data := encode(t, photo(333, 257), 90, gojpeg.Subsampling(sub))
		other, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		mean, most := difference(t, decode(t, data), toRGBA(other))
		if mean > limit.mean || most > limit.most {
			t.Errorf("subsampling %d: differs by up to %d, %.2f in the mean", sub, most, mean)
		}
	}
	gray := image.NewGray(image.Rect(0, 0, 99, 101))
	for i := range gray.Pix {
		gray.Pix[i] = uint8(i)
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, gray, nil); err != nil {
		t.Fatal(err)
	}
	other, err := jpeg.Decode(bytes.NewReader(buf.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if mean, most := difference(t, decode(t, buf.Bytes()), toRGBA(other)); most > 2 {
		t.Errorf("gray: differs by up to %d, %.2f in the mean", most, mean)
	}
}

func TestTruncated(t *testing.T) {
	t.Parallel()
	whole := encode(t, photo(64, 48), 80, gojpeg.Subsampling420)
	for n := range whole {
		img, err := gojpeg.Decode(whole[:n], 0, 0)
		if img != nil || !errors.Is(err, gojpeg.ErrCorrupt) {
			t.Errorf("first %d of %d bytes: picture %v, error %v", n, len(whole), img != nil, err)
		}
	}
	decode(t, whole)
}

func TestRandomChanges(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	whole := encode(t, photo(64, 48), 80, gojpeg.Subsampling420)
	for i := range 3000 {
		data := bytes.Clone(whole)
		for range 1 + i%8 {
			data[random.IntN(len(data))] = byte(random.IntN(256))
		}
		img, err := gojpeg.Decode(data, i%100, 0)
		if (img == nil) == (err == nil) || img != nil && !img.Opaque() {
			t.Fatalf("change %d: picture %v, error %v", i, img != nil, err)
		}
	}
}

// patched gives data with other bytes behind the n-th of a mark.
func patched(t *testing.T, data []byte, mark string, n int, b ...byte) []byte {
	t.Helper()
	i := bytes.Index(data, []byte(mark))
	if i < 0 {
		t.Fatalf("no % X", mark)
	}
	out := bytes.Clone(data)
	copy(out[i+n:], b)
	return out
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	whole := encode(t, photo(16, 16), 80, gojpeg.Subsampling420)
	const sof, sos = "\xFF\xC0\x00\x11", "\xFF\xDA\x00\x0C"
	f := func(want error, data []byte) {
		t.Helper()
		if img, err := gojpeg.Decode(data, 1, 1); img != nil || !errors.Is(err, want) {
			t.Errorf("got picture %v, error %v, want %v", img != nil, err, want)
		}
	}
	f(gojpeg.ErrCorrupt, nil)
	f(gojpeg.ErrCorrupt, []byte("GIF89a"))
	f(gojpeg.ErrCorrupt, patched(t, whole, sof, 5, 0, 0)) // no rows
	f(gojpeg.ErrCorrupt, patched(t, whole, sof, 7, 0, 0))
	f(gojpeg.ErrCorrupt, patched(t, whole, sof, 5, 0x10, 0, 0x10, 0)) // more than the data can hold
	f(gojpeg.ErrTooLarge, patched(t, whole, sof, 5, 0xFF, 0xFF, 0, 1))
	f(gojpeg.ErrTooLarge, patched(t, whole, sof, 5, 0x1C, 0, 0x1C, 0))
	f(gojpeg.ErrUnsupported, patched(t, whole, sof, 1, 0xC3)) // lossless
	f(gojpeg.ErrUnsupported, patched(t, whole, sof, 1, 0xC9)) // arithmetic
	f(gojpeg.ErrUnsupported, patched(t, whole, sof, 4, 12))
	f(gojpeg.ErrUnsupported, patched(t, whole, sof, 11, 0x31, 0, 2, 0x21)) // 3 to 2
	f(gojpeg.ErrCorrupt, patched(t, whole, sof, 11, 0x51))
	f(gojpeg.ErrCorrupt, patched(t, whole, sof, 13, 1)) // two components of one name
	f(gojpeg.ErrCorrupt, patched(t, whole, sos, 5, 9))  // a component that is none
	f(gojpeg.ErrCorrupt, patched(t, whole, sos, 6, 0x22))
	f(gojpeg.ErrCorrupt, append(whole[:len(whole)-2:len(whole)-2], 0, 0, 0, 0xFF, 0xD9)) // data left over
	decode(t, whole)
}

func FuzzDecode(f *testing.F) {
	for _, sub := range subsamplings {
		f.Add(encode(f, photo(20, 30), 60, sub), 10)
	}
	for _, file := range glob(f, "hostile/jpeg-coding") {
		f.Add(read(f, file), 20)
	}
	f.Fuzz(func(t *testing.T, data []byte, width int) {
		img, err := gojpeg.Decode(data, width, 0)
		if (img == nil) == (err == nil) {
			t.Fatalf("picture %v, error %v", img != nil, err)
		}
		if img != nil && !img.Opaque() {
			t.Fatal("not opaque")
		}
	})
}

// FuzzScan puts anything behind the headers of whole files.
func FuzzScan(f *testing.F) {
	var heads [][]byte
	add := func(data []byte) {
		i := bytes.Index(data, []byte("\xFF\xDA"))
		i += 2 + int(data[i+3])
		f.Add(len(heads), 40, data[i:])
		heads = append(heads, data[:i:i])
	}
	for _, sub := range subsamplings {
		add(encode(f, photo(20, 30), 60, sub))
	}
	for _, file := range glob(f, "hostile/jpeg-coding") {
		if data := read(f, file); len(data) < 5000 {
			add(data)
		}
	}
	f.Fuzz(func(t *testing.T, head, width int, data []byte) {
		data = append(heads[uint(head)%uint(len(heads))], data...)
		img, err := gojpeg.Decode(append(data, 0xFF, 0xD9), width, 0)
		if (img == nil) == (err == nil) {
			t.Fatalf("picture %v, error %v", img != nil, err)
		}
	})
}
