package fastpng

import (
	"bytes"
	"hash/adler32"
	"math/rand/v2"
	"testing"
)

// predict is what PNG 9.4 says.
func TestPredict(t *testing.T) {
	t.Parallel()
	distance := func(a, b int) int { return max(a-b, b-a) }
	for left := range 256 {
		for above := left % 7; above < 256; above += 7 { // all of them take the race detector too long
			for corner := range 256 {
				at := left + above - corner
				want := corner
				switch l, a, c := distance(at, left), distance(at, above), distance(at, corner); {
				case l <= a && l <= c:
					want = left
				case a <= c:
					want = above
				}
				if got := predict(left, above, corner); int(got) != want {
					t.Fatalf("left %d, above %d, corner %d: expected %d; found %d", left, above, corner, want, got)
				}
			}
		}
	}
}

// times is exact for all products, and no colour is above its alpha.
func TestTimes(t *testing.T) {
	t.Parallel()
	for a := range uint32(256) {
		for c := range uint32(256) {
			if got := times(c, a); got > a || 510*got > 2*c*a+255 || 510*got+255 < 2*c*a {
				t.Fatalf("%d times %d: found %d", c, a, got)
			}
		}
	}
}

// The vector path and its portable twin give the same bytes.
func TestTwin(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 10))
	for range 1500 {
		twin(t, text(r, 8*(r.IntN(70))), byte(r.IntN(4)), uint8(r.IntN(8)))
	}
	twinPremultiply(t, everyProduct())
}

func FuzzTwin(f *testing.F) {
	r := rand.New(rand.NewPCG(11, 12))
	for i := range 32 {
		f.Add(text(r, 300), byte(i), uint8(i/4))
	}
	f.Fuzz(twin)
}

// twin takes a row of filtered bytes and the row above.
func twin(t *testing.T, data []byte, filter byte, left uint8) {
	filter = []byte{sub, average, paeth, up}[filter%4]
	pixel := []int{1, 2, 3, 4, 6, 8}[left%6]
	n := len(data) / 2 / pixel * pixel
	filtered, above := data[:n], data[n:2*n]
	got, want := make([]byte, n), make([]byte, n)
	if err := unfilter(filter, got, filtered, above, pixel); err != nil {
		t.Fatal(err)
	}
	if filter == up {
		addRowPortable(want, filtered, above)
		for i := range want {
			if want[i] != filtered[i]+above[i] {
				t.Fatalf("byte %d: expected %d + %d; found %d", i, filtered[i], above[i], want[i])
			}
		}
	} else {
		unfilterPortable(filter, want, filtered, above, pixel, 0)
	}
	if !bytes.Equal(got, want) {
		t.Fatalf("filter %d, %d bytes a pixel: expected %v; found %v", filter, pixel, want, got)
	}

	got, want = make([]byte, n/3*4), make([]byte, n/3*4)
	expand(got, filtered[:n/3*3])
	expandPortable(want, filtered[:n/3*3])
	if !bytes.Equal(got, want) {
		t.Fatalf("%d bytes: expected pixels %v; found %v", n, want, got)
	}
	twinPremultiply(t, filtered[:n/4*4])

	sum, slow := newAdler(), newAdler()
	sum.write(filtered)
	slow.writePortable(filtered)
	if want := adler32.Checksum(filtered); sum.value() != want || slow.value() != want {
		t.Fatalf("%d bytes: expected checksum %08x; found %08x and %08x", n, want, sum.value(), slow.value())
	}
}

func twinPremultiply(t *testing.T, pixels []byte) {
	t.Helper()
	got, want := make([]byte, len(pixels)), make([]byte, len(pixels))
	opaque, really := premultiply(got, pixels), premultiplyPortable(want, pixels)
	if !bytes.Equal(got, want) || opaque != really {
		t.Fatalf("pixels %v: expected %v, opaque %v; found %v, %v", pixels, want, really, got, opaque)
	}
}

// everyProduct is pixels with every colour at every alpha.
func everyProduct() []byte {
	out := make([]byte, 0, 4<<16)
	for i := range 1 << 16 {
		out = append(out, byte(i), byte(i+1), byte(i+2), byte(i>>8))
	}
	return out
}

// The largest sums do not overflow, whatever the pieces.
func TestAdler(t *testing.T) {
	t.Parallel()
	data := bytes.Repeat([]byte{255}, 300_000)
	r := rand.New(rand.NewPCG(13, 14))
	want := adler32.Checksum(data)
	sum, slow := newAdler(), newAdler()
	for rest := data; len(rest) > 0; {
		n := min(len(rest), r.IntN(20_000))
		sum.write(rest[:n])
		slow.writePortable(rest[:n])
		rest = rest[n:]
	}
	if sum.value() != want || slow.value() != want {
		t.Fatalf("expected checksum %08x; found %08x and %08x", want, sum.value(), slow.value())
	}
}

// The largest rows have every pixel opaque or all but one.
func TestOpaque(t *testing.T) {
	t.Parallel()
	for n := 1; n < 40; n++ {
		px := bytes.Repeat([]byte{1, 2, 3, 255}, n)
		dst := make([]byte, 4*n)
		if !premultiply(dst, px) {
			t.Errorf("%d pixels: expected them to be opaque", n)
		}
		for i := range n {
			px[4*i+3] = 254
			if premultiply(dst, px) {
				t.Errorf("%d pixels: expected number %d not to be opaque", n, i)
			}
			px[4*i+3] = 255
		}
	}
}

func BenchmarkUnfilter(b *testing.B) {
	r := rand.New(rand.NewPCG(15, 16))
	const width = 2160
	for _, pixel := range []int{3, 4} {
		filtered, above, dst := text(r, width*pixel), text(r, width*pixel), make([]byte, width*pixel)
		for filter, name := range []string{sub: "sub", up: "up", average: "average", paeth: "paeth"} {
			if name == "" {
				continue
			}
			b.Run(name+string(rune('0'+pixel)), func(b *testing.B) {
				b.SetBytes(int64(len(dst)))
				for b.Loop() {
					_ = unfilter(byte(filter), dst, filtered, above, pixel)
				}
			})
		}
	}
}

func BenchmarkPremultiply(b *testing.B) {
	px := everyProduct()[:8640]
	dst := make([]byte, len(px))
	b.SetBytes(int64(len(px)))
	for b.Loop() {
		premultiply(dst, px)
	}
}

func BenchmarkAdler(b *testing.B) {
	px := everyProduct()[:8640]
	s := newAdler()
	b.SetBytes(int64(len(px)))
	for b.Loop() {
		s.write(px)
	}
}
