package imageinfo_test

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/adloom/adloom/internal/imageinfo"
)

// sharedData stands beside the repository on machines that have the picture collection.
const sharedData = "../../../shared/data"

func sharedTable(t *testing.T, name string, comma rune) []map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join(sharedData, name))
	if err != nil {
		t.Skipf("no picture collection here: %v", err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var table []map[string]string
	for _, row := range rows[1:] {
		named := map[string]string{}
		for i, value := range row {
			named[rows[0][i]] = value
		}
		table = append(table, named)
	}
	return table
}

func TestSharedHostile(t *testing.T) {
	t.Parallel()
	for _, row := range sharedTable(t, "hostile/expected.tsv", '\t') {
		t.Run(row["file"], func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(filepath.Join(sharedData, "hostile", row["file"]))
			if err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			info, err := imageinfo.Read(data)
			if err == nil {
				err = imageinfo.Limits{}.Check(info)
			}
			if took := time.Since(start); took > 50*time.Millisecond {
				t.Errorf("took %v, want a few milliseconds at most", took)
			}
			checkHostile(t, row, info, err)
		})
	}
}

func checkHostile(t *testing.T, row map[string]string, info imageinfo.Info, err error) {
	t.Helper()
	var format *imageinfo.FormatError
	switch row["status"] {
	case "valid", "lenient":
		if row["status"] == "lenient" && errors.As(err, &format) && format.Picture() {
			return
		}
		if err != nil {
			t.Fatalf("refused: %v", err)
		}
		w, h := info.Upright()
		if got, want := strconv.Itoa(w)+"x"+strconv.Itoa(h), row["width"]+"x"+row["height"]; row["width"] != "" && got != want {
			t.Errorf("upright size %s, want %s", got, want)
		}
		if info.Format != row["format"] {
			t.Errorf("format %s, want %s", info.Format, row["format"])
		}
		want := "1"
		if _, after, ok := strings.Cut(row["note"], "orientation "); ok {
			want = after[:1]
		}
		if got := strconv.Itoa(info.Orientation); got != want {
			t.Errorf("orientation %s, want %s", got, want)
		}
	case "bomb":
		if row["file"] == "bombs/pillow__png_decompression_dos.png" {
			return // a 1x1 picture: only who inflates its text chunk is hurt
		}
		var limit *imageinfo.LimitError
		if !errors.As(err, &limit) && !errors.As(err, &format) {
			t.Errorf("got %+v, %v; want it refused by a limit or by its format", info, err)
		}
	case "not-image", "unsupported":
		if !errors.As(err, &format) {
			t.Fatalf("got %+v, %v; want a FormatError", info, err)
		}
		if format.Found == "unknown data" {
			t.Errorf("found %q, want the format's name", format.Found)
		}
	case "corrupt": // many are broken behind the header only
		if err != nil && !errors.Is(err, imageinfo.ErrCorrupt) && !errors.As(err, &format) {
			t.Errorf("got %v, want ErrCorrupt or a FormatError", err)
		}
		if err == nil && (info.Width < 1 || info.Height < 1) {
			t.Errorf("size %dx%d without an error", info.Width, info.Height)
		}
	}
}

func TestSharedCatalog(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, row := range sharedTable(t, "IMAGES.csv", ',') {
		if !strings.HasPrefix(row["path"], "catalog/") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(sharedData, row["path"]))
		if err != nil {
			t.Fatal(err)
		}
		info, err := imageinfo.Read(data)
		if err != nil {
			t.Errorf("%s: %v", row["path"], err)
			continue
		}
		if info.Format != row["format"] || strconv.Itoa(info.Width) != row["width"] || strconv.Itoa(info.Height) != row["height"] {
			t.Errorf("%s: got %s %dx%d, want %s %sx%s", row["path"], info.Format, info.Width, info.Height,
				row["format"], row["width"], row["height"])
		}
		seen++
	}
	if seen == 0 {
		t.Error("no catalog picture in IMAGES.csv")
	}
}
