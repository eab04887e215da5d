package svg_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/golden"
	"github.com/adloom/adloom/renderer/svg"
)

func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.svg")
	if err != nil || len(names) == 0 {
		t.Fatalf("expected documents; found %d, %v", len(names), err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := svg.Parse(data, svg.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "svg/"+strings.TrimSuffix(filepath.Base(name), ".svg"), d.Draw(160, 160))
	}
}
