package renderer_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
)

func identify(data []byte) (renderer.Identity, error) {
	return renderer.New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), renderer.Codecs{}, renderer.DefaultBudgets()).Identify(data)
}

// halves is red on the left, and on the right blue that half shows.
func halves() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 8, 4))
	for y := range 4 {
		for x := range 8 {
			img.SetNRGBA(x, y, color.NRGBA{255, 0, 0, 255})
			if x >= 4 {
				img.SetNRGBA(x, y, color.NRGBA{0, 0, 255, 128})
			}
		}
	}
	return img
}

func encodedPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// pngChunk is a chunk with its checksum.
func pngChunk(name string, body []byte) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(append(chunk, name...), body...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}

// afterIHDR puts bytes behind the first chunk.
func afterIHDR(file []byte, more ...[]byte) []byte {
	const ihdr = 8 + 12 + 13
	return bytes.Join([][]byte{file[:ihdr], bytes.Join(more, nil), file[ihdr:]}, nil)
}

func packed(n int) []byte {
	var buf bytes.Buffer
	w := zlib.NewWriter(&buf)
	_, _ = w.Write(make([]byte, n))
	_ = w.Close()
	return buf.Bytes()
}

func TestIdentify(t *testing.T) {
	t.Parallel()
	var frames, small bytes.Buffer
	red := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.RGBA{255, 0, 0, 255}})
	if err := errors.Join(
		gif.EncodeAll(&frames, &gif.GIF{Image: []*image.Paletted{red, red}, Delay: []int{9, 9}, Config: image.Config{Width: 8, Height: 4}}),
		gif.Encode(&small, red, nil),
	); err != nil {
		t.Fatal(err)
	}
	grown := bytes.Clone(small.Bytes())
	grown[6] = 2 // the canvas is narrower than its frame

	f := func(name string, data []byte, want renderer.Identity) {
		t.Helper()
		got, err := identify(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		for c, mean := range got.Mean {
			if math.Abs(mean-want.Mean[c]) > 0.6 {
				t.Errorf("%s: mean %.1f; want %.1f", name, got.Mean, want.Mean)
				break
			}
		}
		got.Mean = want.Mean
		if got != want {
			t.Errorf("%s: %+v; want %+v", name, got, want)
		}
	}
	whole := encodedPNG(t, halves())
	wrong := pngChunk("tEXt", []byte("a\x00b"))
	wrong[len(wrong)-1] ^= 1
	turned := pngChunk("eXIf", []byte("II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00"))
	mean := [3]float64{191, 63.5, 127.5}
	still := renderer.Identity{Format: "png", Width: 8, Height: 4, Mean: mean, Frames: 1}
	f("png", whole, still)
	f("png, turned", afterIHDR(whole, turned), renderer.Identity{Format: "png", Width: 4, Height: 8, Mean: mean, Frames: 1})
	f("png, 3 frames", afterIHDR(whole, pngChunk("acTL", []byte{0, 0, 0, 3, 0, 0, 0, 0})), renderer.Identity{Format: "png", Width: 8, Height: 4, Mean: mean, Frames: 3})
	f("png, damaged text", afterIHDR(whole, wrong), still)
	f("png, no end", whole[:len(whole)-12], still)
	f("png, long text", afterIHDR(whole, pngChunk("zTXt", append([]byte("a\x00\x00"), packed(1<<20)...))), still)
	f("gif", frames.Bytes(), renderer.Identity{Format: "gif", Width: 8, Height: 4, Mean: [3]float64{255, 127.5, 127.5}, Frames: 2})
	f("gif, frame outside", grown, renderer.Identity{Format: "gif", Width: 4, Height: 4, Mean: [3]float64{255, 0, 0}, Frames: 1})

	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 9, 9)), nil); err != nil {
		t.Fatal(err)
	}
	black := renderer.Identity{Format: "jpeg", Width: 9, Height: 9, Frames: 1}
	f("jpeg", photo.Bytes(), black)
	f("jpeg, no end", photo.Bytes()[:photo.Len()-2], black)
	f("jpeg, another behind", append(bytes.Clone(photo.Bytes()), photo.Bytes()...), black)
}

func TestIdentifyRefuses(t *testing.T) {
	t.Parallel()
	f := func(name string, data []byte, want string) {
		t.Helper()
		if got, err := identify(data); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %+v, %v; want %q", name, got, err, want)
		}
	}
	whole := encodedPNG(t, halves())
	header := []byte{0, 0, 0x1b, 0x58, 0, 0, 0x1b, 0x58, 16, 6, 0, 0, 0} // 7000x7000
	many := pngChunk("zTXt", append([]byte("a\x00\x00"), packed(1<<20)...))
	f("nothing", nil, "found empty")
	f("png, cut", whole[:len(whole)-20], "chunk IDAT: expected")
	f("png, only a header", bytes.Join([][]byte{whole[:8], pngChunk("IHDR", header), pngChunk("IDAT", packed(9)), pngChunk("IEND", nil)}, nil), "7000x7000 pixels, want at least")
	f("png, bomb in a text", afterIHDR(whole, pngChunk("zTXt", append([]byte("a\x00\x00"), packed(1<<23)...))), "chunk zTXt: expected a text of at most")
	f("png, bomb in a text in a language", afterIHDR(whole, pngChunk("iTXt", append([]byte("a\x00\x01\x00en\x00a\x00"), packed(1<<23)...))), "chunk iTXt: expected a text of at most")
	f("png, bomb in a profile", afterIHDR(whole, pngChunk("iCCP", append([]byte("a\x00\x00"), packed(1<<23)...))), "chunk iCCP: expected a text of at most")
	f("png, bomb in many texts", afterIHDR(whole, bytes.Repeat(many, 17)), "chunk zTXt: expected a text of at most")
	f("lossless jpeg", []byte("\xff\xd8\xff\xc3\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"), "found lossless JPEG")
	f("HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1"), "found HEIC")
}
