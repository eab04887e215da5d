package turbojpeg_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/adloom/adloom/internal/turbojpeg"
)

func TestCorruptData(t *testing.T) {
	t.Parallel()
	l := load(t)
	d, err := l.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	whole := encode(t, l, picture(64, 48), 80, turbojpeg.Subsampling420)
	want, err := d.Decode(whole, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	check := func(what string, data []byte) {
		t.Helper()
		// The handle must be as good as new afterwards.
		defer func() {
			if got, err := d.Decode(whole, 0, 0); err != nil || !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("%s: the picture after it: %v", what, err)
			}
		}()
		stale := bytes.Repeat([]byte{0xAB}, 4*64*48)
		img, err := d.DecodeInto(data, 0, 0, func(int) []byte { return stale })
		switch {
		case err == nil && img == nil:
			t.Errorf("%s: neither picture nor error", what)
		case err != nil && (img != nil) != errors.Is(err, turbojpeg.ErrDamaged):
			t.Errorf("%s: picture %v with %v", what, img != nil, err)
		case img != nil && !img.Opaque():
			t.Errorf("%s: the picture shows memory of another one", what)
		}
	}
	f := func(data []byte, want error) {
		t.Helper()
		if _, err := d.Decode(data, 0, 0); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
		check("case", data)
	}
	f(nil, turbojpeg.ErrCorrupt)
	f([]byte{}, turbojpeg.ErrCorrupt)
	f([]byte("GIF89a"), turbojpeg.ErrCorrupt)
	f(whole[:2], turbojpeg.ErrCorrupt)
	f(whole[:len(whole)-100], turbojpeg.ErrDamaged)
	f(whole, nil)

	for n := range whole {
		check(fmt.Sprintf("first %d bytes", n), whole[:n:n])
		if _, err := d.Decode(whole[:n:n], 0, 0); err == nil && n < len(whole)-2 {
			t.Errorf("first %d of %d bytes: no error", n, len(whole))
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 3000 {
		data := bytes.Clone(whole)
		for range 1 + i%8 {
			data[random.IntN(len(data))] = byte(random.IntN(256))
		}
		check(fmt.Sprintf("random change %d", i), data)
	}
}

// patchSize writes other dimensions into the frame header.
func patchSize(t testing.TB, data []byte, width, height int) []byte {
	t.Helper()
	i := bytes.Index(data, []byte{0xFF, 0xC0, 0x00, 0x11, 0x08})
	if i < 0 {
		t.Fatal("no frame header")
	}
	out := bytes.Clone(data)
	copy(out[i+5:], []byte{byte(height >> 8), byte(height), byte(width >> 8), byte(width)})
	return out
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	l := load(t)
	data := encode(t, l, picture(16, 16), 80, turbojpeg.Subsampling420)
	for _, size := range []image.Point{{65500, 65500}, {7072, 7072}, {50001, 1000}} {
		if _, err := l.Decode(patchSize(t, data, size.X, size.Y), 1, 1); !errors.Is(err, turbojpeg.ErrTooLarge) {
			t.Errorf("%v: got %v, want ErrTooLarge", size, err)
		}
	}
	if _, err := l.Decode(patchSize(t, data, 0, 16), 0, 0); !errors.Is(err, turbojpeg.ErrCorrupt) {
		t.Errorf("no width: got %v, want ErrCorrupt", err)
	}
	huge := &image.RGBA{Rect: image.Rect(0, 0, 10000, 5001)}
	if _, err := l.Encode(huge, 80, turbojpeg.Subsampling420); !errors.Is(err, turbojpeg.ErrTooLarge) {
		t.Errorf("encode: got %v, want ErrTooLarge", err)
	}
}

// TestHostileFiles runs over the collection of bad and odd pictures, where it is at hand.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	l := load(t)
	files, err := filepath.Glob("/work/shared/data/hostile/*/*.jp*g")
	if err != nil || len(files) == 0 {
		t.Skip("no hostile pictures at hand")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		img, err := l.Decode(data, 100, 100)
		if err == nil && img == nil || err != nil && (img != nil) != errors.Is(err, turbojpeg.ErrDamaged) {
			t.Errorf("%s: picture %v, error %v", file, img != nil, err)
		}
		t.Log(filepath.Base(file), img != nil, err)
	}
}

// without leaves out the segments of a marker that come before the first scan.
func without(data []byte, marker byte) []byte {
	out, rest := bytes.Clone(data[:2]), data[2:]
	for rest[1] != 0xda {
		size := 2 + int(rest[2])<<8 + int(rest[3])
		if rest[1] != marker {
			out = append(out, rest[:size]...)
		}
		rest = rest[size:]
	}
	return append(out, rest...)
}

// What comes of a file without tables of its own does not depend on the file before it.
func TestTablesStayWithTheirPicture(t *testing.T) {
	t.Parallel()
	l := load(t)
	img := picture(64, 48)
	e, err := l.NewEncoder()
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	e.Progressive = true // with codes made for this picture
	before, err := e.Encode(img, 10, turbojpeg.Subsampling420)
	if err != nil {
		t.Fatal(err)
	}
	whole := encode(t, l, img, 80, turbojpeg.Subsampling420)
	f := func(decode func(d *turbojpeg.Decoder, data []byte) ([]byte, error), data []byte) {
		t.Helper()
		d, err := l.NewDecoder()
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		want, wantErr := decode(d, data)
		if _, err := decode(d, before); err != nil {
			t.Fatal(err)
		}
		if got, err := decode(d, data); (err == nil) != (wantErr == nil) || !bytes.Equal(got, want) {
			t.Errorf("after another picture: %v; alone: %v, or other pixels", err, wantErr)
		}
	}
	pixels := func(d *turbojpeg.Decoder, data []byte) ([]byte, error) {
		img, err := d.Decode(data, 0, 0)
		if err != nil {
			return nil, err
		}
		return img.Pix, nil
	}
	luma := func(d *turbojpeg.Decoder, data []byte) ([]byte, error) {
		p, err := d.DecodePlanes(data, 0, 0, nil)
		return p.Y.Pix, err
	}
	const dqt, dht = 0xdb, 0xc4
	for _, marker := range []byte{dqt, dht} {
		f(pixels, without(whole, marker))
		f(luma, without(whole, marker))
	}
}
