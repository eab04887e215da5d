package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/adloom/adloom/internal/loadgen"
)

// ads answers as a node would, and notes what it was asked.
func ads(t *testing.T) (base string, asked func() []string) {
	t.Helper()
	var mu sync.Mutex
	var seen []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, r.Method+" "+r.RequestURI+" "+r.UserAgent())
		switch r.URL.Path {
		case "/busy":
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusTooManyRequests)
			fmt.Fprint(w, `{"type":"limited","reason":"node_full"}`)
		case "/gone":
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return seen
	}
}

func TestWarm(t *testing.T) {
	t.Parallel()
	f := func(input string, flags []string, code int, stdout, stderr string, asked ...string) {
		t.Helper()
		base, seen := ads(t)
		path := filepath.Join(t.TempDir(), "input")
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(input, "BASE", base)), 0o644); err != nil {
			t.Fatal(err)
		}
		out, complaints, got := command(t, append([]string{"warm", path, "--base", base, "--concurrency", "1", "--user-agent", "me"}, flags...)...)
		if got != code || !strings.Contains(out, stdout) || !strings.Contains(complaints, stderr) {
			t.Errorf("%.40q %v: exit code %d, %s%s; want %d, %q, %q", input, flags, got, out, complaints, code, stdout, stderr)
		}
		if all := seen(); fmt.Sprint(all) != fmt.Sprint(asked) {
			t.Errorf("%.40q %v: asked for %q; want %q", input, flags, all, asked)
		}
	}
	const log = `1.1.1.1 - - [29/Nov/2026:02:02:03 +0000] "HEAD /a HTTP/1.1" 200 1 "-" "visitor"
garbage
1.1.1.1 - - [29/Nov/2026:02:02:03 +0000] "GET /b HTTP/1.1" 404 1 "-" "visitor"
`
	f("https://cdn.example/a\n/b?c=d\n", nil, 0, "2 requests in ", "", "GET /a me", "GET /b?c=d me")
	f("id,image_link\n1,BASE/a\n", nil, 0, "1 requests in ", "", "GET /a me")
	f("id,link\n1,BASE/a\n", []string{"--column", "link"}, 0, "1 requests in ", "", "GET /a me")
	f("id,link\n1,BASE/a\n", nil, 1, "", "expected a header line with a column named image_link")
	f(log, nil, 0, "3 lines, 1 broken", "line 2: expected the combined log format", "HEAD /a me", "GET /b me")
	f(log, []string{"--only-ok", "--log-agent"}, 0, "1 requests in ", "", "HEAD /a visitor")
	f("/a\n/gone\n", nil, 1, "404 1", "1 of 2 requests failed", "GET /a me", "GET /gone me")
	f("/busy\n", nil, 1, "limited/node_full 1", "1 of 1 requests failed", "GET /busy me")
	f("/busy\n", []string{"--accept", "429,503"}, 0, "limited/node_full 1", "", "GET /busy me")
	f("/a\n", []string{"--repeat", "3"}, 0, "3 requests in ", "", "GET /a me", "GET /a me", "GET /a me")
	f("/a\n", []string{"--repeat", "0", "--limit", "2"}, 0, "2 requests in ", "", "GET /a me", "GET /a me")
	f("nope\n", []string{"--from", "list"}, 1, "0 requests in ", "expected requests to make; found none in 1 lines read as a list")
	f("", nil, 1, "", "found nothing")
}

func TestWarmReports(t *testing.T) {
	t.Parallel()
	base, _ := ads(t)
	dir := t.TempDir()
	input, lines := filepath.Join(dir, "input"), filepath.Join(dir, "lines.tsv")
	if err := os.WriteFile(input, []byte(strings.Repeat("/a\n", 10)), 0o644); err != nil {
		t.Fatal(err)
	}
	stdout := must(t, "warm", input, "--base", base, "--rate", "1000", "--arrivals", "poisson", "--json", "--out", lines)
	var report loadgen.Report
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatalf("%v\n%s", err, stdout)
	}
	if report.OK != 10 || report.Loop != "open" || report.LatencyFrom != "due" || report.Latency.All.N != 10 || report.Input.Lines != 10 {
		t.Errorf("%s", stdout)
	}
	data, err := os.ReadFile(lines)
	if err != nil || strings.Count(string(data), "\n") != 11 {
		t.Errorf("%v, %s: want a header and 10 lines", err, data)
	}
}

func TestWarmWrongUse(t *testing.T) {
	t.Parallel()
	input := filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(input, []byte("/a\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	f := func(want string, flags ...string) {
		t.Helper()
		_, stderr, code := command(t, append([]string{"warm"}, flags...)...)
		if code != misuse || !strings.Contains(stderr, want) {
			t.Errorf("%v: exit code %d, %s; want %d, %q", flags, code, stderr, misuse, want)
		}
	}
	f("one of --rate, --concurrency and --replay; found 2", input, "--rate", "1", "--concurrency", "1")
	f("expected an access log; found a list", input, "--replay", "--base", "http://a")
	f("standard input can be read once", "-", "--repeat", "2")
	f("or it never ends", input, "--repeat", "0")
	f("expected an address such as http://10.0.0.5:8080", input, "--base", "10.0.0.5")
	f("expected a factor such as 2x or 0.5", input, "--replay", "--speed", "fast")
	f("Rate: expected", input, "--rate=-3")
	f("the name of a header", input, "--header", "X y=1")
}
