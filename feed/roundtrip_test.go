package feed_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/adloom/adloom/feed"
)

// cellsOf returns the columns a, image_link and b of all rows; Next fails only
// where the input does.
func cellsOf(r *feed.Reader) (rows [][3]string, err error) {
	for {
		row, err := r.Next()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, [3]string{row.Get("a"), row.Get("image_link"), row.Get("b")})
	}
}

// FuzzConvert: whatever stands in a feed, the output parses to the same cells,
// with the link in place of the photo if it has been replaced, and a feed that
// needs no mending comes out as it went in.
func FuzzConvert(f *testing.F) {
	for _, body := range []string{
		"1,x,2\n", "\"1\",\"x\",\"2\"\r\n", "1;x;2", "\"a,x\n2,\"b\",y\n", "1\tx\t\"2\r3\ty\t4\r", "\"a\"b,\"x\ny\"z,\"\"\"\n",
		"\xe9,\x00,\xff\n", ",,\n\n1\n1,2,3,4\n", "\"a\"\r,x\r\r\n\"", "\"\"\",\"\"\"x\"\"\n\"",
	} {
		for _, delimiter := range []byte(",;\t|") {
			f.Add(delimiter, body, "https://x.test/?a,b;c|d")
		}
	}
	f.Fuzz(func(t *testing.T, delimiter byte, body, link string) {
		if !strings.ContainsRune(",;\t|", rune(delimiter)) || !utf8.ValidString(link) {
			t.Skip()
		}
		end := "\n"
		if !strings.Contains(body, "\n") && strings.Contains(body, "\r") {
			end = "\r"
		}
		in := strings.Join([]string{"a", "image_link", "b"}, string(delimiter)) + end + body
		opts := feed.Options{OnError: feed.Keep}
		before, err := parse(in, opts)
		if err != nil {
			t.Fatalf("%q: %v", in, err)
		}
		out, report, err := convert(t, in, opts, same)
		if err != nil {
			t.Fatal(err)
		}
		if report.Repaired == 0 && report.StrayQuotes == 0 && out != in {
			t.Fatalf("nothing to mend, but %q became %q", in, out)
		}
		if after, err := parse(out, opts); err != nil || !slices.Equal(after, before) {
			t.Fatalf("%q became %q:\ngot  %q, error %v\nwant %q", in, out, after, err, before)
		}
		out, report, err = convert(t, in, opts, constant(link))
		if err != nil {
			t.Fatal(err)
		}
		if report.Kept == 0 {
			for i := range before {
				before[i][1] = link
			}
		}
		if after, err := parse(out, opts); err != nil || report.Kept == 0 && !slices.Equal(after, before) {
			t.Fatalf("%q with %q became %q:\ngot  %q, error %v\nwant %q", in, link, out, after, err, before)
		}
	})
}

// FuzzReader: no input at all makes a reader panic or hang, and what could be
// read once can be read again.
func FuzzReader(f *testing.F) {
	const text = "id,image_link\n1,\"x\"\n"
	for _, in := range []string{"", "<html>", "{}", "sep=;\nimage_link;", "#\"\n" + text, "\ufeff" + text, gzipped(text), "\x1f\x8b",
		"\xff\xfe" + utf16Bytes(text, false), utf16Bytes(text, true), "\xff\xfea", "\r\r\n" + text, "image_link\r\"\r"} {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		opts := feed.Options{MaxRow: 1000, OnError: feed.Keep}
		out, report, err := convert(t, in, opts, same)
		if err != nil || report.StrayQuotes > 0 { // mended, a row may have become too long
			return
		}
		again, _, err := convert(t, out, opts, same)
		if err != nil || again != out {
			t.Fatalf("%q became %q and then %q, error %v", in, out, again, err)
		}
	})
}

func parse(in string, opts feed.Options) ([][3]string, error) {
	r, err := feed.NewReader(strings.NewReader(in), opts)
	if err != nil {
		return nil, err
	}
	return cellsOf(r)
}

// TestAgainstEncodingCSV: what the standard library writes is read as it was
// meant, for all kinds of cells.
func TestAgainstEncodingCSV(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"", "a", "\"", "\"\"", ",", ";", "\n", " ", "é", "日本", "=1", "#", "\t", "|", "text"}
	for range 300 {
		comma := []rune(",;|")[rng.IntN(3)]
		var buf bytes.Buffer
		w := csv.NewWriter(&buf)
		w.Comma, w.UseCRLF = comma, rng.IntN(2) == 0
		w.Write([]string{"a", "image_link", "b"})
		var want [][3]string
		for range rng.IntN(20) {
			row := [3]string{"id"}
			for i := range row {
				for range rng.IntN(4) {
					row[i] += pieces[rng.IntN(len(pieces))]
				}
			}
			w.Write(row[:])
			if strings.TrimSpace(row[0]+row[1]+row[2]) != "" {
				want = append(want, row)
			}
		}
		w.Flush()
		got, err := parse(buf.String(), feed.Options{})
		if w.UseCRLF {
			for i := range got { // the writer turns line feeds in cells into \r\n
				for j := range got[i] {
					got[i][j] = strings.ReplaceAll(got[i][j], "\r\n", "\n")
				}
			}
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q:\ngot  %q, error %v\nwant %q", buf.String(), got, err, want)
		}
	}
}

// TestHostileQuotes: text made to be searched again and again for closing
// quotes is still read in one go. Each takes well below a second, and minutes
// if every stray quote is searched to the end.
func TestHostileQuotes(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	defer cancel()
	for _, row := range []string{"\"a\n", "\"a,\"", "\"\"\"\n", "\"\"a\n\"", "\"a\nb\"c\n", ",\"\n"} {
		in := "a,image_link,b\n" + strings.Repeat(row, 1<<20/len(row))
		r, err := feed.NewReader(strings.NewReader(in), feed.Options{})
		for err == nil {
			if _, err = r.Next(); err == nil {
				err = ctx.Err()
			}
		}
		if err != io.EOF {
			t.Errorf("%q: %v", row, err)
		}
	}
}
