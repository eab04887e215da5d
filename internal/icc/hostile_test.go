package icc_test

import (
	"bytes"
	"encoding/csv"
	"image"
	"image/draw"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/icc"
)

const hostile = "../../../shared/data/hostile"

// decode gives RGBA, and CMYK if that is what the picture has.
func decode(t *testing.T, data []byte) (rgba *image.RGBA, cmyk *image.CMYK) {
	t.Helper()
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	rgba = image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(rgba, rgba.Rect, img, img.Bounds().Min, draw.Src)
	cmyk, _ = img.(*image.CMYK)
	return rgba, cmyk
}

func formatOf(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		return "jpeg"
	case bytes.HasPrefix(data, []byte("\x89PNG")):
		return "png"
	case bytes.HasPrefix(data, []byte("RIFF")):
		return "webp"
	}
	return ""
}

// TestHostileFiles compares with what libvips measured, where the collection is at hand.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	file, err := os.Open(filepath.Join(hostile, "expected.tsv"))
	if err != nil {
		t.Skip("no hostile pictures at hand")
	}
	defer file.Close()
	table := csv.NewReader(file)
	table.Comma, table.LazyQuotes, table.FieldsPerRecord = '\t', true, -1
	rows, err := table.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	converted := 0
	for _, row := range rows[1:] {
		data, err := os.ReadFile(filepath.Join(hostile, row[0]))
		if err != nil {
			t.Fatal(err)
		}
		format := formatOf(data)
		body, err := icc.Extract(format, data)
		if err != nil || body == nil {
			if strings.Contains(row[9], "icc") && row[1] == "valid" {
				t.Errorf("%s: profile of %d bytes, %v", row[0], len(body), err)
			}
			continue
		}
		profile, err := icc.Parse(body)
		if err != nil {
			if row[1] == "valid" {
				t.Errorf("%s: %v", row[0], err)
			}
			continue
		}
		transform, err := profile.Transform()
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
			continue
		}
		config, _, err := image.DecodeConfig(bytes.NewReader(data))
		if row[1] != "valid" || format == "webp" || err != nil || config.Width*config.Height > 3_000_000 {
			continue // the large ones would take most of the time
		}
		rgba, cmyk := decode(t, data)
		if profile.Space() == icc.CMYK {
			err = transform.CMYK(rgba.Pix, cmyk.Pix)
		} else {
			err = transform.RGB(rgba.Pix)
		}
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
		}
		converted++
		compareMean(t, row, rgba)
	}
	if converted < 10 {
		t.Errorf("%d pictures with a profile", converted)
	}
}

// compareMean holds the mean colour, all of it opaque, against a row of the table.
func compareMean(t *testing.T, row []string, img *image.RGBA) {
	t.Helper()
	const tolerance = 1
	var sum [3]float64
	for i := 0; i < len(img.Pix); i += 4 {
		for c := range sum {
			sum[c] += float64(img.Pix[i+c])
		}
	}
	for c := range sum {
		want, err := strconv.ParseFloat(row[6+c], 64)
		got := sum[c] / float64(len(img.Pix)/4)
		if err != nil || got < want-tolerance || got > want+tolerance {
			t.Errorf("%s: channel %d is %.1f, want %.1f", row[0], c, got, want)
		}
	}
}
