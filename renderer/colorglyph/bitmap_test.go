package colorglyph_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"testing"

	"github.com/go-text/typesetting/font"

	"github.com/adloom/adloom/renderer/colorglyph"
)

func drawGlyph(t *testing.T, f *font.Face, glyph font.GID) (*image.RGBA, bool) {
	t.Helper()
	var d colorglyph.Drawer
	return d.Draw(f, glyph, em, 0, ink())
}

// picture is a PNG that is red, but blue in its upper left quarter.
func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, asRed)
			if x < w/2 && y < h/2 {
				img.SetRGBA(x, y, asBlue)
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sbix is a table with one strike, in which the glyphs corner and drawn have a picture.
func sbix(ppem uint16, x, y int16, picture []byte) table {
	kind := "png "
	if bytes.HasPrefix(picture, []byte{0xff, 0xd8}) {
		kind = "jpg "
	}
	body := pack(x, y, []byte(kind), picture)
	strike := pack(ppem, uint16(72))
	first := len(strike) + 4*(count+1)
	for g := range count + 1 {
		strike = append(strike, pack(uint32(first+len(body)*(max(0, min(g-corner, drawn+1-corner)))))...)
	}
	strike = append(append(strike, body...), body...)
	return table{"sbix", pack(uint16(1), uint16(1), uint32(1), uint32(12), strike)}
}

func TestBitmaps(t *testing.T) {
	t.Parallel()
	f := face(t, sbix(20, 2, -4, picture(t, 20, 20)))
	var d colorglyph.Drawer
	place := func(glyph font.GID, size, shift float64, want image.Rectangle) *image.RGBA {
		t.Helper()
		img, ok := d.Draw(f, glyph, size, shift, ink())
		if !ok || img.Rect != want {
			t.Fatalf("glyph %d at %v: drawn: %t, at %v; want it at %v", glyph, size, ok, img.Rect, want)
		}
		return img
	}
	img := place(drawn, 20, 0, image.Rect(2, -16, 22, 4))
	wantColour(t, img, 2, 15, asBlue)
	wantColour(t, img, 21, 15, asRed)
	wantColour(t, img, 2, -4, asRed)
	img = place(drawn, 40, 0, image.Rect(4, -32, 44, 8))
	wantColour(t, img, 5, 30, asBlue)
	img = place(drawn, 10, 0.5, image.Rect(1, -8, 12, 2)) // begins in the middle of a pixel
	if a := at(img, 1, 0).A; a < 100 || a > 155 {
		t.Errorf("alpha of a pixel that is half covered: got %d", a)
	}
	// Bitmaps count from the corner of their outline.
	place(corner, 20, 0, image.Rect(12, -26, 32, -6))
	place(drawn, 1.0/64, 0, image.Rectangle{})
	if x, y := f.Ppem(); x != 0 || y != 0 {
		t.Errorf("the face was set to %d, %d pixels per em", x, y)
	}
}

func TestJPEG(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 20, 20))
	for i := 0; i < len(img.Pix); i += 4 {
		copy(img.Pix[i:], []byte{0, 255, 0, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	got, ok := draw(t, face(t, sbix(20, 0, 0, b.Bytes())))
	if !ok || got.Rect != image.Rect(0, -100, 100, 0) {
		t.Fatalf("drawn: %t, at %v; want it at 0, -100 to 100, 0", ok, got.Rect)
	}
	wantColour(t, got, 50, 50, asGreen)
}

// cbdt is the tables of one strike in which the glyph drawn has a picture of w by h pixels.
func cbdt(ppem uint8, x, y int8, w, h uint8, picture []byte) []table {
	data := pack(h, w, x, y, w, uint32(len(picture)), picture) // format 17
	return []table{
		{"CBDT", pack(uint16(3), uint16(0), data)},
		{"CBLC", pack(uint16(3), uint16(0), uint32(1),
			uint32(56), uint32(24), uint32(1), uint32(0), make([]byte, 24), uint16(drawn), uint16(drawn), ppem, ppem, uint8(32), uint8(1),
			uint16(drawn), uint16(drawn), uint32(8),
			uint16(1), uint16(17), uint32(4), uint32(0), uint32(len(data)))},
	}
}

func TestCBDT(t *testing.T) {
	t.Parallel()
	f := face(t, cbdt(20, -3, 12, 20, 10, picture(t, 20, 10))...)
	img, ok := draw(t, f)
	if !ok || img.Rect != image.Rect(-15, -60, 85, -10) {
		t.Fatalf("drawn: %t, at %v; want it at -15, -60 to 85, -10", ok, img.Rect)
	}
	wantColour(t, img, -10, 55, asBlue)
	wantColour(t, img, 80, 55, asRed)
	wantColour(t, img, -10, 15, asRed)
}

func TestBitmapsRefused(t *testing.T) {
	t.Parallel()
	f := func(ppem uint16, picture []byte) {
		t.Helper()
		if _, ok := draw(t, face(t, sbix(ppem, 0, 0, picture))); ok {
			t.Error("drawn")
		}
	}
	good := picture(t, 20, 20)
	f(20, nil)
	f(20, good[:30])
	f(20, good[:len(good)-30])
	f(20, picture(t, 1025, 2))
	f(0, good)
	f(1, picture(t, 1000, 1000)) // 100,000 pixels
}

// TestNoto looks at the emoji of the system.
func TestNoto(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
	if err != nil {
		t.Skip("this system has no font Noto Color Emoji: ", err)
	}
	f, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	glyph, _ := f.NominalGlyph('😀')
	var d colorglyph.Drawer
	// 136 by 128 pixels of 109 an em, 101 of them above the baseline.
	for size, want := range map[float64]image.Rectangle{
		109: image.Rect(0, -101, 136, 27),
		48:  image.Rect(0, -45, 60, 12),
		16:  image.Rect(0, -15, 20, 4),
	} {
		img, ok := d.Draw(f, glyph, size, 0, color.NRGBA{})
		if !ok || img.Rect != want {
			t.Errorf("at %v: drawn: %t, at %v; want it at %v", size, ok, img.Rect, want)
			continue
		}
		middle := img.RGBAAt(int(size*0.62), -int(size*0.6)) // between the eyes
		if middle.R < 200 || middle.G < 150 || middle.B > 120 || middle.A != 255 {
			t.Errorf("at %v: got the colour %v; want yellow", size, middle)
		}
	}
}
