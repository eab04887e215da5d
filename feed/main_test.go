package feed_test

import (
	"bytes"
	"io"
	"maps"
	"testing"

	"go.uber.org/goleak"

	"github.com/adloom/adloom/feed"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// readAll returns the fields of all rows.
func readAll(t testing.TB, data []byte, opts feed.Options) []map[string]string {
	t.Helper()
	r, err := feed.NewReader(bytes.NewReader(data), opts)
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for {
		row, err := r.Next()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row.Fields())
	}
}

func equalRows(t testing.TB, got, want []map[string]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %d rows, want %d", len(got), len(want))
	}
	for i := range want {
		if !maps.Equal(got[i], want[i]) {
			t.Fatalf("row %d: got %q, want %q", i, got[i], want[i])
		}
	}
}

// convert converts with one worker and returns what came out.
func convert(t testing.TB, in string, opts feed.Options, link func(feed.Row) (string, error)) (string, feed.Report, error) {
	t.Helper()
	var out bytes.Buffer
	if opts.Workers == 0 {
		opts.Workers = 1
	}
	report, err := feed.Convert(t.Context(), &out, bytes.NewReader([]byte(in)), opts, link)
	return out.String(), report, err
}

func constant(link string) func(feed.Row) (string, error) {
	return func(feed.Row) (string, error) { return link, nil }
}

// same gives every row the link that it has.
func same(r feed.Row) (string, error) { return r.Get("image_link"), nil }
