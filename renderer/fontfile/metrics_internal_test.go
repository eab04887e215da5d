package fontfile

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"github.com/go-text/typesetting/font"
	"golang.org/x/image/font/gofont/goregular"
)

// Which of a font's three heights count.
func TestMetricsHeights(t *testing.T) {
	t.Parallel()
	em := float64(parts(t, goregular.TTF)["head"].u16(18))
	f := func(useTypo bool, hhea, typo, win [2]int, ascent, descent float64) {
		t.Helper()
		tables := parts(t, goregular.TTF)
		h, o := slices.Clone(tables["hhea"]), slices.Clone(tables["OS/2"])
		put := func(d data, at, v int) { binary.BigEndian.PutUint16(d[at:], uint16(v)) }
		put(h, 4, hhea[0])
		put(h, 6, hhea[1])
		put(o, 62, 1<<6)
		if useTypo {
			put(o, 62, 1<<6|1<<7)
		}
		put(o, 68, typo[0])
		put(o, 70, typo[1])
		put(o, 74, win[0])
		put(o, 76, win[1])
		loaded, err := Load(changed(t, map[string]data{"hhea": h, "OS/2": o}), 0)
		if err != nil {
			t.Error(err)
			return
		}
		m := loaded.Metrics(font.NewFace(loaded.Font))
		if m.Ascent != ascent/em || m.Descent != descent/em {
			t.Errorf("expected %v and %v; found %v and %v", ascent, descent, m.Ascent*em, m.Descent*em)
		}
	}
	f(false, [2]int{1900, -500}, [2]int{1500, -400}, [2]int{2000, 600}, 1900, 500)
	f(true, [2]int{1900, -500}, [2]int{1500, -400}, [2]int{2000, 600}, 1500, 400)
	f(false, [2]int{0, 0}, [2]int{1500, -400}, [2]int{2000, 600}, 1500, 400)
	f(false, [2]int{0, 0}, [2]int{0, 0}, [2]int{2000, 600}, 2000, 600)
}

// A font that says nothing of its lines still has some.
func TestMetricsWithoutTables(t *testing.T) {
	t.Parallel()
	loaded, err := Load(changed(t, map[string]data{"OS/2": nil, "post": nil}), 0)
	if err != nil {
		t.Fatal(err)
	}
	m := loaded.Metrics(font.NewFace(loaded.Font))
	full, err := Load(goregular.TTF, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := full.Metrics(font.NewFace(full.Font))
	if math.Abs(m.XHeight-want.XHeight) > 0.03 || math.Abs(m.CapHeight-want.CapHeight) > 0.03 {
		t.Errorf("expected heights of about %v and %v; found %v and %v", want.XHeight, want.CapHeight, m.XHeight, m.CapHeight)
	}
	if m.Underline.Thickness <= 0 || m.Strikeout.Thickness <= 0 || m.Superscript.Shift <= 0 || m.Subscript.Shift >= 0 {
		t.Errorf("expected lines and scripts; found %+v", m)
	}
}

func TestWithoutWeight(t *testing.T) {
	t.Parallel()
	f := func(name string, weight float64, want string) {
		t.Helper()
		if got, _ := withoutWeight(name, weight); got != want {
			t.Errorf("%q of %v: expected %q; found %q", name, weight, want, got)
		}
	}
	f("Roboto Black", 900, "Roboto")
	f("Inter Semi Bold", 600, "Inter")
	f("Noto Sans ExtraLight", 200, "Noto Sans")
	f("Archivo Black", 400, "")
	f("Roboto", 400, "")
	f("Black", 900, "")
}
