package linebreak

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestLineBreakTest runs Unicode's own test over the plain rules. There are no exceptions.
func TestLineBreakTest(t *testing.T) {
	t.Parallel()
	unicodeTests(t, "LineBreakTest.txt", func(text []rune) (ends []int) {
		f := finder{classes: readClasses(), text: text, plain: true}
		f.find()
		for i, kind := range f.kinds {
			if kind != None {
				ends = append(ends, i)
			}
		}
		return ends
	})
}

func TestGraphemeBreakTest(t *testing.T) {
	t.Parallel()
	unicodeTests(t, "GraphemeBreakTest.txt", func(text []rune) []int { return Graphemes(text, nil) })
}

// unicodeTests compares with a file of tests of the Unicode Character Database, as the segmenter's module has them.
func unicodeTests(t *testing.T, name string, find func([]rune) []int) {
	t.Helper()
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-text/typesetting").Output()
	if err != nil {
		t.Skip("no module at hand")
	}
	file, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), "segmenter", "test", name))
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for line := range strings.Lines(string(file)) {
		line, _, _ = strings.Cut(line, "#")
		var text []rune
		var want []int
		for _, field := range strings.Fields(line) {
			switch field {
			case "×":
			case "÷":
				want = append(want, len(text))
			default:
				c, err := strconv.ParseUint(field, 16, 32)
				if err != nil {
					t.Fatal(err)
				}
				text = append(text, rune(c))
			}
		}
		if len(text) == 0 {
			continue
		}
		if count++; want[0] == 0 { // the start of the text, where graphemes have a boundary too
			want = want[1:]
		}
		if got := find(text); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", line, got, want)
		}
	}
	if count < 700 {
		t.Errorf("expected a file of hundreds of tests; found %d", count)
	}
}
