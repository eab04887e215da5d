package gojpeg_test

import (
	"encoding/csv"
	"errors"
	"image"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/adloom/adloom/internal/gojpeg"
)

// TestHostile runs over the collection of bad and odd pictures.
func TestHostile(t *testing.T) {
	t.Parallel()
	file, err := os.Open(filepath.Join(sharedData, "hostile/expected.tsv"))
	if err != nil {
		t.Skipf("no picture collection: %v", err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, row := range rows[1:] {
		if ext := filepath.Ext(row[0]); ext != ".jpg" && ext != ".jpeg" && row[3] != "jpeg" {
			continue
		}
		seen++
		data := read(t, filepath.Join(sharedData, "hostile", row[0]))
		side := 200
		if len(data) < 200_000 {
			side = 0
		}
		start := time.Now()
		img, err := gojpeg.Decode(data, side, side)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: took %v", row[0], took)
		}
		if (img == nil) == (err == nil) {
			t.Errorf("%s: picture %v, error %v", row[0], img != nil, err)
		}
		checkHostile(t, row, side, img, err)
	}
	if seen < 50 {
		t.Errorf("%d files, want more", seen)
	}
}

func checkHostile(t *testing.T, row []string, side int, img *image.RGBA, err error) {
	t.Helper()
	cmyk, isJPEG := strings.Contains(row[9], "cmyk"), row[3] == "jpeg"
	switch status := row[1]; {
	case status == "valid" && cmyk:
		if !errors.Is(err, gojpeg.ErrUnsupported) {
			t.Errorf("%s: got %v, want ErrUnsupported", row[0], err)
		}
	case status == "valid" && isJPEG:
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
		} else {
			checkPicture(t, row, side, img)
		}
	case status == "bomb" || status == "not-image" || status == "corrupt" || !isJPEG:
		if err == nil {
			t.Errorf("%s: %s, but got %v", row[0], status, img.Rect)
		}
	}
}

// checkPicture wants the size of the row, and its mean colour unless there is a profile to apply.
func checkPicture(t *testing.T, row []string, side int, img *image.RGBA) {
	t.Helper()
	size := img.Rect.Size()
	if strings.Contains(row[9], "orientation 5") || strings.Contains(row[9], "orientation 6") ||
		strings.Contains(row[9], "orientation 7") || strings.Contains(row[9], "orientation 8") {
		size = image.Pt(size.Y, size.X)
	}
	if got := strconv.Itoa(size.X) + "x" + strconv.Itoa(size.Y); side == 0 && got != row[4]+"x"+row[5] {
		t.Errorf("%s: got %s, want %sx%s", row[0], got, row[4], row[5])
	}
	if strings.Contains(row[9], "icc") {
		return
	}
	var sum [4]float64
	for i, v := range img.Pix {
		sum[i%4] += float64(v)
	}
	for channel := range 3 {
		want, err := strconv.ParseFloat(row[6+channel], 64)
		if err != nil {
			t.Fatal(err)
		}
		if got := sum[channel] / float64(len(img.Pix)/4); math.Abs(got-want) > 2 {
			t.Errorf("%s: mean of channel %d is %.1f, want %.1f", row[0], channel, got, want)
		}
	}
}
