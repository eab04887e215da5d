//go:build !race

// What is set and drawn in one goroutine has no races, and takes ten times as long with their
// detector: make test runs these tests without it.

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/typeset"
)

// typography has cases and what Chromium 156 made of them.
const typography = "../../../shared/typography"

// otherPictures are the cases whose pictures cannot be compared, with the reason.
var otherPictures = map[string]string{"p31a-en": "its picture shows other cases"}

// browserCases are the cases, and the fonts that they name.
func browserCases(t *testing.T) ([]textCase, *typeset.Fonts) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(typography, "cases.json"))
	if err != nil {
		t.Skip("the cases are not here: ", err)
	}
	var cases []textCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	fonts := typeset.NewFonts(fontFlags{Fonts: []string{"/usr/share/fonts"}}.scan())
	for _, family := range cases[0].Families {
		if _, _, err := fonts.Find([]string{family}); err != nil {
			t.Skipf("%s is not installed", family)
		}
	}
	return cases, fonts
}

func TestTextLikeABrowser(t *testing.T) {
	t.Parallel()
	cases, fonts := browserCases(t)
	setter, folder := typeset.New(fonts, 64<<20), t.TempDir()
	worst := 1.0
	for _, want := range cases {
		got := want
		if _, err := got.run(setter, folder); err != nil {
			t.Fatalf("%s: %v", want.ID, err)
		}
		expectSame(t, got, want)
		if _, other := otherPictures[want.ID]; other {
			continue
		}
		similar := structuralSimilarity(readGray(t, filepath.Join(folder, want.ID+".png")), readGray(t, filepath.Join(typography, want.ID+".png")))
		worst = min(worst, similar)
		if similar < 0.95 {
			t.Errorf("%s: expected a picture like the browser's, SSIM 0.95; found %.4f", want.ID, similar)
		}
	}
	t.Logf("lowest SSIM %.4f of %d pictures", worst, len(cases)-len(otherPictures))
}

// A text looks the same whatever was set before it and whatever is kept.
func TestTextDoesNotDependOnOthers(t *testing.T) {
	t.Parallel()
	cases, fonts := browserCases(t)
	first, second := t.TempDir(), t.TempDir()
	together, alone := typeset.New(fonts, 64<<20), typeset.New(typeset.NewFonts(fontFlags{Fonts: []string{"/usr/share/fonts"}}.scan()), 0)
	const each = 3
	for i := 0; i < len(cases); i += each {
		if _, err := cases[i].run(together, first); err != nil {
			t.Fatal(err)
		}
	}
	for i := (len(cases) - 1) / each * each; i >= 0; i -= each {
		if _, err := cases[i].run(alone, second); err != nil {
			t.Fatal(err)
		}
		name := cases[i].ID + ".png"
		a, err1 := os.ReadFile(filepath.Join(first, name))
		b, err2 := os.ReadFile(filepath.Join(second, name))
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s: expected the same picture from setters with other fonts in memory, other texts before it and nothing kept", cases[i].ID)
		}
	}
}

func TestTextCommand(t *testing.T) {
	t.Parallel()
	f := func(cases, wantError, wantStderr string) {
		t.Helper()
		file, folder := filepath.Join(t.TempDir(), "cases.json"), t.TempDir()
		if err := os.WriteFile(file, []byte(cases), 0o600); err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		code := run(t.Context(), []string{"text", file, "--out", folder, "--fonts", folder}, io.Discard, &stderr)
		if (code == 0) != (wantError == "") || !strings.Contains(stderr.String(), wantError) || !strings.Contains(stderr.String(), wantStderr) {
			t.Errorf("%.80s: exit code %d, %q; want %q and %q in it", cases, code, stderr.String(), wantError, wantStderr)
		}
	}
	one := func(id, text, rest string) string {
		return `[{"id":"` + id + `","lang":"en","text":"` + text + `","width":300,"weight":400,` + rest + `}]`
	}
	f(one("a", "words", `"size":20,"families":["Go"]`), "", "")
	f(one("a", "words", `"size":20,"families":["Nope","Go"]`), "", "font Nope is not on this machine")
	f(one("a", "漢", `"size":20,"families":["Go"]`), "", `a: no font has "漢"`)
	f(one("../a", "words", `"size":20,"families":["Go"]`), "expected an id that can be a file name", "")
	f(one("a", "words", `"size":0,"families":["Go"]`), "expected a size of", "")
	f(one("a", strings.Repeat("y ", 1<<19), `"size":20,"families":["Go"]`), "expected at most 65536 bytes; found", "")
	f(`{}`, "expected a JSON list of cases", "")
}

// expectSame compares lines: their texts, and widths within half a pixel.
func expectSame(t *testing.T, got, want textCase) {
	t.Helper()
	if got.Direction != want.Direction || len(got.Lines) != len(want.Lines) {
		t.Errorf("%s: expected %s %v; found %s %v", want.ID, want.Direction, want.Lines, got.Direction, got.Lines)
		return
	}
	for i := range want.Lines {
		if g, w := got.Lines[i], want.Lines[i]; g.Text != w.Text || math.Abs(g.Width-w.Width) > 0.5 || math.Abs(g.Left-w.Left) > 0.5 {
			t.Errorf("%s, line %d: expected %q, %v wide from %v on; found %q, %v from %v on", want.ID, i+1, w.Text, w.Width, w.Left, g.Text, g.Width, g.Left)
		}
	}
}

func readGray(t *testing.T, path string) *image.Gray {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	decoded, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	gray := image.NewGray(decoded.Bounds())
	for y := gray.Rect.Min.Y; y < gray.Rect.Max.Y; y++ {
		for x := gray.Rect.Min.X; x < gray.Rect.Max.X; x++ {
			gray.Set(x, y, decoded.At(x, y))
		}
	}
	return gray
}

// structuralSimilarity is the mean SSIM of two pictures (Wang et al. 2004), with windows of 8x8
// pixels.
func structuralSimilarity(a, b *image.Gray) float64 {
	const side, step = 8, 4
	const c1, c2 = (0.01 * 255) * (0.01 * 255), (0.03 * 255) * (0.03 * 255)
	area := a.Rect.Intersect(b.Rect)
	sum, n := 0.0, 0
	for y := area.Min.Y; y+side <= area.Max.Y; y += step {
		for x := area.Min.X; x+side <= area.Max.X; x += step {
			var sa, sb, saa, sbb, sab float64
			for dy := range side {
				for dx := range side {
					p, q := float64(a.GrayAt(x+dx, y+dy).Y), float64(b.GrayAt(x+dx, y+dy).Y)
					sa, sb, saa, sbb, sab = sa+p, sb+q, saa+p*p, sbb+q*q, sab+p*q
				}
			}
			const count = side * side
			ma, mb := sa/count, sb/count
			va, vb, cov := saa/count-ma*ma, sbb/count-mb*mb, sab/count-ma*mb
			sum += (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
			n++
		}
	}
	return sum / float64(max(n, 1))
}
