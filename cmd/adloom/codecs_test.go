package main

import (
	"bytes"
	"image"
	"sync"
	"testing"

	"github.com/adloom/adloom/renderer"
)

// codecPicture is opaque and in all colours.
func codecPicture() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range img.Pix {
		img.Pix[i] = byte(i * 5)
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	return img
}

// The codecs of the machine write what they are asked for, and decode into the memory that they are given.
func TestMachineCodecs(t *testing.T) {
	t.Parallel()
	codecs := machineCodecs()
	img := codecPicture()
	decode := func(what string, data []byte, codec func([]byte, int, int, func(int) []byte) (*image.RGBA, error)) {
		t.Helper()
		pix := make([]byte, len(img.Pix))
		got, err := codec(data, 64, 48, func(n int) []byte { return pix[:n] })
		if err != nil || got.Rect != img.Rect || &got.Pix[0] != &pix[0] {
			t.Errorf("%s: decoded to %v, %v; want %v in the memory given", what, got, err, img.Rect)
		}
		if got, err = codec(data, 64, 48, nil); err != nil || !bytes.Equal(got.Pix, pix) {
			t.Errorf("%s: other pixels in memory of its own, %v", what, err)
		}
	}
	if codecs.JPEG != nil {
		sizes := map[bool]int{}
		for _, full := range []bool{false, true} {
			for _, progressive := range []bool{false, true} {
				data, err := codecs.JPEG.Encode(img, renderer.JPEGOptions{Quality: 80, Full: full, Progressive: progressive})
				if err != nil {
					t.Fatal(err)
				}
				if got := bytes.Contains(data, []byte{0xff, 0xc2, 0, 17}); got != progressive {
					t.Errorf("progressive %t: got %t", progressive, got)
				}
				sizes[full] = len(data)
				decode("JPEG", data, codecs.JPEG.Decode)
			}
		}
		if sizes[true] <= sizes[false] {
			t.Errorf("full colours take %d bytes, half ones %d", sizes[true], sizes[false])
		}
		if _, err := codecs.JPEG.Decode([]byte("no picture"), 1, 1, nil); err == nil {
			t.Error("no JPEG: no error")
		}
	}
	if codecs.WebP != nil {
		data, err := codecs.WebP.EncodeLossless(img)
		if err != nil {
			t.Fatal(err)
		}
		decode("WebP", data, codecs.WebP.Decode)
	}
}

// However many use the codec at once, it keeps no more handles than may run at once.
func TestTurboCodecConcurrently(t *testing.T) {
	t.Parallel()
	codec, ok := machineCodecs().JPEG.(*turboCodec)
	if !ok {
		t.Skip("libturbojpeg is not installed")
	}
	img := codecPicture()
	want, err := codec.Encode(img, renderer.JPEGOptions{Quality: 80})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			// Others write other kinds in between.
			if _, err := codec.Encode(img, renderer.JPEGOptions{Quality: 50, Full: i%2 == 0, Progressive: i%3 == 0}); err != nil {
				t.Error(err)
			}
			if got, err := codec.Encode(img, renderer.JPEGOptions{Quality: 80}); err != nil || !bytes.Equal(got, want) {
				t.Errorf("got %d bytes, %v; want %d", len(got), err, len(want))
			}
		})
	}
	wg.Wait()
	if n := len(codec.encoders); n == 0 || n > cap(codec.encoders) {
		t.Errorf("%d encoders kept, want 1 to %d", n, cap(codec.encoders))
	}
}
