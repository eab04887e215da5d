//go:build linux

package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/adloom/adloom/internal/loadgen"
)

func TestMetrics(t *testing.T) {
	t.Parallel()
	m := parseMetrics(`# HELP adloom_stage_duration_seconds Time.
adloom_stage_duration_seconds_count{stage="render"} 3
adloom_stage_duration_seconds_count{stage="encode"} 4
adloom_requests_total{error="",status="200"} 5
adloom_requests_total{error="limited",status="429"} 1e+02
go_goroutines 17
broken
`)
	f := func(want float64, name string, labels ...string) {
		t.Helper()
		if got := m.sum(name, labels...); got != want {
			t.Errorf("%s %v: %g; want %g", name, labels, got, want)
		}
	}
	f(3, "adloom_stage_duration_seconds_count", `stage="render"`)
	f(7, "adloom_stage_duration_seconds_count")
	f(105, "adloom_requests_total")
	f(100, "adloom_requests_total", `status="429"`, `error="limited"`)
	f(17, "go_goroutines")
	f(0, "adloom_unknown_total")
}

func TestFigure(t *testing.T) {
	t.Parallel()
	f := func(v float64, want string) {
		t.Helper()
		if got := figure(v); got != want {
			t.Errorf("%g: %s; want %s", v, got, want)
		}
	}
	f(0, "0")
	f(1, "1")
	f(1.5678, "1.57")
	f(15.678, "15.7")
	f(1567.8, "1568")
	f(15.0, "15")
}

func TestWritesBetweenMarkers(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "r.md")
	r := &report{machine: "a machine"}
	b := &bench{options: &options{}, scenario: scenario{name: "cpu", asks: "What?"}}
	b.table("photo", "ms")
	b.row("a|b", 1.5)
	b.most("ratio", 1.4, 1.5, "x")
	r.add(b)
	if err := os.WriteFile(path, []byte("before\n"+markBegin+"old"+markEnd+"\nafter\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := r.write(path); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(got)
	if !strings.HasPrefix(text, "before\n"+markBegin) || !strings.HasSuffix(text, markEnd+"\nafter\n") || strings.Contains(text, "old") ||
		!strings.Contains(text, `| a\|b | 1.50 |`) || !strings.Contains(text, "| ratio | 1.40x | at most 1.50x | kept |") {
		t.Errorf("written:\n%s", text)
	}
	if err := os.WriteFile(path, []byte("no markers"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := r.write(path); err == nil {
		t.Error("a document without markers was overwritten")
	}
}

// The judge must be hard to please: each of these is a failure of a node.
func TestJudge(t *testing.T) {
	t.Parallel()
	at := func(s int) time.Time { return time.Unix(int64(1000+s), 0) }
	n := &node{addr: "127.0.0.1:1", down: []outage{{from: at(10), to: at(12), abrupt: true}, {from: at(20), to: at(22)}}}
	sum := xxhash.Sum64String("picture")
	j := &judge{w: &world{nodes: []*node{n}}, pictures: map[string]uint64{"/known": sum}, counts: map[judged]int64{},
		troubled: []outage{{from: at(50), to: at(55)}}}
	target := func(path string) loadgen.Target { return loadgen.Target{URL: &url.URL{Host: n.addr, Path: path}} }
	f := func(name string, want judged, second int, change func(*loadgen.Result)) {
		t.Helper()
		r := &loadgen.Result{Target: target("/known"), Due: at(second), Sent: at(second), Done: at(second), Status: 200, Sum: sum,
			Header: http.Header{"Etag": {fmt.Sprintf(`"%016x"`, sum)}, "Cache-Control": {"public, immutable"}}}
		change(r)
		if got, why := j.verdict(r); got != want {
			t.Errorf("%s: %s (%s); want %s", name, got, why, want)
		}
	}
	another := func(r *loadgen.Result) {
		r.Sum = xxhash.Sum64String("another")
		r.Header.Set("ETag", fmt.Sprintf(`"%016x"`, r.Sum))
	}
	fails := func(kind string, status int) func(*loadgen.Result) {
		return func(r *loadgen.Result) { r.Err, r.Kind, r.Status = errors.New(kind), kind, status }
	}
	refuses := func(status int, problem, retry string) func(*loadgen.Result) {
		return func(r *loadgen.Result) {
			r.Status, r.Problem, r.Header = status, problem, http.Header{"Retry-After": {retry}}
		}
	}
	f("the known picture", rightPicture, 0, func(*loadgen.Result) {})
	f("another picture", wrong, 0, another)
	f("another picture that says so", rightPicture, 0, func(r *loadgen.Result) { another(r); r.Header.Set("Cache-Control", "public, max-age=60") })
	f("a new picture", rightPicture, 0, func(r *loadgen.Result) { another(r); r.Target = target("/new") })
	f("bytes that are not the ETag's", wrong, 0, func(r *loadgen.Result) { r.Target, r.Sum = target("/new"), 0 })
	f("limited", clearRefusal, 0, refuses(429, "limited", "1"))
	f("limited without Retry-After", wrong, 0, refuses(429, "limited", ""))
	f("an unknown refusal", wrong, 0, refuses(503, "", "1"))
	f("an internal error", wrong, 0, refuses(500, "internal", ""))
	f("a photo without a reason", wrong, 30, refuses(424, "photo_unavailable", ""))
	f("a photo of a shop in trouble", shopTrouble, 52, refuses(424, "photo_unavailable", ""))
	f("refused by a node that is up", wrong, 0, fails("connect_refused", 0))
	f("refused by a node that is down", nodeDown, 11, fails("connect_refused", 0))
	f("broken off by a killed node", nodeDown, 10, fails("cut_short", 200))
	f("broken off by a node that was to end", wrong, 21, fails("cut_short", 200))
	f("refused by a node that has ended", nodeDown, 21, fails("connect_refused", 0))
	f("a timeout", wrong, 11, fails("timeout", 0))
}

// What is started is pinned, measured and ended.
func TestProcess(t *testing.T) {
	t.Parallel()
	p, err := start("", filepath.Join(t.TempDir(), "log"), "cat", "/dev/zero")
	if err != nil {
		t.Fatal(err)
	}
	u, err := p.usage()
	if err != nil || u.files == 0 {
		t.Errorf("%+v, %v", u, err)
	}
	if err := p.end(syscall.SIGTERM, 10*time.Second); err != nil || p.alive() {
		t.Errorf("it lives: %v", err)
	}
}

func TestShop(t *testing.T) {
	t.Parallel()
	s, err := openShop([][]byte{[]byte("one"), []byte("two")})
	if err != nil {
		t.Skipf("no loopback addresses here: %v", err)
	}
	defer s.close()
	f := func(address, path string, status int, body string) {
		t.Helper()
		res, err := http.Get(s.hosts[address].url + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		got, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != status || !strings.Contains(string(got), body) {
			t.Errorf("%s%s: %v, %s %q; want %d %q", address, path, err, res.Status, got, status, body)
		}
	}
	f(good, "/p/3.jpg", 200, "two")
	f(good, "/p/-3.jpg", 200, "one")
	f(page, "/p/1.jpg", 200, "<!doctype html>")
	s.mood.Store(failing)
	f(good, "/p/3.jpg", 503, "")
	if s.asked(good) != 3 || s.asked(page) != 1 {
		t.Errorf("asked %d and %d times", s.asked(good), s.asked(page))
	}
}
