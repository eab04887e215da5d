package fontfile_test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/adloom/adloom/renderer/fontfile"
)

func TestVariations(t *testing.T) {
	t.Parallel()
	face := fontfile.Face{Axes: []fontfile.Axis{{"opsz", 14, 14, 32}, {"slnt", -10, 0, 0}, {"wdth", 75, 100, 125}, {"wght", 100, 400, 900}}}
	f := func(face fontfile.Face, style fontfile.Style, want string) {
		t.Helper()
		if got := fmt.Sprint(face.Variations(style)); got != want {
			t.Errorf("%+v: expected %s; found %s", style, want, got)
		}
	}
	f(face, fontfile.Style{}, "[{opsz 14} {slnt 0} {wdth 100} {wght 400}]")
	f(face, fontfile.Style{Weight: 600, Width: 80, Size: 20, Italic: true}, "[{opsz 20} {slnt -10} {wdth 80} {wght 600}]")
	f(face, fontfile.Style{Weight: 1000, Width: 500, Size: 5}, "[{opsz 14} {slnt 0} {wdth 125} {wght 900}]")
	f(fontfile.Face{Axes: []fontfile.Axis{{"ital", 0, 0, 1}, {"slnt", -10, 0, 0}}}, fontfile.Style{Italic: true}, "[{ital 1} {slnt 0}]")
	f(fontfile.Face{}, fontfile.Style{Weight: 700}, "[]")
	if !face.CanSlant() || (fontfile.Face{}).CanSlant() {
		t.Error("expected that a font with the axis slnt can slant, and one without any cannot")
	}
}

// Fonts of Debian, by the names that templates ask for.
func TestInstalledFonts(t *testing.T) {
	t.Parallel()
	f := func(path, family, name string, weight float64, index int, colour bool) {
		t.Helper()
		file, err := os.Open("/usr/share/fonts/" + path)
		if err != nil {
			t.Logf("not installed: %v", err)
			return
		}
		defer file.Close()
		faces, err := fontfile.Describe(file)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return
		}
		face := faces[index]
		if face.Family != family || !slices.Contains(face.Names, name) || face.Weight != [2]float64{weight, weight} || face.Color != colour || face.Index != index {
			t.Errorf("%s: expected %q, also %q, of weight %v at %d; found %+v", path, family, name, weight, index, face)
		}
	}
	f("opentype/inter/Inter-SemiBold.otf", "Inter", "Inter Semi Bold", 600, 0, false)
	f("opentype/inter/InterDisplay-Black.otf", "Inter Display", "Inter Display Black", 900, 0, false)
	f("opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK JP", "Noto Sans CJK JP", 400, 0, false)
	f("opentype/noto/NotoSansCJK-Bold.ttc", "Noto Sans CJK KR", "Noto Sans CJK KR", 700, 1, false)
	f("truetype/noto/NotoColorEmoji.ttf", "Noto Color Emoji", "Noto Color Emoji", 400, 0, true)
	f("truetype/noto/NotoNaskhArabic-Bold.ttf", "Noto Naskh Arabic", "Noto Naskh Arabic", 700, 0, false)
	f("truetype/noto/NotoSansDevanagari-Regular.ttf", "Noto Sans Devanagari", "Noto Sans Devanagari", 400, 0, false)
}
