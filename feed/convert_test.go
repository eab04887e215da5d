package feed_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/adloom/adloom/feed"
)

// TestConvertText shows what is written for what is read, link by link.
func TestConvertText(t *testing.T) {
	t.Parallel()
	f := func(link, in, want string) {
		t.Helper()
		out, _, err := convert(t, in, feed.Options{}, constant(link))
		if err != nil {
			t.Errorf("%q: %v", in, err)
		} else if out != want {
			t.Errorf("%q with %q:\ngot  %q\nwant %q", in, link, out, want)
		}
	}
	const head = "id,title,image_link\n"
	// Only the link cell changes, and it stays quoted if it was.
	f("u", head+"1, \"b\" ,x\n\"2\",\"a\"\"b\",\"y\"", head+"1, \"b\" ,u\n\"2\",\"a\"\"b\",\"u\"")
	f("u,v", head+"1,a,x\n", head+"1,a,\"u,v\"\n")
	f("u\"v", head+"1,a,x\n", head+"1,a,\"u\"\"v\"\n")
	f("u,v", "id;image_link\n1;x\n", "id;image_link\n1;u,v\n")
	f("u", head+"1,=1+1,x\n", head+"1,=1+1,u\n")
	// Lines before the header, empty ones, line ends and the missing last one stay.
	f("u", "# c, \"d\"\r\n\r\nid,image_link\r\n\r\n1,x\r\n,\r\n2,y", "# c, \"d\"\r\n\r\nid,image_link\r\n\r\n1,u\r\n,\r\n2,u")
	f("u", "id,image_link\r1,x\r", "id,image_link\r1,u\r")
	f("u", "sep=;\nid;image_link\n1;x\n", "sep=;\nid;image_link\n1;u\n")
	// Short rows are filled up to the link, long ones keep what they have.
	f("u", head+"1\r\n2,b\n3,c,z,,more\n", head+"1,,u\r\n2,b,u\n3,c,u,,more\n")
	// A quote is a character in tab separated text.
	f("u\"v", "id\timage_link\n\"1\tx\n", "id\timage_link\n\"1\tu\"v\n")
	// A stray quote is put into quotes.
	f("u,v", head+"1,\"12 pan,x\n2,b,y\n", head+"1,\"\"\"12 pan\",\"u,v\"\n2,b,\"u,v\"\n")
	f("u", head+"1,a,\"x\n2,b,y\n", head+"1,a,u\n2,b,u\n")
	f("u", head+"1,\"a\n", head+"1,\"\"\"a\",u\n")
	// The byte order mark stays, the encoding becomes UTF-8.
	f("u", "\ufeffid,image_link\n1,x\n", "\ufeffid,image_link\n1,u\n")
	f("u", "\xff\xfe"+utf16Bytes("id\timage_link\r\né\tx\r\n", false), "\ufeffid\timage_link\r\né\tu\r\n")
	f("u", utf16Bytes("id\timage_link\n1\tx\n", true), "id\timage_link\n1\tu\n")
	f("u", "id,image_link\n\xe9,x\n", "id,image_link\né,u\n")
	f("u", "id,image_link\n\x00,x\n", "id,image_link\n\x00,u\n")
}

func TestConvertColumns(t *testing.T) {
	t.Parallel()
	in := "id,Photo,Ad Image\n1,x,\n"
	opts := feed.Options{From: "PHOTO", To: "ad_image"}
	out, _, err := convert(t, in, opts, func(r feed.Row) (string, error) { return "u?" + r.Get("photo"), nil })
	if want := "id,Photo,Ad Image\n1,x,u?x\n"; err != nil || out != want {
		t.Errorf("got %q and error %v, want %q", out, err, want)
	}
	opts.To = "nowhere"
	if _, _, err = convert(t, in, opts, same); !errors.Is(err, feed.ErrNoColumn) || !strings.Contains(err.Error(), `"Ad Image"`) {
		t.Errorf("got error %v, want one that lists the columns", err)
	}
}

func TestCompression(t *testing.T) {
	t.Parallel()
	f := func(in string, c feed.Compression, packed bool) {
		t.Helper()
		out, _, err := convert(t, in, feed.Options{Compression: c}, same)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.HasPrefix(out, "\x1f\x8b"); got != packed {
			t.Errorf("%.10q, %s: gzipped %v, want %v", in, c, got, packed)
		}
		equalRows(t, readAll(t, []byte(out), feed.Options{}), readAll(t, []byte(in), feed.Options{}))
	}
	const text = "id,image_link\n1,x\n"
	f(text, "", false)
	f(text, feed.Gzip, true)
	f(gzipped(text), feed.AsRead, true)
	f(gzipped(text), feed.Plain, false)
}

func TestOnError(t *testing.T) {
	t.Parallel()
	const in = "id,image_link\na,x\nb,y\nc,z\n"
	noPhoto := errors.New("no photo")
	link := func(r feed.Row) (string, error) {
		if r.Get("id") == "b" {
			return "", noPhoto
		}
		return "u", nil
	}
	f := func(on feed.OnError, want string, linked, kept, skipped int64) {
		t.Helper()
		for _, workers := range []int{1, 3} {
			out, report, err := convert(t, in, feed.Options{OnError: on, Workers: workers}, link)
			if err != nil || out != want {
				t.Errorf("%s: got %q and error %v, want %q", on, out, err, want)
			}
			if report.Rows != 3 || report.Linked != linked || report.Kept != kept || report.Skipped != skipped {
				t.Errorf("%s: got report %+v", on, report)
			}
			if len(report.Errors) != 1 || report.Errors[0].Error() != "line 3 (id b): no photo" {
				t.Errorf("%s: got errors %v", on, report.Errors)
			}
		}
	}
	f(feed.Keep, in[:14]+"a,u\nb,y\nc,u\n", 2, 1, 0)
	f(feed.Skip, in[:14]+"a,u\nc,u\n", 2, 0, 1)

	_, report, err := convert(t, in, feed.Options{}, link)
	var row *feed.RowError
	if !errors.As(err, &row) || row.Line != 3 || row.ID != "b" || !errors.Is(err, noPhoto) || report.Linked != 1 {
		t.Errorf("fail: got error %v, report %+v", err, report)
	}
}

// TestUnwritableLinks are failures of their rows like any other.
func TestUnwritableLinks(t *testing.T) {
	t.Parallel()
	f := func(link, in string) {
		t.Helper()
		out, report, err := convert(t, in, feed.Options{OnError: feed.Keep}, constant(link))
		if err != nil || out != in || report.Kept != 1 || !errors.Is(report.Errors[0], feed.ErrLink) {
			t.Errorf("%q: got %q, %v, report %+v", link, out, err, report)
		}
	}
	f("", "id,image_link\n1,x\n")
	f("a\tb", "id\timage_link\n1\tx\n")
	f("a\nb", "id\timage_link\n1\tx\n")
}

func TestReport(t *testing.T) {
	t.Parallel()
	in := "id,title,ID,image_link,g:id\n1,a,9,x,\n2,b\n3,\"c,9,z,\n" + strings.Repeat("4,d,,y\n", 30)
	_, report, err := convert(t, in, feed.Options{}, constant("u"))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(report.Duplicates); got != "[id]" {
		t.Errorf("duplicates: got %s", got)
	}
	if report.Ragged != 31 || report.StrayQuotes != 1 || len(report.Warnings) != 20 {
		t.Errorf("got %d ragged, %d stray quotes, %d warnings", report.Ragged, report.StrayQuotes, len(report.Warnings))
	}
	if got := report.Warnings[0].Error(); got != "line 3 (id 2): wrong number of cells: expected 5, found 2" {
		t.Errorf("got %q", got)
	}
	if !errors.Is(report.Warnings[1], feed.ErrStrayQuote) {
		t.Errorf("got %v, want a stray quote", report.Warnings[1])
	}
	want := feed.Dialect{Delimiter: ',', Quotes: true, LineEnd: "\n"}
	if report.Dialect != want || report.BytesRead != int64(len(in)) {
		t.Errorf("got %+v, %d bytes", report.Dialect, report.BytesRead)
	}
}

// TestWorkers: rows come out in order and an early failure wins, however many
// make links at once.
func TestWorkers(t *testing.T) {
	t.Parallel()
	var in strings.Builder
	in.WriteString("id,image_link\n")
	for i := range 20_000 {
		fmt.Fprintf(&in, "%d,\"photo, %d\"\n", i, i)
	}
	link := func(r feed.Row) (string, error) { return "u/" + r.Get("id"), nil }
	want, _, err := convert(t, in.String(), feed.Options{}, link)
	if err != nil {
		t.Fatal(err)
	}
	var ticks []int64
	opts := feed.Options{Workers: 4, Progress: func(rows, _ int64) { ticks = append(ticks, rows) }}
	got, report, err := convert(t, in.String(), opts, link)
	if err != nil || got != want || report.Rows != 20_000 {
		t.Errorf("four workers wrote something else than one: %d rows, error %v", report.Rows, err)
	}
	if len(ticks) < 19 || ticks[len(ticks)-1] != 20_000 {
		t.Errorf("progress: %d calls, the last %v", len(ticks), ticks[len(ticks)-1:])
	}
	_, report, err = convert(t, in.String(), opts, func(r feed.Row) (string, error) {
		if len(r.Get("id")) == 4 {
			return "", errors.New("four digits")
		}
		return "u", nil
	})
	if err == nil || !strings.HasPrefix(err.Error(), "line 1002 (id 1000)") || report.Linked != 1000 {
		t.Errorf("got error %v after %d rows, want the first row with four digits", err, report.Linked)
	}
}

// TestGiantRows: rows far larger than a batch keep their order and content.
func TestGiantRows(t *testing.T) {
	t.Parallel()
	giant := strings.Repeat("0123456789", 120_000)
	in := "id,title,image_link\n" + strings.Repeat("1,"+giant+",x\n2,small,x\n", 3)
	out, report, err := convert(t, in, feed.Options{Workers: 4}, constant("u"))
	if want := strings.ReplaceAll(in, ",x\n", ",u\n"); err != nil || out != want || report.Linked != 6 {
		t.Errorf("got %d bytes of %d, error %v", len(out), len(want), err)
	}
}

func TestConvertCancelled(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{1, 4} {
		ctx, cancel := context.WithCancel(t.Context())
		var calls atomic.Int64
		_, err := feed.Convert(ctx, io.Discard, endless("id,image_link\n", "1,x\n"), feed.Options{Workers: workers}, func(feed.Row) (string, error) {
			if calls.Add(1) == 5000 {
				cancel()
			}
			return "u", nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%d workers: got error %v", workers, err)
		}
		if n := calls.Load(); n > 5000+int64(workers) {
			t.Errorf("%d workers: %d rows were still linked after the end", workers, n-5000)
		}
	}
}

func TestWriteError(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	for _, workers := range []int{1, 4} {
		_, err := feed.Convert(t.Context(), failing{full}, endless("id,image_link\n", "1,x\n"), feed.Options{Workers: workers}, constant("u"))
		if !errors.Is(err, full) {
			t.Errorf("%d workers: got error %v, want %v", workers, err, full)
		}
	}
}

func TestOptionsValidate(t *testing.T) {
	t.Parallel()
	err := feed.Options{OnError: "maybe", Compression: "zip", MaxRow: -1, Workers: -2}.Validate()
	for _, word := range []string{"maybe", "zip", "MaxRow", "-2"} {
		if err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("got %v, want all mistakes, %q too", err, word)
		}
	}
	if err := feed.DefaultOptions().Validate(); err != nil {
		t.Error(err)
	}
	if err := (feed.Options{}).Validate(); err != nil {
		t.Error(err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// endless is a feed that never ends.
func endless(header, row string) io.Reader {
	return io.MultiReader(strings.NewReader(header), &repeat{row: []byte(row)})
}

type repeat struct {
	row []byte
	at  int
}

func (r *repeat) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		m := copy(p[n:], r.row[r.at:])
		n += m
		r.at = (r.at + m) % len(r.row)
	}
	return n, nil
}

func TestWriter(t *testing.T) {
	t.Parallel()
	r, err := feed.NewReader(strings.NewReader("# c\nid,image_link\n1,\"x\"\n\n2,y\n"), feed.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, err := feed.NewWriter(&out, r)
	if err != nil {
		t.Fatal(err)
	}
	for {
		row, err := r.Next()
		if err == io.EOF {
			break
		}
		if err := errors.Join(err, w.Write(row, "u"+row.Get("id"))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if want := "# c\nid,image_link\n1,\"u1\"\n2,u2\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}
