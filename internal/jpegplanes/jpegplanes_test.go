package jpegplanes_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/jpegplanes"
)

const sharedData = "../../../shared/data/hostile"

func shared(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sharedData, name))
	if err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	return data
}

// encoded is a soft 4:2:0 picture from the standard library's encoder.
func encoded(t testing.TB, width, height int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetRGBA(x, y, color.RGBA{uint8(x * 255 / width), uint8(y * 255 / height), uint8(128 + 80*math.Sin(float64(x+y)/9)), 255})
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, nil); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// difference is the mean one of all channels, in levels.
func difference(a, b image.Image) float64 {
	sum, n := 0.0, 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			for _, d := range []int{int(r1) - int(r2), int(g1) - int(g2), int(b1) - int(b2)} {
				sum += math.Abs(float64(d)) / 257
				n++
			}
		}
	}
	return sum / float64(n)
}

// Where both know a picture, both make the same of it.
func TestAgreesWithTheStandardLibrary(t *testing.T) {
	t.Parallel()
	f := func(name string, data []byte) {
		t.Helper()
		want, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		got, err := jpegplanes.Decode(data)
		if err != nil || got.Bounds() != want.Bounds() {
			t.Errorf("%s: %v; want %v", name, err, want.Bounds())
			return
		}
		if d := difference(got, want); d > 0.5 {
			t.Errorf("%s: %.2f levels apart", name, d)
		}
	}
	for _, size := range []image.Point{{1, 1}, {8, 8}, {17, 9}, {100, 131}} {
		f(size.String(), encoded(t, size.X, size.Y))
	}
	for _, name := range []string{
		"jpeg-coding/go__video-001.q50.411.jpeg", "jpeg-coding/go__video-001.q50.420.progressive.jpeg",
		"jpeg-coding/go__video-001.q50.422.progressive.jpeg", "jpeg-coding/go__video-001.q50.440.jpeg",
		"jpeg-coding/go__video-001.q50.444.jpeg", "jpeg-coding/go__video-001.restart2.jpeg",
		"jpeg-coding/go__video-005.gray.q50.2x2.progressive.jpeg", "jpeg-coding/pillow__hopper_16bit_qtables.jpg",
		"color-cmyk-icc/go__video-001.cmyk.jpeg", "color-cmyk-icc/go__video-001.rgb.jpeg",
	} {
		f(name, shared(t, name))
	}
}

// sampled is a picture of one MCU that is gray all over: each component has an own sampling, and its blocks are all 0.
func sampled(progressive bool, adobe string, sampling ...byte) []byte {
	data := []byte("\xff\xd8" + adobe)
	segment := func(marker byte, body ...byte) {
		data = append(data, 0xff, marker)
		data = binary.BigEndian.AppendUint16(data, uint16(len(body)+2))
		data = append(data, body...)
	}
	segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)...)
	frame, scan := []byte{8, 0, 16, 0, 16, byte(len(sampling))}, []byte{byte(len(sampling))}
	bits := 0
	for i, s := range sampling {
		frame, scan = append(frame, byte(i), s, 0), append(scan, byte(i), 0)
		bits += 2 * int(s>>4) * int(s&15)
	}
	marker, last := byte(0xc0), byte(63)
	if progressive {
		marker, last = 0xc2, 0
		bits /= 2
	}
	segment(marker, frame...)
	lengths := append([]byte{1}, make([]byte, 16)...) // one code, 0, that means 0
	segment(0xc4, append([]byte{0}, lengths...)...)
	segment(0xc4, append([]byte{0x10}, lengths...)...)
	segment(0xda, append(scan, 0, last, 0)...)
	return append(append(data, make([]byte, (bits+7)/8)...), 0xff, 0xd9)
}

func TestAnySampling(t *testing.T) {
	t.Parallel()
	const adobe = "\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"
	f := func(progressive bool, marker string, want color.Color, sampling ...byte) {
		t.Helper()
		img, err := jpegplanes.Decode(sampled(progressive, marker, sampling...))
		if err != nil || img.Bounds() != image.Rect(0, 0, 16, 16) {
			t.Errorf("sampling %x: %v", sampling, err)
			return
		}
		for _, at := range []image.Point{{}, {15, 0}, {0, 15}, {15, 15}} {
			if got := img.At(at.X, at.Y); got != want {
				t.Errorf("sampling %x: %v at %v; want %v", sampling, got, at, want)
			}
		}
	}
	gray := color.RGBA{128, 128, 128, 255}
	for _, progressive := range []bool{false, true} {
		f(progressive, "", gray, 0x22, 0x12, 0x21)
		f(progressive, "", gray, 0x11, 0x22, 0x22)
		f(progressive, "", gray, 0x21, 0x12, 0x11)
		f(progressive, "", color.CMYK{127, 127, 127, 127}, 0x22, 0x11, 0x11, 0x11)
		f(progressive, adobe, color.CMYK{127, 127, 127, 127}, 0x22, 0x11, 0x11, 0x11)
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	f := func(name string, data []byte, want error) {
		t.Helper()
		if img, err := jpegplanes.Decode(data); !errors.Is(err, want) || img != nil {
			t.Errorf("%s: %v; want %v", name, err, want)
		}
	}
	whole := encoded(t, 100, 80)
	f("nothing", nil, jpegplanes.ErrCorrupt)
	f("half a picture", whole[:len(whole)/2], jpegplanes.ErrCorrupt)
	f("half a picture with an end", append(bytes.Clone(whole[:len(whole)/2]), 0xff, 0xd9), jpegplanes.ErrCorrupt)
	f("no scan", sampled(false, "", 0x11)[:0x5a], jpegplanes.ErrCorrupt)
	f("two components", sampled(false, "", 0x11, 0x11), jpegplanes.ErrUnsupported)
	f("five samples across", sampled(false, "", 0x11, 0x51, 0x11), jpegplanes.ErrCorrupt)
	f("too large", bytes.Replace(sampled(false, "", 0x11), []byte{8, 0, 16, 0, 16}, []byte{8, 255, 255, 255, 255}, 1), jpegplanes.ErrUnsupported)
	f("hardly any data", bytes.Replace(sampled(false, "", 0x11), []byte{8, 0, 16, 0, 16}, []byte{8, 15, 0, 15, 0}, 1), jpegplanes.ErrCorrupt)
	f("arithmetic codes", bytes.Replace(sampled(false, "", 0x11), []byte{0xff, 0xc0}, []byte{0xff, 0xc9}, 1), jpegplanes.ErrUnsupported)
	for marker, found := range map[byte]string{0xc9: "found arithmetic coding", 0xcb: "found lossless coding", 0xc5: "found hierarchical coding"} {
		_, err := jpegplanes.Decode(bytes.Replace(sampled(false, "", 0x11), []byte{0xff, 0xc0}, []byte{0xff, marker}, 1))
		if err == nil || !strings.Contains(err.Error(), found) {
			t.Errorf("frame %#x: %v; want it to say %q", marker, err, found)
		}
	}
}

// No input makes it panic; what it decodes has the size that it says.
func FuzzDecode(f *testing.F) {
	f.Add(encoded(f, 20, 20))
	f.Add(sampled(false, "", 0x22, 0x12, 0x21))
	f.Add(sampled(true, "", 0x22, 0x11, 0x11, 0x11))
	if data, err := os.ReadFile(filepath.Join(sharedData, "jpeg-coding/go__video-001.q50.420.progressive.jpeg")); err == nil {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		img, err := jpegplanes.Decode(data)
		if (img == nil) == (err == nil) {
			t.Errorf("picture %v with error %v", img != nil, err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	data := encoded(b, 1000, 1000)
	b.SetBytes(1000 * 1000)
	for b.Loop() {
		if _, err := jpegplanes.Decode(data); err != nil {
			b.Fatal(err)
		}
	}
}
