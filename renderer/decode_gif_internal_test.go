package renderer

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"math/rand/v2"
	"testing"

	"github.com/adloom/adloom/internal/imageinfo"
)

func gifPixels(t *testing.T, data []byte) (*image.RGBA, error) {
	t.Helper()
	info, err := imageinfo.Read(data)
	if err != nil {
		return nil, err
	}
	img, err := decodeGIF(data, info)
	if err != nil {
		return nil, err
	}
	return img.(*image.RGBA), nil
}

// noisyGIF has colours of a palette, of which one may be transparent.
func noisyGIF(t *testing.T, width, height, colours int, transparent bool) []byte {
	t.Helper()
	r := rand.New(rand.NewPCG(uint64(width), uint64(colours)))
	palette := make(color.Palette, colours)
	for i := range palette {
		palette[i] = color.RGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
	}
	if transparent {
		palette[colours/2] = color.RGBA{}
	}
	img := image.NewPaletted(image.Rect(0, 0, width, height), palette)
	for i := range img.Pix {
		img.Pix[i] = uint8(r.IntN(colours))
	}
	var out bytes.Buffer
	if err := gif.Encode(&out, img, &gif.Options{NumColors: 256}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestGIFAsStandardLibrary(t *testing.T) {
	t.Parallel()
	for _, width := range []int{1, 2, 7, 8, 9, 100} {
		for _, colours := range []int{2, 3, 16, 200, 256} {
			for _, interlaced := range []bool{false, true} {
				data := noisyGIF(t, width, 3*width/2+1, colours, colours%3 == 0)
				if interlaced {
					data[descriptorOf(t, data)+9] |= 0x40
				}
				reference, err := gif.Decode(bytes.NewReader(data))
				if err != nil {
					t.Fatal(err)
				}
				want := image.NewRGBA(reference.Bounds())
				draw.Draw(want, want.Rect, reference, image.Point{}, draw.Src)
				if got, err := gifPixels(t, data); err != nil || got.Rect != want.Rect || !bytes.Equal(got.Pix, want.Pix) {
					t.Errorf("%d pixels wide, %d colours, interlaced %v: other pixels, %v", width, colours, interlaced, err)
				}
			}
		}
	}
}

// descriptorOf is where the first frame begins; there is at most one extension before it.
func descriptorOf(t *testing.T, data []byte) int {
	t.Helper()
	at := gifScreen
	if flags := data[gifScreen-3]; flags&0x80 != 0 {
		at += 6 << (flags & 7)
	}
	if data[at] == '!' {
		at += 8
	}
	if data[at] != ',' {
		t.Fatalf("no frame at byte %d", at)
	}
	return at
}

// What browsers show is shown.
func TestGIFWithFlaws(t *testing.T) {
	t.Parallel()
	whole := noisyGIF(t, 40, 30, 16, false)
	at := descriptorOf(t, whole)
	want, err := gifPixels(t, whole)
	if err != nil {
		t.Fatal(err)
	}
	f := func(name string, data []byte) {
		t.Helper()
		if got, err := gifPixels(t, data); err != nil || !bytes.Equal(got.Pix, want.Pix) {
			t.Errorf("%s: other pixels, %v", name, err)
		}
	}
	with := func(from, to int, between string) []byte {
		return bytes.Join([][]byte{whole[:from], []byte(between), whole[to:]}, nil)
	}
	f("unknown extension", with(at, at, "!\x42\x03abc\x00"))
	f("comment", with(at, at, "!\xfe\x05hello\x00"))
	f("long graphic control", with(at, at, "!\xf9\x05\x00\x00\x00\x00\x00\x00"))
	f("no trailer", whole[:len(whole)-1])
	f("no end of the pixels", whole[:len(whole)-2])
	f("more behind the pixels", with(len(whole)-2, len(whole)-2, "\x04more"))

	const first, second = "!\xf9\x04\x01\x00\x00\x03\x00", "!\xf9\x04\x00\x00\x00\x00\x00"
	once, err := gifPixels(t, with(at, at, first))
	twice, twiceErr := gifPixels(t, with(at, at, first+second))
	if err != nil || twiceErr != nil || once.Opaque() || !bytes.Equal(once.Pix, twice.Pix) {
		t.Errorf("two graphic controls, one with a transparent colour: %v, %v, or it is lost", err, twiceErr)
	}

	cut := with(len(whole)-60, len(whole)-2, "")
	if _, err := gifPixels(t, cut); err == nil {
		t.Error("a frame without its last rows was taken for whole")
	}
	if _, err := gifPixels(t, with(at+gifDescriptor, at+gifDescriptor+1, "\x09")); err == nil {
		t.Error("pixels of 9 bits were taken")
	}
	// The colours that a smaller table lacks are black.
	small := bytes.Clone(whole)
	const table = 6 << 2 // bytes of 8 colours
	small[gifScreen-3] = small[gifScreen-3]&^7 | 2
	small = append(small[:gifScreen+table:gifScreen+table], whole[at:]...)
	got, err := gifPixels(t, small)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(got.Pix); i += 4 {
		if pixel := string(got.Pix[i : i+4]); pixel != string(want.Pix[i:i+4]) && pixel != "\x00\x00\x00\xff" {
			t.Fatalf("pixel %d: %x; want %x or black", i/4, pixel, want.Pix[i:i+4])
		}
	}
}
