package libwebp_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"image"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/libwebp"
)

func TestCorruptData(t *testing.T) {
	t.Parallel()
	l := load(t)
	check := func(data []byte) {
		t.Helper()
		img, err := l.Decode(data, 0, 0)
		known := errors.Is(err, libwebp.ErrCorrupt) || errors.Is(err, libwebp.ErrTooLarge) || errors.Is(err, libwebp.ErrUnsupported)
		if (img == nil) == (err == nil) || err != nil && !known {
			t.Errorf("picture %v with %v", img != nil, err)
		}
	}
	for i, whole := range [][]byte{encode(t, l, picture(64, 48), 80), encode(t, l, cutOut(40, 30), 80), encodeLossless(t, l, cutOut(20, 20))} {
		for n := range whole {
			check(whole[:n:n])
			if _, err := l.Decode(whole[:n:n], 0, 0); !errors.Is(err, libwebp.ErrCorrupt) {
				t.Errorf("first %d of %d bytes: %v", n, len(whole), err)
			}
		}
		random := rand.New(rand.NewPCG(1, uint64(i)))
		for k := range 500 {
			data := bytes.Clone(whole)
			for range 1 + k%8 {
				data[random.IntN(len(data))] = byte(random.IntN(256))
			}
			if _, canvas, _, err := libwebp.FirstFrame(data); err == nil && canvas.Dx()*canvas.Dy() > 1<<16 {
				continue // right, but slow
			}
			check(data)
		}
	}
}

// residentBytes is what the kernel counts for this process.
func residentBytes(t *testing.T) int {
	t.Helper()
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(statm))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}

// Not parallel: the memory of other tests would count.
func TestMemoryIsGivenBack(t *testing.T) {
	l := load(t)
	random := rand.New(rand.NewPCG(5, 6))
	img := image.NewRGBA(image.Rect(0, 0, 128, 128))
	for i := range img.Pix {
		img.Pix[i] = byte(random.Uint32()) | 0xff*byte((i&3)/3)
	}
	const rounds = 200
	var data []byte
	resident := func() int {
		for range rounds {
			data = encodeLossless(t, l, img)
			if _, err := l.Decode(data[:len(data)-20], 0, 0); err == nil {
				t.Fatal("no error for a cut file")
			}
		}
		debug.FreeOSMemory()
		return residentBytes(t)
	}
	before := resident()
	if grown := resident() - before; grown > rounds*len(data)/2 {
		t.Errorf("%d bytes more after %d pictures of %d bytes", grown, rounds, len(data))
	}
}

const hostile = "../../../shared/data/hostile"

// TestHostileFiles compares with what libvips measured, where the collection is at hand.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	l, libraryErr := libwebp.Load()
	file, err := os.Open(filepath.Join(hostile, "expected.tsv"))
	if err != nil {
		t.Skip("no hostile pictures at hand")
	}
	defer file.Close()
	table := csv.NewReader(file)
	table.Comma, table.LazyQuotes, table.FieldsPerRecord = '\t', true, -1
	rows, err := table.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, row := range rows[1:] {
		data, err := os.ReadFile(filepath.Join(hostile, row[0]))
		if err != nil || !bytes.HasPrefix(data, []byte("RIFF")) {
			continue
		}
		seen++
		check := func(decoder string, decode func() (*image.RGBA, error)) {
			t.Helper()
			img, err := decode()
			if (img == nil) == (err == nil) {
				t.Errorf("%s, %s: picture %v, error %v", row[0], decoder, img != nil, err)
			}
			if status := row[1]; status == "valid" && err != nil || status == "bomb" && !errors.Is(err, libwebp.ErrTooLarge) {
				t.Errorf("%s, %s: %s, got %v", row[0], decoder, status, err)
			}
			// Orientation and profile are not this package's.
			if img != nil && !strings.Contains(row[9], "orientation") && !strings.Contains(row[9], "icc") {
				compareMean(t, row[0]+", "+decoder, img, row)
			}
			t.Log(row[0], decoder, img != nil, err)
		}
		check("pure", func() (*image.RGBA, error) { return libwebp.Decode(data) })
		if libraryErr == nil {
			check("library", func() (*image.RGBA, error) { return l.Decode(data, 0, 0) })
		}
	}
	if seen < 10 {
		t.Errorf("%d WebP files in the collection", seen)
	}
}

// compareMean holds the size and the mean colour over white against a row of the table.
func compareMean(t *testing.T, name string, img *image.RGBA, row []string) {
	t.Helper()
	if size := strconv.Itoa(img.Rect.Dx()) + "x" + strconv.Itoa(img.Rect.Dy()); size != row[4]+"x"+row[5] {
		t.Errorf("%s: %s pixels, want %sx%s", name, size, row[4], row[5])
	}
	var sum [3]float64
	for i := 0; i < len(img.Pix); i += 4 {
		for c := range sum {
			sum[c] += float64(img.Pix[i+c]) + 255 - float64(img.Pix[i+3])
		}
	}
	for c := range sum {
		want, err := strconv.ParseFloat(row[6+c], 64)
		if got := sum[c] / float64(len(img.Pix)/4); err != nil || got < want-2 || got > want+2 {
			t.Errorf("%s: channel %d is %.1f, want %.1f", name, c, got, want)
		}
	}
}
