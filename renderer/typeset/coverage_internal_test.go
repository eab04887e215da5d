package typeset

import (
	"os"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"

	"github.com/adloom/adloom/renderer/fontfile"
)

func TestListCoverages(t *testing.T) {
	t.Parallel()
	ranges := tables.Coverage2{Ranges: []tables.RangeRecord{
		{StartGlyphID: 10, EndGlyphID: 200, StartCoverageIndex: 0},
		{StartGlyphID: 300, EndGlyphID: 301, StartCoverageIndex: 191},
	}}
	f := &font.Font{GSUB: font.GSUB{Lookups: []font.GSUBLookup{{Subtables: []tables.GSUBLookup{
		tables.MultipleSubs{Coverage: ranges},
	}}}}}
	listCoverages(f)
	got, ok := f.GSUB.Lookups[0].Subtables[0].(tables.MultipleSubs).Coverage.(tables.Coverage1)
	if !ok {
		t.Fatalf("the ranges stayed: %T", f.GSUB.Lookups[0].Subtables[0].(tables.MultipleSubs).Coverage)
	}
	for g := range tables.GlyphID(400) {
		i, has := got.Index(g)
		j, want := ranges.Index(g)
		if has != want || i != j {
			t.Errorf("glyph %d: %d, %v; want %d, %v", g, i, has, j, want)
		}
	}
	l := lister{room: mostListed}
	for name, odd := range map[string][]tables.RangeRecord{
		"falling":       {{StartGlyphID: 9, EndGlyphID: 5}},
		"overlapping":   {{StartGlyphID: 1, EndGlyphID: 5}, {StartGlyphID: 5, EndGlyphID: 6, StartCoverageIndex: 5}},
		"counted oddly": {{StartGlyphID: 1, EndGlyphID: 5, StartCoverageIndex: 7}},
	} {
		if _, ok := l.list(tables.Coverage2{Ranges: odd}); ok {
			t.Errorf("%s ranges were listed", name)
		}
	}
	if l.room = 3; true {
		if _, ok := l.list(ranges); ok {
			t.Error("more glyphs were listed than there is room for")
		}
	}
}

// Inter kerns these pairs in ranges behind a long one.
func TestKerningBehindLongRanges(t *testing.T) {
	t.Parallel()
	const path = "/usr/share/fonts/opentype/inter/Inter-Bold.otf"
	if _, err := os.Stat(path); err != nil {
		t.Skipf("without Inter there is nothing to look at: %v", err)
	}
	fonts := NewFonts([]FontFile{{Face: fontfile.Face{Family: "Inter", Weight: [2]float64{700, 700}}, Load: func() ([]byte, error) { return os.ReadFile(path) }}})
	setter := New(fonts, 1<<20)
	width := func(text string) float64 {
		layout, err := setter.Layout(text, Style{Font: Font{Families: "Inter", Weight: 700}, Size: 100, LineHeight: 1, Width: 1000})
		if err != nil {
			t.Fatal(err)
		}
		return layout.Lines[0].Width
	}
	for _, pair := range []string{"To", "9,"} {
		if kerned, apart := width(pair), width(pair[:1])+width(pair[1:]); kerned > apart-2 {
			t.Errorf("%q is %.2f wide, its letters apart %.2f; want them closer", pair, kerned, apart)
		}
	}
}
