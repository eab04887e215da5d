package icc_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/icc"
)

// segment is an APP2 segment with a part of a profile.
func segment(number, total byte, part string) string {
	body := "ICC_PROFILE\x00" + string([]byte{number, total}) + part
	return "\xff\xe2" + string(binary.BigEndian.AppendUint16(nil, uint16(2+len(body)))) + body
}

func chunk(name, body string) string { return u32(len(body)) + name + body + "\x00\x00\x00\x00" }

func zipped(t testing.TB, data []byte) string {
	t.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func riffChunk(name, body string) string {
	out := name + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body
	if len(body)%2 == 1 {
		out += "\x00"
	}
	return out
}

const (
	pngHead  = "\x89PNG\r\n\x1a\n"
	webpHead = "RIFF\x00\x01\x00\x00WEBP"
	scan     = "\xff\xda\x00\x02"
)

func TestExtract(t *testing.T) {
	t.Parallel()
	f := func(name, format, data, want string) {
		t.Helper()
		got, err := icc.Extract(format, []byte(data))
		if err != nil || string(got) != want || (got == nil) != (want == "") {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, want)
		}
	}
	f("jpeg", "jpeg", "\xff\xd8"+segment(1, 1, "profile")+scan, "profile")
	f("jpeg, any order", "jpeg", "\xff\xd8"+segment(3, 3, "c")+"\xff\xe1\x00\x04??"+segment(1, 3, "a")+segment(2, 3, "b")+scan, "abc")
	f("jpeg, fill bytes and rubbish", "jpeg", "\xff\xd8\xff\xff\xff\x01rubbish"+segment(1, 1, "x")+scan, "x")
	f("jpeg, another APP2", "jpeg", "\xff\xd8\xff\xe2\x00\x06MPF\x00"+scan, "")
	f("jpeg, behind the scan", "jpeg", "\xff\xd8"+scan+segment(1, 1, "x"), "")
	f("jpeg, empty", "jpeg", "", "")
	f("jpeg, cut", "jpeg", "\xff\xd8\xff\xe2\xff\xff", "")
	f("png", "png", pngHead+chunk("IHDR", "")+chunk("iCCP", "name\x00\x00"+zipped(t, []byte("profile")))+chunk("IDAT", ""), "profile")
	f("png, behind the pixels", "png", pngHead+chunk("IDAT", "")+chunk("iCCP", "name\x00\x00"+zipped(t, []byte("profile"))), "")
	f("png, none", "png", pngHead+chunk("IEND", ""), "")
	f("png, cut", "png", pngHead+chunk("iCCP", "name\x00\x00")[:15], "")
	f("webp", "webp", webpHead+riffChunk("VP8X", "??????????")+riffChunk("ICCP", "profile")+riffChunk("VP8 ", ""), "profile")
	f("webp, behind an odd chunk", "webp", webpHead+riffChunk("WHAT", "odd")+riffChunk("ICCP", "profile"), "profile")
	f("webp, behind the pixels", "webp", webpHead+riffChunk("VP8L", "")+riffChunk("ICCP", "profile"), "")
	f("webp, cut", "webp", webpHead+riffChunk("ICCP", "profile")[:12], "")
	f("another format", "gif", "GIF89a", "")
}

func TestExtractRefuses(t *testing.T) {
	t.Parallel()
	f := func(name, format, data string) {
		t.Helper()
		if got, err := icc.Extract(format, []byte(data)); got != nil || !errors.Is(err, icc.ErrCorrupt) {
			t.Errorf("%s: got %d bytes, %v; want ErrCorrupt", name, len(got), err)
		}
	}
	f("part missing", "jpeg", "\xff\xd8"+segment(1, 2, "a")+scan)
	f("part twice", "jpeg", "\xff\xd8"+segment(1, 2, "a")+segment(1, 2, "b")+scan)
	f("part 0", "jpeg", "\xff\xd8"+segment(0, 1, "a")+scan)
	f("part beyond the last", "jpeg", "\xff\xd8"+segment(2, 1, "a")+scan)
	f("none in all", "jpeg", "\xff\xd8"+segment(1, 0, "a")+scan)
	f("two totals", "jpeg", "\xff\xd8"+segment(1, 2, "a")+segment(2, 3, "b")+scan)
	f("no name", "png", pngHead+chunk("iCCP", "\x00\x00"+zipped(t, []byte("x"))))
	f("unknown method", "png", pngHead+chunk("iCCP", "name\x00\x01"+zipped(t, []byte("x"))))
	f("not zlib", "png", pngHead+chunk("iCCP", "name\x00\x00nothing like it"))
	f("zlib cut", "png", pngHead+chunk("iCCP", "name\x00\x00"+zipped(t, []byte("profile"))[:8]))
	f("bomb", "png", pngHead+chunk("iCCP", "name\x00\x00"+zipped(t, make([]byte, icc.MaxProfile+1))))
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	f := func(name string, profile []byte, want error) {
		t.Helper()
		p, err := icc.Parse(profile)
		if err == nil {
			_, err = p.Transform()
		}
		if !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", name, err, want)
		}
	}
	white := xyz(0.9642, 1, 0.8249)
	lut := func(body string) []byte {
		return build(2, "prtr", "CMYK", "Lab ", map[string]string{"A2B0": body})
	}
	layers := func(body string) []byte {
		return build(4, "prtr", "CMYK", "Lab ", map[string]string{"A2B0": body})
	}
	nothing := pad("curv\x00\x00\x00\x00\x00\x00\x00\x00")
	f("nothing", nil, icc.ErrCorrupt)
	f("too large", make([]byte, icc.MaxProfile+1), icc.ErrCorrupt)
	f("no signature", make([]byte, 132), icc.ErrCorrupt)
	f("a link", build(2, "link", "RGB ", "Lab ", nil), icc.ErrUnsupported)
	f("pixels in Lab", build(2, "spac", "Lab ", "Lab ", nil), icc.ErrUnsupported)
	f("to RGB", build(2, "mntr", "RGB ", "RGB ", nil), icc.ErrUnsupported)
	f("version 5", build(5, "mntr", "RGB ", "XYZ ", nil), icc.ErrUnsupported)
	f("more tags than bytes", append(build(2, "mntr", "RGB ", "XYZ ", nil)[:128], 0, 0, 0, 90), icc.ErrCorrupt)
	f("tags without end", append(build(2, "mntr", "RGB ", "XYZ ", nil)[:128], 255, 255, 255, 255), icc.ErrCorrupt)
	f("no tags", build(2, "mntr", "RGB ", "XYZ ", nil), icc.ErrUnsupported)
	f("tag cut", srgbProfile(gamma(2))[:140+60], icc.ErrCorrupt)
	f("matrix to Lab", build(2, "mntr", "RGB ", "Lab ", shaperTags(gamma(2), white, white, white)), icc.ErrUnsupported)
	f("primaries out of this world", build(2, "mntr", "RGB ", "XYZ ", shaperTags(gamma(2), xyz(30000, 0, 0), white, white)), icc.ErrCorrupt)
	f("white of three", build(2, "mntr", "RGB ", "XYZ ", shaperTags(gamma(2), white, white, white)), icc.ErrCorrupt)
	f("primary of another type", build(2, "mntr", "RGB ", "XYZ ", shaperTags(gamma(2), gamma(2), white, white)), icc.ErrCorrupt)
	f("short primary", build(2, "mntr", "RGB ", "XYZ ", shaperTags(gamma(2), white[:12], white, white)), icc.ErrCorrupt)
	f("curve of another type", srgbProfile(white), icc.ErrCorrupt)
	f("curve with more values than bytes", srgbProfile("curv\x00\x00\x00\x00\xff\xff\xff\xff"), icc.ErrCorrupt)
	f("curve of a million values", srgbProfile("curv\x00\x00\x00\x00"+u32(1<<20)+string(make([]byte, 2<<20))), icc.ErrCorrupt)
	f("unknown parametric curve", srgbProfile(para(5, 1, 1, 1, 1, 1, 1, 1, 1)), icc.ErrCorrupt)
	f("short parametric curve", srgbProfile(para(4, 1)), icc.ErrCorrupt)
	f("gray without a curve", build(2, "mntr", "GRAY", "XYZ ", nil), icc.ErrUnsupported)
	f("CMYK without a table", build(2, "prtr", "CMYK", "Lab ", nil), icc.ErrUnsupported)
	f("short table", lut("mft2"), icc.ErrCorrupt)
	f("table for three channels", lut(mft2(3, 2, ink3)), icc.ErrCorrupt)
	f("unknown table", lut("mpet"+mft2(4, 2, ink)[4:]), icc.ErrUnsupported)
	f("table cut", lut(mft2(4, 2, ink)[:120]), icc.ErrCorrupt)
	f("grid without points", lut(mft2(4, 0, ink)), icc.ErrUnsupported)
	f("grid too fine", lut(strings.Replace(mft2(4, 2, ink), "\x04\x03\x02", "\x04\x03\xff", 1)), icc.ErrUnsupported)
	f("layers without a grid", layers(mab(4, three(nothing), "", "", "", "")), icc.ErrCorrupt)
	f("layers that point outside", layers("mAB \x00\x00\x00\x00\x04\x03\x00\x00"+u32(1<<31)+u32(0)+u32(0)+u32(0)+u32(0)), icc.ErrCorrupt)
	f("layers, curves cut", layers(mab(4, nothing, "", "", "", "")), icc.ErrCorrupt)
	f("layers, matrix cut", layers(mab(4, three(nothing), s15(1), "", "", "")), icc.ErrCorrupt)
	f("layers, grid cut", layers(mab(4, three(nothing), "", "", "\x02\x02\x02\x02", "")), icc.ErrCorrupt)
	f("layers, values of 3 bytes", layers(mab(4, three(nothing), "", "", "\x02\x02\x02\x02"+string(make([]byte, 12))+"\x03\x00\x00\x00"+string(make([]byte, 200)), "")), icc.ErrCorrupt)
}

func ink3(at []float64) []float64 { return ink(append(at[:3:3], 0)) }

func FuzzProfile(f *testing.F) {
	nothing := three("curv\x00\x00\x00\x00\x00\x00\x00\x00")
	for _, seed := range [][]byte{
		srgbProfile(srgbPara()), p3Profile(), adobeProfile(), srgbProfile(sampled(16, light)),
		build(2, "mntr", "GRAY", "Lab ", map[string]string{"kTRC": gamma(1.8)}),
		build(2, "prtr", "CMYK", "Lab ", map[string]string{"A2B0": mft2(4, 2, ink)}),
		build(2, "scnr", "RGB ", "XYZ ", map[string]string{"A2B0": mft2(3, 2, ink3)}),
		build(4, "mntr", "RGB ", "Lab ", map[string]string{"A2B0": mab(3, nothing, s15(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0), three(srgbPara()),
			"\x02\x02\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00"+string(grid(3, 2, ink3)), nothing)}),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := icc.Parse(data)
		if err != nil {
			if p != nil || !errors.Is(err, icc.ErrCorrupt) && !errors.Is(err, icc.ErrUnsupported) {
				t.Fatal(p, err)
			}
			return
		}
		p.IsSRGB()
		tr, err := p.Transform()
		if err != nil {
			if tr != nil || !errors.Is(err, icc.ErrCorrupt) && !errors.Is(err, icc.ErrUnsupported) {
				t.Fatal(tr, err)
			}
			return
		}
		pix := make([]byte, 0, 4*256)
		for i := range 256 {
			pix = append(pix, byte(i), byte(255-i), byte(i*7), byte(i*13))
		}
		if tr.Space() == icc.CMYK {
			err = tr.CMYK(pix, pix)
		} else {
			err = tr.RGB(pix)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzExtract(f *testing.F) {
	f.Add("jpeg", []byte("\xff\xd8"+segment(2, 2, "b")+segment(1, 2, "a")+scan))
	f.Add("png", []byte(pngHead+chunk("iCCP", "name\x00\x00"+zipped(f, []byte("profile")))))
	f.Add("webp", []byte(webpHead+riffChunk("ICCP", "profile")))
	f.Fuzz(func(t *testing.T, format string, data []byte) {
		profile, err := icc.Extract(format, data)
		if err != nil && (profile != nil || !errors.Is(err, icc.ErrCorrupt)) {
			t.Fatal(len(profile), err)
		}
	})
}
