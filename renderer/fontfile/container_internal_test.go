package fontfile

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"
	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goregular"
)

// However a font is packed, it draws the same.
func TestPackings(t *testing.T) {
	t.Parallel()
	want, err := Load(goregular.TTF, 0)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		file  []byte
		fonts int
	}{
		"woff":       {asWOFF(t, goregular.TTF), 1},
		"woff2":      {asWOFF2(t, goregular.TTF), 1},
		"collection": {asCollection(goregular.TTF, 3), 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			faces, err := Describe(bytes.NewReader(test.file))
			if err != nil || len(faces) != test.fonts {
				t.Fatalf("expected %d fonts; found %v, %v", test.fonts, faces, err)
			}
			last := test.fonts - 1
			got, err := Load(test.file, last)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got.Face, faces[last]) || got.Face.Index != last || got.Face.Family != want.Face.Family {
				t.Errorf("expected the face that was described, %+v; found %+v", faces[last], got.Face)
			}
			sameGlyphs(t, want, got)
		})
	}
}

func sameGlyphs(t *testing.T, want, got *Font) {
	t.Helper()
	a, b := font.NewFace(want.Font), font.NewFace(got.Font)
	if x, y := want.Metrics(a), got.Metrics(b); x != y {
		t.Errorf("expected the metrics %+v; found %+v", x, y)
	}
	drawn := 0
	for g := range font.GID(800) {
		x, had := Outline(a, g)
		y, has := Outline(b, g)
		drawn += len(x.Segments)
		if had != has || !reflect.DeepEqual(x, y) || a.HorizontalAdvance(g) != b.HorizontalAdvance(g) {
			t.Errorf("glyph %d differs", g)
		}
	}
	if drawn == 0 {
		t.Error("no glyph was drawn")
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	f := func(file []byte, want Face) {
		t.Helper()
		got, err := Describe(bytes.NewReader(file))
		if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("expected %+v; found %+v, %v", want, got, err)
		}
	}
	one := func(v float64) [2]float64 { return [2]float64{v, v} }
	f(goregular.TTF, Face{Family: "Go", Names: []string{"Go"}, Weight: one(400), Width: one(100)})
	f(gobolditalic.TTF, Face{Family: "Go", Names: []string{"Go"}, Weight: one(600), Width: one(100), Italic: true})
	f(changed(t, map[string]data{"name": nil}), Face{Weight: one(400), Width: one(100)})
}

// Refusals say what is wrong, and come before memory is taken.
func TestNoFont(t *testing.T) {
	t.Parallel()
	f := func(file []byte, want string) {
		t.Helper()
		if _, err := Describe(bytes.NewReader(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("expected an error with %q; found %v", want, err)
		}
		if _, err := Load(file, 0); err == nil {
			t.Error("expected an error of Load, too")
		}
	}
	f(nil, "first bytes")
	f([]byte("<!doctype html>"), "begins with \"<!do\"")
	f(goregular.TTF[:20], "directory")
	f(goregular.TTF[:400], "unexpected EOF")
	f(join(data("ttcf"), u32(0x10000, 1<<30)), "collection of")
	f(join(data("ttcf"), u32(0x10000, 5)), "offsets")
	f(asWOFF(t, goregular.TTF)[:400], "unexpected EOF")
	f(asWOFF2(t, goregular.TTF)[:2000], "unpack")
	f(woff2File(u32(0x10000), 1, join(data{5}, base128(1<<27)), nil), "unpacks to more than")
	f(woff2File(u32(0x10000), 1, join(data{5}, base128(1<<20)), zeros(1<<10)), "expected 1048576")
	f(woff2File(u32(0x10000), 1, join(data{10 | 2<<6}, base128(9), base128(9)), nil), "unknown transform")
	f(woff2File(data("ttcf"), 1, join(data{5}, base128(9), u32(0x10000), data{1, 1}, u32(0), data{7}), nil), "table 7 of 1")
	f(join(data("wOFF"), u32(0x10000, 0), u16(1, 0), zeros(28), data("glyf"), u32(64, 10, 1<<30, 0)), "unpacks to more than")
	if _, err := Load(goregular.TTF, 1); err == nil {
		t.Error("expected an error of a second font that is not there")
	}
}
