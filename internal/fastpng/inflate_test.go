package fastpng

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"io"
	"math/rand/v2"
	"os"
	"testing"

	kpzlib "github.com/klauspost/compress/zlib"
)

// unpackAll unpacks a stream, handing out pieces bytes at a time; what is missing is an error.
func unpackAll(packed []byte, total, pieces int) ([]byte, error) {
	r, err := newRows(packed, total, pieces)
	if err != nil {
		return nil, err
	}
	var out []byte
	for len(out) < total {
		piece, err := r.next(min(pieces, total-len(out)))
		if err != nil {
			return nil, err
		}
		out = append(out, piece...)
	}
	return out, nil
}

// Bytes of all kinds, packed at all levels, come back.
func TestInflate(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for range 150 {
		raw := text(r, r.IntN(1<<uint(r.IntN(20))))
		level := r.IntN(12) - 2
		var b bytes.Buffer
		w, err := zlib.NewWriterLevel(&b, level)
		if err != nil {
			t.Fatal(err)
		}
		for rest := raw; ; { // now and then an empty block
			n := min(len(rest), 1+r.IntN(300_000))
			w.Write(rest[:n])
			if rest = rest[n:]; len(rest) == 0 {
				break
			}
			w.Flush()
		}
		w.Close()
		got, err := unpackAll(b.Bytes(), len(raw), 1+r.IntN(1<<uint(r.IntN(19))))
		if err != nil || !bytes.Equal(got, raw) {
			t.Fatalf("level %d, %d bytes: expected them back; found %d and error %v", level, len(raw), len(got), err)
		}
	}
}

// text repeats itself at all distances, over short periods too.
func text(r *rand.Rand, n int) []byte {
	out := make([]byte, 0, n+300)
	symbols := 1 + r.IntN(256)
	for len(out) < n {
		if len(out) == 0 || r.IntN(3) > 0 {
			for range r.IntN(20) {
				out = append(out, byte(min(r.IntN(symbols), r.IntN(symbols))))
			}
			continue
		}
		dist := 1 + r.IntN(min(len(out), 1<<uint(r.IntN(16))))
		for range r.IntN(300) {
			out = append(out, out[len(out)-dist])
		}
	}
	return out[:n]
}

// Every match there can be, over words of every alignment.
func TestRepeat(t *testing.T) {
	t.Parallel()
	for dist := 1; dist <= 300; dist++ {
		for length := 3; length <= maxMatch; length++ {
			got := make([]byte, 300+maxMatch+16)
			for i := range 300 {
				got[i] = byte(i * 7)
			}
			repeat(got, 300, dist, length)
			for i := 300; i < 300+length; i++ {
				if got[i] != got[i-dist] {
					t.Fatalf("distance %d, length %d: expected %d at %d; found %d", dist, length, got[i-dist], i-300, got[i])
				}
			}
		}
	}
}

// Streams that no encoder writes are refused, in little time.
func TestInflateHostile(t *testing.T) {
	t.Parallel()
	empty := []byte{0x78, 1}
	for range 1 << 16 { // fixed blocks of nothing but their end
		empty = append(empty, 0x02, 0x08, 0x20, 0x80, 0x00)
	}
	tiny := &bitWriter{out: []byte{0x78, 1}}
	for range 100_000 {
		tiny.tinyBlock()
	}
	for name, packed := range map[string][]byte{
		"nothing":       {},
		"header only":   {0x78, 0x9c},
		"wrong method":  {0x77, 0x85, 3, 0},
		"a dictionary":  {0x78, 0xbb, 3, 0},
		"no such block": {0x78, 1, 7},
		"empty blocks":  empty,
		"tiny blocks":   tiny.out,
		"length check":  {0x78, 1, 1, 4, 0, 4, 0, 1, 2, 3, 4},
		"stored short":  {0x78, 1, 1, 4, 0, 0xfb, 0xff, 1, 2, 3},
		"too far back":  {0x78, 1, 0x4b, 0x04, 0x12, 0},
		"over-full":     {0x78, 1, 5, 0, 0xff, 0xff, 0xff, 0xff, 0xff},
	} {
		if _, err := unpackAll(packed, 4, 4); err == nil {
			t.Errorf("%s: expected an error", name)
		}
	}
}

type bitWriter struct {
	out []byte
	n   uint // bits of the last byte that are free
}

func (w *bitWriter) write(v, n uint) {
	for ; n > 0; n-- {
		if w.n == 0 {
			w.out, w.n = append(w.out, 0), 8
		}
		w.out[len(w.out)-1] |= byte(v&1) << (8 - w.n)
		v >>= 1
		w.n--
	}
}

// tinyBlock has codes of its own, and only its end.
func (w *bitWriter) tinyBlock() {
	w.write(2<<1, 3)
	w.write(0, 5+5) // the fewest codes
	w.write(14, 4)  // 18 lengths of codes of lengths: of 18 and 1 one bit
	for i := range 18 {
		length := uint(0)
		if i == 2 || i == 17 {
			length = 1
		}
		w.write(length, 3)
	}
	w.write(1|127<<1, 8) // 138 zeros
	w.write(1|107<<1, 8) // 118 zeros
	w.write(0, 2)        // a length of 1 for the end, and for a distance
	w.write(0, 1)        // the end
}

// A few such blocks are fine.
func TestTinyBlocks(t *testing.T) {
	t.Parallel()
	w := &bitWriter{out: []byte{0x78, 1}}
	for range 1000 {
		w.tinyBlock()
	}
	w.write(1|1<<1, 3)     // the last block, with fixed codes
	w.write(0b00001100, 8) // 0
	w.write(0, 7)          // the end
	if got, err := unpackAll(w.out, 1, 1); err != nil || got[0] != 0 {
		t.Fatalf("expected a zero; found %v and error %v", got, err)
	}
}

// FuzzInflate compares with compress/flate: what that unpacks whole, comes out here too, and nothing else.
func FuzzInflate(f *testing.F) {
	r := rand.New(rand.NewPCG(7, 8))
	for level := -2; level < 10; level++ {
		var b bytes.Buffer
		w, _ := flate.NewWriter(&b, level)
		w.Write(text(r, 3000))
		w.Close()
		f.Add(b.Bytes(), uint16(3000), uint8(level))
	}
	f.Fuzz(func(t *testing.T, packed []byte, total uint16, pieces uint8) {
		want := make([]byte, total)
		_, wantErr := io.ReadFull(flate.NewReader(bytes.NewReader(packed)), want)
		got, err := unpackAll(append([]byte{0x78, 1}, packed...), int(total), 1+int(pieces))
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("expected error %v; found %v", wantErr, err)
		}
		if err == nil && !bytes.Equal(got, want) {
			t.Fatal("expected the bytes of compress/flate; found others")
		}
	})
}

// BenchmarkInflate compares with the fastest package there is.
func BenchmarkInflate(b *testing.B) {
	for _, name := range []string{"saleor__saleor-cushion-blue", "payload__hat-logo", "solidus__solidus_tote", "solidus__solidus_mug_set"} {
		data, err := os.ReadFile("../../../shared/data/catalog/images/" + name + ".png")
		if err != nil {
			b.Skip(err)
		}
		f, err := parse(data)
		if err != nil {
			b.Fatal(err)
		}
		row := 1 + f.header.rowBytes(f.header.width)
		total := row * f.header.height
		b.Run(name+"/fastpng", func(b *testing.B) {
			b.SetBytes(int64(total))
			for b.Loop() {
				r, err := newRows(f.packed, total, row)
				for err == nil && r.missing > 0 {
					_, err = r.next(row)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/klauspost", func(b *testing.B) {
			b.SetBytes(int64(total))
			buf := make([]byte, row)
			for b.Loop() {
				r, err := kpzlib.NewReader(bytes.NewReader(f.packed))
				for range f.header.height {
					if err == nil {
						_, err = io.ReadFull(r, buf)
					}
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
