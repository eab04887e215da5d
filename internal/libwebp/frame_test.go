package libwebp_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"testing"

	"golang.org/x/image/webp"

	"github.com/adloom/adloom/internal/libwebp"
)

// riff makes a file out of names and bodies.
func riff(parts ...string) []byte {
	return append([]byte("RIFF"), sized("WEBP"+riffChunks(parts...))...)
}

func riffChunks(parts ...string) string {
	var out []byte
	for i := 0; i < len(parts); i += 2 {
		out = append(append(out, parts[i]...), sized(parts[i+1])...)
	}
	return string(out)
}

func sized(body string) []byte {
	out := append(binary.LittleEndian.AppendUint32(nil, uint32(len(body))), body...)
	if len(body)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

func u24(n int) string { return string([]byte{byte(n), byte(n >> 8), byte(n >> 16)}) }

func vp8x(flags byte, width, height int) string {
	return string([]byte{flags, 0, 0, 0}) + u24(width-1) + u24(height-1)
}

func anmf(x, y, width, height int, chunks string) string {
	return u24(x/2) + u24(y/2) + u24(width-1) + u24(height-1) + "\x00\x00\x00\x00" + chunks
}

const animated = 2

// red is a lossless picture of one colour, 0x80ff0000 in straight ARGB, without its RIFF header.
func red(width, height int) string {
	// The bits: size, alpha, version 0, no transform, no cache, no meta codes, five codes of one symbol each.
	var bits uint64
	n := 0
	put := func(value uint64, count int) { bits |= value << n; n += count }
	put(uint64(width-1), 14)
	put(uint64(height-1), 14)
	put(1, 1)
	put(0, 3)
	out := binary.LittleEndian.AppendUint32([]byte{0x2f}, uint32(bits))
	bits, n = 0, 0
	put(0, 3)
	for _, symbol := range []uint64{0, 255, 0, 128} { // green, red, blue, alpha
		put(1, 1) // simple code
		put(0, 1) // of one symbol
		put(1, 1) // of eight bits
		put(symbol, 8)
	}
	put(1, 1) // distance: a simple code of one symbol of one bit
	put(0, 3)
	return string(binary.LittleEndian.AppendUint64(out, bits))
}

func TestFirstFrame(t *testing.T) {
	t.Parallel()
	f := func(name string, data []byte, canvas image.Rectangle, at image.Point) {
		t.Helper()
		still, gotCanvas, gotAt, err := libwebp.FirstFrame(data)
		if err != nil || gotCanvas != canvas || gotAt != at {
			t.Errorf("%s: got %v, %v, %v; want %v, %v", name, gotCanvas, gotAt, err, canvas, at)
			return
		}
		if _, err := webp.Decode(bytes.NewReader(still)); err != nil {
			t.Errorf("%s: the still picture: %v", name, err)
		}
		img, err := libwebp.Decode(data)
		if err != nil || img.Rect != canvas {
			t.Errorf("%s: decode: %v", name, err)
			return
		}
		frame := image.Rectangle{Min: at, Max: at.Add(image.Pt(7, 5))}
		for y := range canvas.Dy() {
			for x := range canvas.Dx() {
				want := color.RGBA{}
				if image.Pt(x, y).In(frame) {
					want = color.RGBA{128, 0, 0, 128}
				}
				if got := img.RGBAAt(x, y); got != want {
					t.Fatalf("%s: at %d, %d: got %v, want %v", name, x, y, got, want)
				}
			}
		}
	}
	still := riff("VP8L", red(7, 5))
	f("still", still, image.Rect(0, 0, 7, 5), image.Point{})
	f("rubbish behind", append(bytes.Clone(still), "more"...), image.Rect(0, 0, 7, 5), image.Point{})
	f("extended", riff("VP8X", vp8x(16, 7, 5), "ICCP", "odd", "VP8L", red(7, 5)), image.Rect(0, 0, 7, 5), image.Point{})
	f("animated", riff("VP8X", vp8x(animated, 20, 10), "ANIM", "\xff\xff\xff\xff\x00\x00",
		"ANMF", anmf(4, 2, 7, 5, riffChunks("VP8L", red(7, 5))), "ANMF", "cut"), image.Rect(0, 0, 20, 10), image.Pt(4, 2))
	f("unknown chunk in the frame", riff("VP8X", vp8x(animated, 7, 5),
		"ANMF", anmf(0, 0, 7, 5, riffChunks("WHAT", "?", "VP8L", red(7, 5)))), image.Rect(0, 0, 7, 5), image.Point{})
}

// A lossy frame with an alpha channel keeps both.
func TestFirstFrameWithAlpha(t *testing.T) {
	t.Parallel()
	l := load(t)
	img := cutOut(30, 20)
	data := encode(t, l, img, 90)
	want, err := l.Decode(data, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	// What stands behind the file header and VP8X is what an animation has in a frame.
	file := riff("VP8X", vp8x(animated, 31, 22), "ANMF", anmf(0, 2, 30, 20, string(data[12+8+10:])))
	for name, decode := range map[string]func([]byte) (*image.RGBA, error){
		"library": func(data []byte) (*image.RGBA, error) { return l.Decode(data, 1, 1) },
		"pure":    libwebp.Decode,
	} {
		got, err := decode(file)
		if err != nil {
			t.Fatal(err)
		}
		if got.Rect != image.Rect(0, 0, 31, 22) {
			t.Fatalf("%s: canvas %v", name, got.Rect)
		}
		if most := farthest(t, toRGBA(got.SubImage(image.Rect(0, 2, 30, 22))), want); most > 1 {
			t.Errorf("%s: %d levels from the still picture", name, most)
		}
		if c := got.RGBAAt(30, 0); c != (color.RGBA{}) {
			t.Errorf("%s: outside the frame got %v", name, c)
		}
	}
	// Memory that was used before shows nothing of its past around the frame.
	got, err := l.DecodeInto(file, 0, 0, func(n int) []byte { return bytes.Repeat([]byte{0xAB}, n) })
	if err != nil || got.RGBAAt(30, 0) != (color.RGBA{}) {
		t.Errorf("old memory shows: %v, %v", got.RGBAAt(30, 0), err)
	}
}

func TestFirstFrameRefuses(t *testing.T) {
	t.Parallel()
	l, libraryErr := libwebp.Load()
	f := func(name string, data []byte) {
		t.Helper()
		if _, _, _, err := libwebp.FirstFrame(data); !errors.Is(err, libwebp.ErrCorrupt) {
			t.Errorf("%s: got %v, want ErrCorrupt", name, err)
		}
		if _, err := libwebp.Decode(data); !errors.Is(err, libwebp.ErrCorrupt) {
			t.Errorf("%s: pure: got %v, want ErrCorrupt", name, err)
		}
		if libraryErr != nil {
			return
		}
		if _, err := l.Decode(data, 0, 0); !errors.Is(err, libwebp.ErrCorrupt) {
			t.Errorf("%s: library: got %v, want ErrCorrupt", name, err)
		}
	}
	f("nothing", nil)
	f("another format", []byte("GIF89a..........................."))
	f("header only", riff())
	f("size of 0", append([]byte("RIFF\x00\x00\x00\x00WEBP"), riffChunks("VP8L", red(7, 5))...))
	f("canvas only", riff("VP8X", vp8x(0, 7, 5)))
	f("short VP8X", riff("VP8X", "\x02\x00\x00"))
	f("still in an animation", riff("VP8X", vp8x(animated, 7, 5), "VP8L", red(7, 5)))
	f("frame without an animation", riff("VP8X", vp8x(0, 7, 5), "ANMF", anmf(0, 0, 7, 5, riffChunks("VP8L", red(7, 5)))))
	f("still smaller than its canvas", riff("VP8X", vp8x(0, 8, 5), "VP8L", red(7, 5)))
	f("frame that leaves the canvas", riff("VP8X", vp8x(animated, 7, 5), "ANMF", anmf(2, 0, 7, 5, riffChunks("VP8L", red(7, 5)))))
	f("bitstream larger than its frame", riff("VP8X", vp8x(animated, 99, 99), "ANMF", anmf(0, 0, 7, 5, riffChunks("VP8L", red(70, 50)))))
	f("frame cut", riff("VP8X", vp8x(animated, 7, 5), "ANMF", anmf(0, 0, 7, 5, riffChunks("VP8L", red(7, 5))[:10])))
	f("frame of nothing", riff("VP8X", vp8x(animated, 7, 5), "ANMF", anmf(0, 0, 7, 5, "")))
	f("lossy, no key frame", riff("VP8 ", "\x01\x00\x00\x9d\x01\x2a\x07\x00\x05\x00"))
	f("lossy, no width", riff("VP8 ", "\x00\x00\x00\x9d\x01\x2a\x00\x00\x05\x00"))
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	l, libraryErr := libwebp.Load()
	f := func(name string, data []byte) {
		t.Helper()
		if _, err := libwebp.Decode(data); !errors.Is(err, libwebp.ErrTooLarge) {
			t.Errorf("%s: pure: got %v, want ErrTooLarge", name, err)
		}
		if libraryErr != nil {
			return
		}
		if _, err := l.Decode(data, 1, 1); !errors.Is(err, libwebp.ErrTooLarge) {
			t.Errorf("%s: library: got %v, want ErrTooLarge", name, err)
		}
	}
	f("still", riff("VP8L", red(16383, 16383)))
	f("just over", riff("VP8L", red(7072, 7071)))
	f("canvas of an animation", riff("VP8X", vp8x(animated, 1<<24, 1<<24), "ANMF", anmf(0, 0, 7, 5, riffChunks("VP8L", red(7, 5)))))
}

func FuzzFirstFrame(f *testing.F) {
	f.Add(riff("VP8L", red(7, 5)))
	f.Add(riff("VP8X", vp8x(16, 7, 5), "ICCP", "odd", "VP8L", red(7, 5)))
	f.Add(riff("VP8X", vp8x(animated, 20, 10), "ANMF", anmf(4, 2, 7, 5, riffChunks("ALPH", "\x00\xff", "VP8L", red(7, 5)))))
	l, libraryErr := libwebp.Load()
	f.Fuzz(func(t *testing.T, data []byte) {
		still, canvas, at, err := libwebp.FirstFrame(data)
		if err != nil {
			if still != nil || !errors.Is(err, libwebp.ErrCorrupt) {
				t.Fatalf("%d bytes with %v", len(still), err)
			}
			return
		}
		if !at.In(canvas) || canvas.Min != (image.Point{}) {
			t.Fatalf("at %v of %v", at, canvas)
		}
		again, inner, _, err := libwebp.FirstFrame(still)
		if err != nil || !bytes.Equal(again, still) || !inner.Add(at).In(canvas) {
			t.Fatalf("the first frame of the first frame: %v, %v", inner, err)
		}
		if canvas.Dx()*canvas.Dy() > 1<<16 {
			return
		}
		_, pureErr := libwebp.Decode(data)
		if libraryErr == nil {
			if img, err := l.Decode(data, 1, 1); (img == nil) == (err == nil) {
				t.Fatalf("library: %v, %v", img, err)
			}
		}
		if pureErr != nil && !errors.Is(pureErr, libwebp.ErrCorrupt) && !errors.Is(pureErr, libwebp.ErrUnsupported) {
			t.Fatalf("pure: %v", pureErr)
		}
	})
}
