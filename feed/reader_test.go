package feed_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/adloom/adloom/feed"
)

func TestCanonicalName(t *testing.T) {
	t.Parallel()
	f := func(name, want string) {
		t.Helper()
		if got := feed.CanonicalName(name); got != want {
			t.Errorf("CanonicalName(%q) = %q, want %q", name, got, want)
		}
	}
	f("image_link", "image_link")
	f("Image Link", "image_link")
	f("g:image_link", "image_link")
	f("IMAGE-LINK", "image_link")
	f(" G:Image - Link\t", "image_link")
	f("\ufeffid", "id")
	f("video[0].tag[0]", "video[0].tag[0]")
	f("", "")
}

func utf16Bytes(text string, bigEndian bool) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		if bigEndian {
			b.WriteString(string([]byte{byte(u >> 8), byte(u)}))
		} else {
			b.WriteString(string([]byte{byte(u), byte(u >> 8)}))
		}
	}
	return b.String()
}

func gzipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, text)
	w.Close()
	return b.String()
}

// TestRead has one case per oddity: the rows are id|title|image_link.
func TestRead(t *testing.T) {
	t.Parallel()
	f := func(in string, want ...string) {
		t.Helper()
		for _, src := range []io.Reader{strings.NewReader(in), iotest.OneByteReader(strings.NewReader(in)), iotest.DataErrReader(strings.NewReader(in))} {
			r, err := feed.NewReader(src, feed.Options{})
			if err != nil {
				t.Errorf("%q: %v", in, err)
				return
			}
			var got []string
			for {
				row, err := r.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Errorf("%q: %v", in, err)
					return
				}
				got = append(got, row.Get("id")+"|"+row.Get("title")+"|"+row.Get("image_link"))
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%q:\ngot  %q\nwant %q", in, got, want)
			}
		}
	}
	const head = "id,title,image_link\n"

	// Line ends.
	f(head+"1,a,x\n2,b,y\n", "1|a|x", "2|b|y")
	f(head+"1,a,x\n2,b,y", "1|a|x", "2|b|y")
	f("id,title,image_link\r\n1,a,x\r\n\"2\",\"b\",\"y\"\r\n", "1|a|x", "2|b|y")
	f("id,title,image_link\r1,a,x\r2,\"b\rc\",y", "1|a|x", "2|b\rc|y")
	f("id,title,image_link\r1,a,\"x\"\r\n2,b,y\n", "1|a|x", "2|b|y")
	f("id,title,image_link\r\r\n1,a,x\r\r\n", "1|a|x")
	f(head+"1,a\rb,x\n", "1|a\rb|x")
	f(head+"\n1,a,x\n\n\r\n,,\n2,b,y\n\n", "1|a|x", "2|b|y")

	// Delimiters come from the header.
	f("id;title;image_link\n1;a,b|c;x\n", "1|a,b|c|x")
	f("id\ttitle\timage_link\n1\ta;b\tx\n", "1|a;b|x")
	f("id|title|image_link\n1|a|x\n", "1|a|x")
	f("id;title, long;image_link\n1;a,b;x\n", "1||x")
	f("image_link\nx\n", "||x")
	f("sep=;\nid;title;image_link\n1;a;x\n", "1|a|x")

	// Quotes.
	f(head+"1,\"12\"\" pan, big\",x\n", "1|12\" pan, big|x")
	f(head+"1,\"a\nb\r\nc\",x\n2,b,y\n", "1|a\nb\r\nc|x", "2|b|y")
	f(head+"1,5' 10\" ruler,x\n", "1|5' 10\" ruler|x")
	f(head+"1,\"a\" ,x\n", "1|a|x")
	f(head+"1,\"a\"\rb,x\n", "1|\"a\"\rb|x")
	f(head+"1,\"Classic\" mug,x\n", "1|\"Classic\" mug|x")
	f(head+"1, \"a\",x\n", "1| \"a\"|x")
	f(head+"1,\"\",x\n2,\"\"\"\",y\n", "1||x", "2|\"|y")
	f("id\ttitle\timage_link\n1\t\"a\tx\n2\t\"b\"\ty\n", "1|\"a|x", "2|\"b\"|y")
	f("\"id\"\t\"title\"\t\"image_link\"\n\"1\"\t\"a\tb\"\t\"x\"\n", "1|a\tb|x")

	// A quote that is never closed does not swallow the rows after it.
	f(head+"1,\"a,x\n2,b,y\n", "1|\"a|x", "2|b|y")
	f(head+"1,\"a,x\n2,\"b\",y\n", "1|\"a|x", "2|b|y")
	f(head+"1,a,\"x", "1|a|\"x")

	// Ragged rows.
	f(head+"1\n2,b\n3,c,z,more,,\n", "1||", "2|b|", "3|c|z")

	// In front of the header.
	f("# Required | An id, unique,\"# Optional | a\nb, \"\";\"\"\",# x\n\n"+head+"1,a,x\n", "1|a|x")
	f("\ufeff"+head+"1,a,x\n", "1|a|x")
	f(strings.Repeat(" \n", 5000)+head+"1,a,x\n", "1|a|x")
	f("#id,title,ID,Image-Link\n1,a,2,x\n", "2|a|x")

	// Header names; of two columns with one name the first counts.
	f(" G:ID ,TITLE,Image Link,image_link\n1,a,x,y\n", "1|a|x")

	// Encodings.
	f(head+"1,é–日本,x\n", "1|é–日本|x")
	f(head+"1,caf\xe9 \x96 \x80,x\n", "1|café – €|x")
	f("\xff\xfe"+utf16Bytes(head+"1,é😀,x\r\n", false), "1|é😀|x")
	f("\xfe\xff"+utf16Bytes(head+"1,é😀,x\r\n", true), "1|é😀|x")
	f(utf16Bytes(head+"1,é,x\n", false), "1|é|x")
	f(utf16Bytes(head+"1,é,x\n", true), "1|é|x")
	f(gzipped(head+"1,a,x\n"), "1|a|x")
	f(head+"1,a\x00b,x\n", "1|a\x00b|x")
	f(head+"1,\"=HYPERLINK(\"\"x\"\")\",+1+1\n", "1|=HYPERLINK(\"x\")|+1+1")
	f(head)
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	f := func(in string, want error, says string) {
		t.Helper()
		_, err := feed.NewReader(strings.NewReader(in), feed.Options{MaxRow: 100_000})
		if !errors.Is(err, want) || !strings.Contains(err.Error(), says) {
			t.Errorf("%.60q: got error %v, want %v saying %q", in, err, want, says)
		}
	}
	f("", feed.ErrEmpty, "found 0 bytes")
	f("\ufeff \r\n\n", feed.ErrEmpty, "white space")
	f(gzipped(""), feed.ErrEmpty, "")
	f("# only\n# comments\n", feed.ErrNoColumn, "nothing but comments")
	f("1,Chair,https://shop.example/a.jpg\n2,b,c\n", feed.ErrNoColumn, `column named image_link, found "1", "Chair"`)
	f(strings.Repeat("col,", 50), feed.ErrNoColumn, "and 39 more")
	f(strings.Repeat(",", 10_000)+"image_link\n", feed.ErrUnsupported, "found 10001 columns, which is more than 10000")
	f("<!DOCTYPE html><title>Not\n found &amp; gone</title>", feed.ErrUnsupported, `an HTML page titled "Not found & gone"`)
	f("\n<div><HTML>", feed.ErrUnsupported, "an HTML page")
	f("<?xml version='1.0'?><rss>", feed.ErrUnsupported, "XML")
	f("{\"products\": []}", feed.ErrUnsupported, "JSON")
	f("[\n{\"id\": 1}]", feed.ErrUnsupported, "JSON")
	f("PK\x03\x04\x14\x00\x06\x00", feed.ErrUnsupported, "Excel workbook")
	f("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", feed.ErrUnsupported, "Excel workbook")
	f("\x7fELF\x02\x00\x00\x00\n", feed.ErrUnsupported, "binary data")
	f("\x1f\x8b is no gzip header", gzip.ErrHeader, "unpack feed")
	f(strings.Repeat("# comment\n", 100_000), feed.ErrNoColumn, "")
}

func TestRowTooLong(t *testing.T) {
	t.Parallel()
	opts := feed.Options{MaxRow: 1000}
	f := func(in, says string) {
		t.Helper()
		_, _, err := convert(t, in, opts, same)
		if !errors.Is(err, feed.ErrRowTooLong) || !strings.Contains(err.Error(), says) {
			t.Errorf("%.40q: got error %v, want one saying %q", in, err, says)
		}
	}
	const head = "id,image_link\n"
	f(head+"1,x\n"+strings.Repeat("a", 1001)+"\n3,z\n", "line 3: row too long: expected at most 1000 bytes")
	f(head+"1,x\n2,\""+strings.Repeat("a", 300_000)+"\"\n", "line 3")
	f(strings.Repeat("a", 1<<20), "line 1")

	if _, _, err := convert(t, head+strings.Repeat("a", 1000)+"\r\n3,z\n", opts, same); err != nil {
		t.Errorf("a row of 1000 bytes: %v", err)
	}
	// A stray quote longer than a row from the next one is no reason to stop.
	in := head + "\"a,x\n" + strings.Repeat("2,y\n", 1000) + "3,\"z\"\n"
	if rows := readAll(t, []byte(in), opts); len(rows) != 1002 {
		t.Errorf("got %d rows after a stray quote, want 1002", len(rows))
	}
}

func TestReadError(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection lost")
	src := io.MultiReader(strings.NewReader("id,image_link\n1,x\n2,\"y"), iotest.ErrReader(broken))
	_, err := feed.Convert(t.Context(), io.Discard, src, feed.Options{}, same)
	if !errors.Is(err, broken) {
		t.Errorf("got error %v, want %v", err, broken)
	}
	whole := gzipped("id,image_link\n" + strings.Repeat("1,x\n", 1000))
	_, _, err = convert(t, whole[:len(whole)-10], feed.Options{}, same)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a gzip file cut short: got error %v, want %v", err, io.ErrUnexpectedEOF)
	}
	_, err = feed.NewReader(stuck{}, feed.Options{})
	if !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a reader that gives nothing: got error %v, want %v", err, io.ErrNoProgress)
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

func TestReaderDescribesItself(t *testing.T) {
	t.Parallel()
	f := func(in string, header string, want feed.Dialect, encoding feed.Encoding) {
		t.Helper()
		r, err := feed.NewReader(strings.NewReader(in), feed.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(r.Header(), "|"); got != header || r.Dialect() != want || r.Encoding() != encoding {
			t.Errorf("%.40q: got %s, %+v, %s\nwant %s, %+v, %s", in, got, r.Dialect(), r.Encoding(), header, want, encoding)
		}
	}
	f("ID;Image Link;g:id\r\n", "id|image_link|id", feed.Dialect{Delimiter: ';', Quotes: true, LineEnd: "\r\n"}, feed.UTF8)
	f("\ufeffimage_link", "image_link", feed.Dialect{Delimiter: ',', Quotes: true, BOM: true}, feed.UTF8)
	f(gzipped("id\timage_link\r1\tx"), "id|image_link", feed.Dialect{Delimiter: '\t', LineEnd: "\r", Gzip: true}, feed.UTF8)
	f("\xfe\xff"+utf16Bytes("image_link\n", true), "image_link", feed.Dialect{Delimiter: ',', Quotes: true, LineEnd: "\n", BOM: true}, feed.UTF16BE)
	f("caf\xe9|image_link\n", "café|image_link", feed.Dialect{Delimiter: '|', Quotes: true, LineEnd: "\n"}, feed.Windows1252)
}

// TestFields: the first of two columns counts, and neither empty cells nor
// cells and columns without a name are fields.
func TestFields(t *testing.T) {
	t.Parallel()
	in := "id,Sale Price,g:id,,image_link\n1,,2,x,\"y\"\"\",more,\"and more\"\n3\n"
	got := readAll(t, []byte(in), feed.Options{})
	equalRows(t, got, []map[string]string{{"id": "1", "image_link": "y\""}, {"id": "3"}})
}

func TestLines(t *testing.T) {
	t.Parallel()
	f := func(in string, want ...int) {
		t.Helper()
		r, err := feed.NewReader(strings.NewReader(in), feed.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var lines []int
		for {
			row, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, row.Line)
		}
		if !reflect.DeepEqual(lines, want) {
			t.Errorf("%q: rows begin at lines %v, want %v", in, lines, want)
		}
	}
	f("# c\nid,title,image_link\n\n1,\"a\r\nb\n\",x\n2,b,y\n\n3,c,z", 4, 7, 9)
	f("id,image_link\r1,\"x\r\n\ry\"\r\n2,y\n3,z\r", 2, 5, 6)
}

func TestWindows1252(t *testing.T) {
	t.Parallel()
	f := func(in, want string, encoding feed.Encoding, repaired int64) {
		t.Helper()
		out, report, err := convert(t, in, feed.Options{}, same)
		if err != nil {
			t.Fatal(err)
		}
		if out != want || report.Encoding != encoding || report.Repaired != repaired {
			t.Errorf("%.60q: got %.60q, %s, %d repaired\nwant %.60q, %s, %d", in, out, report.Encoding, report.Repaired, want, encoding, repaired)
		}
	}
	const head = "title,image_link\n"
	f(head+"caf\xe9,x\n", head+"café,x\n", feed.Windows1252, 1)
	// One cut character does not spoil a UTF-8 feed.
	f(head+"日本\xe6,x\nÜ®,y\n", head+"日本æ,x\nÜ®,y\n", feed.UTF8, 1)
	// A pair that happens to be UTF-8 is read as most of the feed is.
	f(head+"NESCAF\xc9\xae,x\nth\xe9 \xe0,y\n", head+"NESCAFÉ®,x\nthé à,y\n", feed.Windows1252, 2)
	// Characters cut by the end of a chunk are put together.
	long := strings.Repeat("x", 64<<10-len(head)-1)
	for cut := range 5 {
		line := long[cut:] + "😀日é,x\n"
		f(head+line, head+line, feed.UTF8, 0)
	}
}
