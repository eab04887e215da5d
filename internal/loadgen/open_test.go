package loadgen

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// read opens a text and reads it to its end.
func read(t *testing.T, text string, cfg InputConfig) (urls []string, r *Reader) {
	t.Helper()
	r, err := Open(func() (io.Reader, error) { return strings.NewReader(text), nil }, cfg)
	if err != nil {
		t.Fatal(err)
	}
	for {
		target, err := r.Next()
		if errors.Is(err, io.EOF) {
			return urls, r
		}
		if err != nil {
			t.Fatal(err)
		}
		urls = append(urls, target.URL.String())
	}
}

const sampleLog = `1.1.1.1 - - [29/Nov/2026:02:02:03 +0000] "GET /a HTTP/1.1" 200 1 "-" "x"
1.1.1.1 - - [29/Nov/2026:02:02:03 +0000] "POST /b HTTP/1.1" 200 1 "-" "x"
1.1.1.1 - - [29/Nov/2026:02:02:04 +0000] "GET /c HTTP/1.1" 500 1 "-" "x"
garbage
`

func TestOpen(t *testing.T) {
	t.Parallel()
	f := func(text string, cfg InputConfig, format Format, urls string, broken, skipped int64) {
		t.Helper()
		got, r := read(t, text, cfg)
		in := r.Input()
		if r.Format() != format || strings.Join(got, " ") != urls || in.Broken != broken || in.Skipped != skipped {
			t.Errorf("%.40q: a %s with %v, %+v; want a %s with %s, %d broken, %d skipped", text, r.Format(), got, in, format, urls, broken, skipped)
		}
	}
	once := InputConfig{Passes: 1}
	based := InputConfig{Passes: 1, Base: "http://n"}
	f("# URLs\n\nhttp://a/1\r\n  https://a/2\nnope\n", once, List, "http://a/1 https://a/2", 1, 0)
	f("/1\nhttp://a/2", based, List, "http://n/1 http://n/2", 0, 0)
	f("# none\n", once, List, "", 0, 0)
	f("http://a/1\n"+strings.Repeat("x", 3*maxLine)+"\nhttp://a/2\n", once, List, "http://a/1 http://a/2", 1, 0)
	f(sampleLog, based, Log, "http://n/a http://n/c", 1, 1)
	f(sampleLog, InputConfig{Passes: 1, Base: "http://n", OnlyOK: true}, Log, "http://n/a", 1, 2)
	f("id,title,image_link\n1,Hat,http://a/1\n2,Cap,\n3,Tie,x.jpg\n", once, Feed, "http://a/1", 2, 0)
	f("id\tlink\n1\thttp://a/1\n", InputConfig{Passes: 1, Column: "Link"}, Feed, "http://a/1", 0, 0)
	f("link\nhttp://a/1\n", InputConfig{Passes: 1, Format: List}, List, "http://a/1", 1, 0)
	f("http://a/1\nhttp://a/2\n", InputConfig{Passes: 3}, List, "http://a/1 http://a/2 http://a/1 http://a/2 http://a/1 http://a/2", 0, 0)
	f("#\nnope", InputConfig{Passes: 0, Format: List}, List, "", 1, 0)

	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, sampleLog)
	z.Close()
	f(packed.String(), based, Log, "http://n/a http://n/c", 1, 1)
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	f := func(text string, cfg InputConfig, want string) {
		t.Helper()
		_, err := Open(func() (io.Reader, error) { return strings.NewReader(text), nil }, cfg)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %s", text, err, want)
		}
	}
	f("", InputConfig{}, "expected a feed, a list of URLs or an access log; found nothing")
	f("id,title\n1,Hat\n", InputConfig{}, "image_link")
	f("\x1f\x8bnot gzip", InputConfig{}, "unpack input")
	f("http://a", InputConfig{Format: "pdf", Base: "x", Passes: -1}, `found "pdf"`)
	f("http://a", InputConfig{Format: "pdf", Base: "x", Passes: -1}, "Base")
	f("http://a", InputConfig{Format: "pdf", Base: "x", Passes: -1}, "Passes")
}

func TestFirstBrokenLines(t *testing.T) {
	t.Parallel()
	_, r := read(t, "http://a/1\n"+strings.Repeat("bad\n", 100), InputConfig{Passes: 2})
	in := r.Input()
	if in.Broken != 200 || len(in.First) != maxShown {
		t.Errorf("%d broken, %d shown; want 200 and %d", in.Broken, len(in.First), maxShown)
	}
	if got, want := in.First[0].Error(), `line 2: expected an http or https URL; found "bad"`; got != want {
		t.Errorf("%s; want %s", got, want)
	}
}

// endless is a list of n URLs that is never in memory.
type endless struct {
	n, at int
	rest  string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		if e.at == e.n {
			return 0, io.EOF
		}
		e.at++
		e.rest = fmt.Sprintf("http://a/%d?title=%0200d\n", e.at, e.at)
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

func TestStreams(t *testing.T) {
	r, err := Open(func() (io.Reader, error) { return &endless{n: 50_000}, nil }, InputConfig{Passes: 1})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for {
		if _, err := r.Next(); err != nil {
			break
		}
		n++
	}
	if n != 50_000 {
		t.Errorf("%d URLs; want 50000", n)
	}
	if size := r.source.(*list).lines.r.Size(); size > maxLine {
		t.Errorf("%d bytes are kept", size)
	}
}

func TestPassesFollowEachOther(t *testing.T) {
	t.Parallel()
	cfg := InputConfig{Passes: 3, Base: "http://n", Replay: true}
	r, err := Open(func() (io.Reader, error) { return strings.NewReader(sampleLog), nil }, cfg)
	if err != nil {
		t.Fatal(err)
	}
	var got []time.Duration
	for {
		target, err := r.Next()
		if err != nil {
			break
		}
		got = append(got, target.At)
	}
	if want := "[0s 1s 2s 3s 4s 5s]"; fmt.Sprint(got) != want {
		t.Errorf("moments %v; want %s", got, want)
	}
}

func TestSpread(t *testing.T) {
	t.Parallel()
	f := func(in, want []time.Duration) {
		t.Helper()
		s := &spread{from: &moments{at: in}}
		var got []time.Duration
		for {
			target, err := s.Next()
			if err != nil {
				break
			}
			got = append(got, target.At)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v: %v; want %v", in, got, want)
		}
	}
	ms := time.Millisecond
	f(nil, nil)
	f([]time.Duration{0}, []time.Duration{0})
	f([]time.Duration{0, 0, 0, 0, time.Second}, []time.Duration{0, 250 * ms, 500 * ms, 750 * ms, time.Second})
	f([]time.Duration{0, time.Second, time.Second, 5 * time.Second}, []time.Duration{0, 1000 * ms, 1500 * ms, 5000 * ms})
	f([]time.Duration{2 * time.Second, time.Second}, []time.Duration{2 * time.Second, 2 * time.Second}) // a log that steps back

	many := &spread{from: &moments{at: make([]time.Duration, 10*maxBatch)}}
	for range 10 * maxBatch {
		if _, err := many.Next(); err != nil {
			t.Fatal(err)
		}
		if len(many.batch) > maxBatch {
			t.Fatalf("%d requests are kept", len(many.batch))
		}
	}
}

// moments are targets of a log.
type moments struct{ at []time.Duration }

func (m *moments) Next() (Target, error) {
	if len(m.at) == 0 {
		return Target{}, io.EOF
	}
	at := m.at[0]
	m.at = m.at[1:]
	return Target{At: at}, nil
}
