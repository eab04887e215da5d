package feed_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adloom/adloom/feed"
)

// corpus is the collection of real and made feeds that lies beside the
// repository on machines that have it.
const corpus = "../../shared/data/feeds"

// expected is what becomes of a file: rows, with what column as the photo, or
// an error and words of its message.
type expected struct {
	from   string
	rows   int
	ragged int64
	err    error
	says   string
}

func corpusFiles() map[string]expected {
	noHeader := func(found string) expected {
		return expected{err: feed.ErrNoColumn, says: "expected a header line with a column named image_link, found " + found}
	}
	xml := expected{err: feed.ErrUnsupported, says: "found XML"}
	return map[string]expected{
		"made/meta_full.csv":                             {rows: 148},
		"made/google.tsv":                                {rows: 12},
		"made/excel_unicode_text_utf16le_bom.txt":        {rows: 12},
		"made/windows1252.csv":                           {rows: 12},
		"made/utf8_bom.csv":                              {rows: 12},
		"made/cr_only.csv":                               {rows: 12},
		"made/semicolon_decimal_comma.csv":               {rows: 12},
		"made/price_formats.csv":                         {rows: 26},
		"made/quotes.csv":                                {rows: 9, ragged: 3},
		"made/header_variants.csv":                       {rows: 3},
		"made/empty.csv":                                 {err: feed.ErrEmpty},
		"made/html_instead_of_feed.xml":                  {err: feed.ErrUnsupported, says: `an HTML page titled "503 Service Unavailable"`},
		"made/feed.xml.gz":                               xml,
		"made/json_feed.json":                            {err: feed.ErrUnsupported, says: "found JSON"},
		"licensed/meta_template_wupei.csv":               {rows: 1},
		"licensed/oscar_books_essential.csv":             noHeader(`"Book", "Books > Non-Fiction > Essential programm…", "9780131103627"`),
		"licensed/oscar_books_small_semicolon.csv":       noHeader(`"Book`),
		"licensed/shopware_products.csv":                 {from: "cover_media_url", rows: 59},
		"licensed/shopware_products_with_invalid.csv":    noHeader(`"id", "parent_id"`),
		"licensed/shopware_products_with_list_price.csv": noHeader(`"list_price_linked"`),
		"licensed/thelia_products_en_fr.csv":             {from: "Photo", rows: 30},
	}
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("no collection of feeds beside the repository")
	}
	files, err := filepath.Glob(corpus + "/*/*")
	if err != nil {
		t.Fatal(err)
	}
	known := corpusFiles()
	for _, file := range files {
		name := filepath.ToSlash(strings.TrimPrefix(file, filepath.FromSlash(corpus+"/")))
		want, ok := known[name]
		switch {
		case ok:
		case strings.HasSuffix(name, ".xml"):
			want = expected{err: feed.ErrUnsupported, says: "XML"}
		default:
			t.Errorf("%s: nobody has said what to expect of it", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			checkFile(t, data, want)
		})
	}
}

func checkFile(t *testing.T, data []byte, want expected) {
	t.Helper()
	opts := feed.Options{From: want.from, Workers: 1}
	column := feed.CanonicalName(want.from)
	if column == "" {
		column = "image_link"
	}
	var out bytes.Buffer
	report, err := feed.Convert(t.Context(), &out, bytes.NewReader(data), opts, func(r feed.Row) (string, error) {
		return r.Get(column), nil
	})
	if want.err != nil {
		if !errors.Is(err, want.err) || !strings.Contains(err.Error(), want.says) {
			t.Fatalf("got error %v, want %v saying %q", err, want.err, want.says)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if report.Rows != int64(want.rows) || report.Linked != int64(want.rows) || report.Ragged != want.ragged {
		t.Errorf("got %d rows, %d linked, %d ragged, want %d, %d ragged", report.Rows, report.Linked, report.Ragged, want.rows, want.ragged)
	}
	if same := report.Encoding == feed.UTF8 && report.StrayQuotes == 0; same && !bytes.Equal(out.Bytes(), data) {
		t.Error("a feed whose links do not change came out changed")
	}
	equalRows(t, readAll(t, out.Bytes(), opts), readAll(t, data, opts))
}
