package imageinfo_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/imageinfo"
)

func picture(t testing.TB, format string, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	var err error
	switch img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.Black, color.White}); format {
	case "jpeg":
		err = jpeg.Encode(&out, img, nil)
	case "png":
		err = png.Encode(&out, img)
	case "gif":
		err = gif.EncodeAll(&out, &gif.GIF{Image: []*image.Paletted{img, img}, Delay: []int{1, 1}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// tiff is an EXIF block whose only entry is the orientation.
func tiff(orientation uint16) []byte {
	block := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00")
	binary.BigEndian.PutUint16(block[18:], orientation)
	return block
}

func withAPP1(data []byte, exif []byte) []byte {
	body := append([]byte("Exif\x00\x00"), exif...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(2+len(body)))
	return bytes.Join([][]byte{data[:2], segment, body, data[2:]}, nil)
}

// withChunk puts a PNG chunk before the last one.
func withChunk(data []byte, name string, body []byte) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(append(chunk, name...), body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return bytes.Join([][]byte{data[:len(data)-12], chunk, data[len(data)-12:]}, nil)
}

// riff builds a WebP file out of names and bodies.
func riff(parts ...string) []byte {
	var body []byte
	for i := 0; i < len(parts); i += 2 {
		body = append(append(body, parts[i]...), chunkBody(parts[i+1])...)
	}
	return append([]byte("RIFF"), chunkBody("WEBP"+string(body))...)
}

func chunkBody(body string) []byte {
	out := append(binary.LittleEndian.AppendUint32(nil, uint32(len(body))), body...)
	if len(body)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

func u24(n int) string { return string([]byte{byte(n), byte(n >> 8), byte(n >> 16)}) }

func vp8x(width, height int) string { return "\x00\x00\x00\x00" + u24(width-1) + u24(height-1) }

func vp8l(width, height int) string {
	return "\x2f" + string(binary.LittleEndian.AppendUint32(nil, uint32(width-1)|uint32(height-1)<<14))
}

func anmf(x, y, width, height int, inner string) string {
	return u24(x/2) + u24(y/2) + u24(width-1) + u24(height-1) + "\x00\x00\x00\x00" + inner
}

func TestRead(t *testing.T) {
	t.Parallel()
	f := func(name string, data []byte, want imageinfo.Info) {
		t.Helper()
		got, err := imageinfo.Read(data)
		if err != nil || got != want {
			t.Errorf("%s: got %+v, %v; want %+v", name, got, err, want)
		}
	}
	j, p, g := picture(t, "jpeg", 7, 5), picture(t, "png", 7, 5), picture(t, "gif", 7, 5)
	f("jpeg", j, imageinfo.Info{Format: "jpeg", Width: 7, Height: 5, Orientation: 1, Scans: 1, Frames: 1, Space: imageinfo.RGB, Density: 1024})
	f("jpeg, turned", withAPP1(j, tiff(6)), imageinfo.Info{Format: "jpeg", Width: 7, Height: 5, Orientation: 6, Scans: 1, Frames: 1, Space: imageinfo.RGB, Density: 1024})
	f("jpeg, orientation 9", withAPP1(j, tiff(9)), imageinfo.Info{Format: "jpeg", Width: 7, Height: 5, Orientation: 1, Scans: 1, Frames: 1, Space: imageinfo.RGB, Density: 1024})
	f("jpeg, picture behind the picture", append(bytes.Clone(j), j...), imageinfo.Info{Format: "jpeg", Width: 7, Height: 5, Orientation: 1, Scans: 1, Frames: 1, Space: imageinfo.RGB, Density: 1024})
	f("png", p, imageinfo.Info{Format: "png", Width: 7, Height: 5, Orientation: 1, Frames: 1, Space: imageinfo.RGB, Density: 8256})
	f("png, turned", withChunk(p, "eXIf", tiff(8)), imageinfo.Info{Format: "png", Width: 7, Height: 5, Orientation: 8, Frames: 1, Space: imageinfo.RGB, Density: 8256})
	f("apng", withChunk(p, "acTL", []byte{0, 0, 0, 20, 0, 0, 0, 0}), imageinfo.Info{Format: "png", Width: 7, Height: 5, Orientation: 1, Frames: 20, Space: imageinfo.RGB, Density: 8256})
	f("gif", g, imageinfo.Info{Format: "gif", Width: 7, Height: 5, Orientation: 1, Frames: 2, Space: imageinfo.RGB, Density: 2731})
	f("webp", riff("VP8L", vp8l(7, 5)), imageinfo.Info{Format: "webp", Width: 7, Height: 5, Orientation: 1, Frames: 1, Space: imageinfo.RGB})
	f("webp, turned", riff("VP8X", vp8x(7, 5), "VP8L", vp8l(7, 5), "EXIF", string(tiff(5))),
		imageinfo.Info{Format: "webp", Width: 7, Height: 5, Orientation: 5, Frames: 1, Space: imageinfo.RGB})
	f("webp, animated", riff("VP8X", vp8x(9, 9),
		"ANMF", anmf(2, 2, 7, 5, "VP8L"+string(chunkBody(vp8l(7, 5)))), "ANMF", anmf(0, 0, 1, 1, "VP8L"+string(chunkBody(vp8l(1, 1))))),
		imageinfo.Info{Format: "webp", Width: 9, Height: 9, Orientation: 1, Frames: 2, Space: imageinfo.RGB})
}

func TestReadCorrupt(t *testing.T) {
	t.Parallel()
	f := func(name string, data []byte, want error) {
		t.Helper()
		info, err := imageinfo.Read(data)
		if !errors.Is(err, imageinfo.ErrCorrupt) || errors.Is(err, imageinfo.ErrShort) != (want == imageinfo.ErrShort) {
			t.Errorf("%s: got %+v, %v; want %v", name, info, err, want)
		}
	}
	j, p, g := picture(t, "jpeg", 7, 5), picture(t, "png", 7, 5), picture(t, "gif", 7, 5)
	sof := bytes.Index(j, []byte{0xff, 0xc0})
	f("jpeg, start only", j[:3], imageinfo.ErrShort)
	f("jpeg, cut in the frame header", j[:sof+6], imageinfo.ErrShort)
	f("jpeg, two frame headers", bytes.Join([][]byte{j[:sof], j[sof : sof+19], j[sof:]}, nil), imageinfo.ErrCorrupt)
	f("jpeg, height 0", bytes.Replace(j, []byte{0, 5, 0, 7}, []byte{0, 0, 0, 7}, 1), imageinfo.ErrCorrupt)
	f("jpeg, no quantization table", bytes.Replace(j, []byte{0xff, 0xdb}, []byte{0xff, 0xef}, 1), imageinfo.ErrCorrupt)
	f("jpeg, one of two quantization tables", bytes.Replace(j, []byte{0, 0x84, 0}, []byte{0, 0x84, 2}, 1), imageinfo.ErrCorrupt)
	f("png, signature only", p[:8], imageinfo.ErrShort)
	f("png, size without its checksum", bytes.Replace(p, []byte{0, 0, 0, 7}, []byte{0, 0, 1, 7}, 1), imageinfo.ErrCorrupt)
	f("png, text mode transfer", bytes.ReplaceAll(p, []byte("\r\n"), []byte("\n")), imageinfo.ErrCorrupt)
	f("gif, no frame", g[:20], imageinfo.ErrShort)
	f("gif, width 0", bytes.Replace(g, []byte{7, 0, 5, 0}, []byte{0, 0, 5, 0}, 1), imageinfo.ErrCorrupt)
	f("webp, canvas only", riff("VP8X", vp8x(7, 5)), imageinfo.ErrShort)
	f("webp, bitstream past its canvas", riff("VP8X", vp8x(7, 5), "VP8L", vp8l(9000, 9000)), imageinfo.ErrCorrupt)
	f("webp, frame past its canvas", riff("VP8X", vp8x(7, 5), "ANMF", anmf(2, 2, 7, 5, "")), imageinfo.ErrCorrupt)
	f("webp, bitstream past its frame", riff("VP8X", vp8x(7, 5), "ANMF", anmf(0, 0, 7, 5, "VP8L"+string(chunkBody(vp8l(9000, 9000))))), imageinfo.ErrCorrupt)
}

// A small logical screen must not hide a huge first frame.
func TestGIFScreenGrows(t *testing.T) {
	t.Parallel()
	g := picture(t, "gif", 7, 5)
	frame := bytes.Index(g, []byte{0x2c, 0, 0, 0, 0, 7, 0, 5, 0})
	if frame < 0 {
		t.Fatal("no frame in the test picture")
	}
	copy(g[frame+5:], "\xff\xff\xff\xff")
	info, err := imageinfo.Read(g)
	if err != nil || info.Width != 65535 || info.Height != 65535 {
		t.Fatalf("got %+v, %v; want 65535x65535", info, err)
	}
	var limit *imageinfo.LimitError
	if err := (imageinfo.Limits{}).Check(info); !errors.As(err, &limit) || limit.Limit != "pixels" || limit.Found != 65535*65535 {
		t.Errorf("got %v, want the pixel limit", err)
	}
}

func TestFormatError(t *testing.T) {
	t.Parallel()
	f := func(data, found string, picture bool) {
		t.Helper()
		_, err := imageinfo.Read([]byte(data))
		var format *imageinfo.FormatError
		if !errors.As(err, &format) || format.Found != found || format.Picture() != picture {
			t.Errorf("%.20q: got %v, want %s, picture %v", data, err, found, picture)
		}
	}
	f("", "empty", false)
	f("\ufeff\n <!DOCTYPE html><p>", "HTML", false)
	f("<html><svg/></html>", "HTML", false)
	f("<?xml version='1.0'?><!-- x --><svg xmlns=''/>", "SVG", true)
	f("<?xml version='1.0'?><Error/>", "XML", false)
	f("%PDF-1.7", "PDF", false)
	f("II*\x00....", "TIFF", true)
	f("BM\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x28\x00\x00\x00", "BMP", true)
	f("BMW 320i, good as new", "text", false)
	f("\x00\x00\x00\x20ftypavif\x00\x00\x00\x00", "AVIF", true)
	f("\x00\x00\x00\x20ftypmif1\x00\x00\x00\x00avif", "AVIF", true)
	f("\x00\x00\x00\x20ftypheic\x00\x00\x00\x00", "HEIC", true)
	f("\x00\x00\x00\x20ftypisom\x00\x00\x00\x00", "a video", false)
	f("\xff\x0a\x00", "JPEG XL", true)
	f("\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG 2000", true)
	f("PK\x03\x04", "ZIP", false)
	f("\x1f\x8b\x08", "gzip", false)
	f("Not found: größe", "text", false)
	f("\x01\x02\x03\x04", "unknown data", false)
	f("P6\n1 1\n255\n...", "Netpbm", true)
	f("P60 is one, too", "text", false)
	f("II\xbc\x01\x08\x00\x00\x00", "JPEG XR", true)
	f("qoif\x00\x00\x00\x01", "QOI", true)
	f("\x00\x00\x00\x18ftyphevc\x00\x00\x00\x00", "HEIC", true)
	f("\x00\x00\x00\x18ftyphevs\x00\x00\x00\x00", "HEIC", true)
	f("\x1aE\xdf\xa3", "a video", false)
	f("RIFF\x00\x00\x00\x00AVI LIST", "a video", false)
	f("%!PS-Adobe-3.0 EPSF-3.0", "PostScript", false)
	f(`{"error":"not found"}`, "JSON", false)
	f("/* XPM */ static char", "XPM", true)
	f("\xff\xd8\xff\xf7\x00\x0b", "JPEG-LS", true)
	f("\xff\xd8\xff\xc3\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00", "lossless JPEG", true)
	f("\xff\xd8\xff\xc5\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00", "hierarchical JPEG", true)
	f("\xff\xd8\xff\xc1\x00\x0b\x0c\x00\x01\x00\x01\x01\x01\x11\x00", "JPEG of 12 bits", true)
}

func TestCheckLength(t *testing.T) {
	t.Parallel()
	f := func(info imageinfo.Info, bytes int, short bool) {
		t.Helper()
		if err := info.CheckLength(bytes); errors.Is(err, imageinfo.ErrCorrupt) != short {
			t.Errorf("%+v with %d bytes: %v; want too short %v", info, bytes, err, short)
		}
	}
	f(imageinfo.Info{Width: 1024, Height: 10, Density: 1024}, 10, false)
	f(imageinfo.Info{Width: 1024, Height: 10, Density: 1024}, 9, true)
	f(imageinfo.Info{Width: 16383, Height: 16383}, 1, false)
	for _, format := range []string{"jpeg", "png", "gif"} { // blank pictures are the densest
		data := picture(t, format, 3000, 2000)
		info, err := imageinfo.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		f(info, len(data), false)
		f(info, 500, true)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	f := func(l imageinfo.Limits, info imageinfo.Info, want string) {
		t.Helper()
		err := l.Check(info)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%+v %+v: got %v, want %q", l, info, err, want)
		}
	}
	f(imageinfo.Limits{}, imageinfo.Info{Width: 10000, Height: 5000, Scans: 100}, "")
	f(imageinfo.Limits{}, imageinfo.Info{Width: 10001, Height: 5000}, "10001x5000 has 50.0 megapixels, expected at most 50.0")
	f(imageinfo.DefaultLimits(), imageinfo.Info{Width: 1, Height: 1, Scans: 101}, "101 scans, expected at most 100")
	f(imageinfo.Limits{MaxPixels: 6}, imageinfo.Info{Width: 2, Height: 3}, "")
	f(imageinfo.Limits{MaxPixels: 5}, imageinfo.Info{Width: 2, Height: 3}, "megapixels")
}

// Every beginning of a picture gives the facts of the whole, or says that more is needed.
func TestReadPrefixes(t *testing.T) {
	t.Parallel()
	for _, data := range [][]byte{
		withAPP1(picture(t, "jpeg", 7, 5), tiff(6)), picture(t, "png", 7, 5), picture(t, "gif", 7, 5),
		riff("VP8X", vp8x(7, 5), "VP8L", vp8l(7, 5), "EXIF", string(tiff(5))),
	} {
		for n := 12; n <= len(data); n++ {
			info, err := imageinfo.Read(data[:n])
			if err == nil && (info.Width != 7 || info.Height != 5) || err != nil && !errors.Is(err, imageinfo.ErrShort) {
				t.Fatalf("%.4q, first %d bytes: got %+v, %v", data, n, info, err)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, format := range []string{"jpeg", "png", "gif"} {
		f.Add(picture(f, format, 7, 5))
	}
	f.Add(withAPP1(picture(f, "jpeg", 7, 5), tiff(6)))
	f.Add(riff("VP8X", vp8x(7, 5), "ANMF", anmf(0, 0, 7, 5, "VP8L"+string(chunkBody(vp8l(7, 5)))), "EXIF", string(tiff(5))))
	f.Add([]byte("<svg"))
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := imageinfo.Read(data)
		var format *imageinfo.FormatError
		switch {
		case err != nil && !errors.Is(err, imageinfo.ErrCorrupt) && !errors.As(err, &format):
			t.Fatalf("error of no known kind: %v", err)
		case err == nil && (info.Width < 1 || info.Height < 1 || info.Orientation < 1 || info.Orientation > 8 || info.Frames < 1):
			t.Fatalf("impossible facts: %+v", info)
		}
	})
}
