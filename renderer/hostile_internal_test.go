package renderer

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer/typeset"
)

// Real pictures of every kind, with what libvips makes of each. Colours may differ
// by 2 levels in the mean, by 6 for CMYK and wide-gamut profiles.
func TestPicturesOfEveryKind(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "shared", "data", "hostile")
	f, err := os.Open(filepath.Join(dir, "expected.tsv"))
	if err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	e := New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), Codecs{}, DefaultBudgets())
	for _, row := range rows[1:] {
		file, status := row[0], row[1]
		data, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		got, err := e.decode(data, everything)
		switch status {
		case "valid":
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			compareMean(t, row, got)
		case "bomb", "not-image":
			if err == nil {
				t.Errorf("%s: a %s was decoded to %v", file, status, got.full)
			}
		}
	}
}

func compareMean(t *testing.T, row []string, got raster) {
	t.Helper()
	number := func(i int) float64 {
		v, err := strconv.ParseFloat(row[i], 64)
		if err != nil {
			t.Fatalf("%s: %v", row[0], err)
		}
		return v
	}
	if w, h := int(number(4)), int(number(5)); got.full.X != w || got.full.Y != h {
		t.Errorf("%s: %v; want %dx%d", row[0], got.full, w, h)
	}
	tolerance := 2.0
	if strings.Contains(row[0], "color-cmyk-icc") {
		tolerance = 6
	}
	var sums [3]float64
	for i := 0; i < len(got.pix.Pix); i += 4 {
		behind := float64(255 - got.pix.Pix[i+3]) // over white
		for c := range sums {
			sums[c] += float64(got.pix.Pix[i+c]) + behind
		}
	}
	for c, sum := range sums {
		mean := sum / float64(len(got.pix.Pix)/4)
		if math.Abs(mean-number(6+c)) > tolerance {
			t.Errorf("%s: channel %d has a mean of %.1f; want %v", row[0], c, mean, row[6+c])
		}
	}
}
