package fontfile

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"
	"golang.org/x/image/font/gofont/goregular"
)

// Fonts that are small and would cost hours or gigabytes.
func TestCostlyFonts(t *testing.T) {
	t.Parallel()
	f := func(with map[string]data, want string) {
		t.Helper()
		if _, err := Load(changed(t, with), 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("expected an error with %q; found %v", want, err)
		}
	}
	outlines := func(glyph func(i int) data) map[string]data {
		count := parts(t, goregular.TTF)["maxp"].u16(4)
		var glyf, loca data
		for i := range count {
			loca = append(loca, u32(len(glyf))...)
			glyf = append(glyf, glyph(i)...)
		}
		head := slices.Clone(parts(t, goregular.TTF)["head"])
		binary.BigEndian.PutUint16(head[50:], 1)
		return map[string]data{"glyf": glyf, "loca": append(loca, u32(len(glyf))...), "head": head}
	}
	composite := func(parts ...int) data {
		d := u16(0xffff, 0, 0, 0, 0)
		for i, p := range parts {
			flags := moreComponents
			if i == len(parts)-1 {
				flags = 0
			}
			d = append(d, u16(flags, p, 0)...)
		}
		return d
	}
	f(outlines(func(i int) data { return composite(i) }), "part of itself")
	f(outlines(func(i int) data { return composite(max(i, 1) - 1) }), "part of itself")
	f(outlines(func(i int) data {
		if i == 0 {
			return nil
		}
		return composite(slices.Repeat([]int{i - 1}, 20)...)
	}), "steps to draw")
	f(outlines(func(int) data { return u16(1, 0, 0, 0, 0, 0xffff, 0) }), "points")

	const n = 1 << 14 // lookups that are one, of subtables that are one
	loop := join(u16(1, 0, 0, 0, 10, n), slices.Repeat(u16(2+2*n), n), u16(1, 0, n), slices.Repeat(u16(6+2*n), n), u16(1, 6, 0, 1, 1, 1))
	f(map[string]data{"GSUB": loop}, "memory")
	f(map[string]data{"GPOS": loop}, "memory")
	f(map[string]data{"cmap": join(u16(0, 1<<12), slices.Repeat(join(u16(3, 1), u32(1<<15+4)), 1<<12), u16(6, 0, 0, 0, 1<<15), zeros(1<<16))}, "memory")
	f(map[string]data{"kern": join(u16(0, 1<<15), zeros(1<<17))}, "subtable of 0 bytes")
	f(map[string]data{"sbix": join(u16(1, 0), u32(1<<20))}, "sizes")

	f(map[string]data{"COLR": paintChain(1<<16, 14)}, "deep")
	f(map[string]data{"COLR": paintChain(40, 32)}, "paints")
	f(map[string]data{"CFF ": charstringBomb()}, "steps to draw")
}

// paintChain is one glyph of paints that each hold the next one, and those of format 32
// hold it twice.
func paintChain(depth int, format byte) data {
	head := join(u16(1, 0), u32(0, 0), u16(0), u32(34, 0, 0, 0, 0), u32(1), u16(1), u32(10))
	chain := bytes.Repeat(data{format, 0, 0, 8, 0, 0, 0, 8}, depth)
	return join(head, chain, data{2, 0, 0, 0, 0, 0, 0, 0})
}

// charstringBomb is a glyph whose subroutines call each other ten deep, a hundred
// times each.
func charstringBomb() data {
	index := func(items ...data) data {
		d := join(u16(len(items)), data{4}, u32(1))
		at := 1
		for _, item := range items {
			at += len(item)
			d = append(d, u32(at)...)
		}
		return join(append([]data{d}, items...)...)
	}
	call := func(n int) data { return bytes.Repeat(data{byte(n - 107 + 139), 29}, 100) }
	routines := make([]data, 9)
	for i := range routines {
		routines[i] = append(call(i+1), 11)
	}
	routines[8] = data{11}
	global := index(routines...)
	names, strings := index(data("x")), u16(0)
	top := func(offset int) data { return index(join(data{29}, u32(offset), data{17})) }
	start := 4 + len(names) + len(top(0)) + len(strings) + len(global)
	return join(data{1, 0, 4, 1}, names, top(start), strings, global, index(append(call(0), 14)))
}

// A variable font whose tables disagree would fail when it draws.
func TestTablesThatDisagree(t *testing.T) {
	t.Parallel()
	axis := func(tag string) data { return join(data(tag), u32(100<<16, 400<<16, 900<<16), u16(0, 0)) }
	fvar := join(u16(1, 0, 16, 2, 2, 20, 0, 12), axis("wght"), axis("wdth"))
	store := join(u16(1), u32(12), u16(1), u32(12+4+6), u16(1, 1), u16(0, 1<<14, 1<<14), u16(1, 0, 1, 0), data{9})
	hvar := join(u16(1, 0), u32(20, 0, 0, 0), store) // of one axis
	f, err := Load(changed(t, map[string]data{"fvar": fvar, "HVAR": hvar, "avar": u16(1, 0, 0, 9)}), 0)
	if err != nil {
		t.Fatal(err)
	}
	face := font.NewFace(f.Font)
	face.SetVariations(f.Face.Variations(Style{Weight: 700}))
	if got := face.HorizontalAdvance(40); got <= 0 {
		t.Errorf("expected an advance; found %v", got)
	}
	if got := f.Face.Weight; got != [2]float64{100, 900} {
		t.Errorf("expected weights from 100 to 900; found %v", got)
	}
}

func FuzzFont(f *testing.F) {
	f.Add(goregular.TTF)
	f.Add(asWOFF(f, goregular.TTF))
	f.Add(asWOFF2(f, goregular.TTF))
	f.Add(asCollection(goregular.TTF, 2))
	f.Add(changed(f, map[string]data{"CFF ": charstringBomb(), "COLR": paintChain(8, 32)}))
	f.Fuzz(func(t *testing.T, file []byte) {
		faces, err := Describe(bytes.NewReader(file))
		if err == nil && len(faces) == 0 {
			t.Error("neither a face nor an error")
		}
		for _, face := range faces {
			loaded, err := Load(file, face.Index)
			if err != nil {
				continue
			}
			instance := font.NewFace(loaded.Font)
			instance.SetVariations(face.Variations(Style{Weight: 700, Italic: true}))
			for g := range font.GID(200) {
				_, _ = Outline(instance, g)
			}
		}
	})
}
