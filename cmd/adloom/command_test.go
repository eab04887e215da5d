package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/adloom/adloom/renderurl"
)

func TestUsage(t *testing.T) {
	t.Parallel()
	f := func(code int, want string, args ...string) {
		t.Helper()
		stdout, stderr, got := command(t, args...)
		if got != code || !strings.Contains(stdout+stderr, want) {
			t.Errorf("adloom %s: exit code %d\n%s%s\nwant %d with %q", strings.Join(args, " "), got, stdout, stderr, code, want)
		}
	}
	data := t.TempDir()
	f(0, "Usage: adloom", "--help")
	f(0, "Usage: adloom")
	f(0, release, "--version")
	f(2, "unexpected argument fly", "fly")
	f(2, "unknown flag --lisen", "serve", "--lisen", ":0")
	f(2, "expected an address such as redis://", "serve", "--listen", "127.0.0.1:0", "--data", data, "--redis", "nonsense")
	f(2, "--base-url: expected an address", "serve", "--listen", "127.0.0.1:0", "--data", data, "--base-url", "ads.example.com")
	f(1, "another address can be chosen with --listen", "serve", "--listen", "256.0.0.1:0", "--data", data)
	f(1, "another address can be chosen with --admin-listen", "serve", "--listen", "127.0.0.1:0", "--admin-listen", "256.0.0.1:0", "--data", data)
	f(1, "template not found", "url", "--data", data, "--customer", "acme", "--template", "link")
	f(2, "expected a template such as link or link@3", "url", "--data", data, "--customer", "acme", "--template", "link@x")
	f(1, "template not found", "template", "publish", "link@3", "--data", data, "--customer", "acme")
	f(2, "expected a version to publish", "template", "publish", "link", "--data", data, "--customer", "acme")
	f(1, "expected a customer id", "customer", "add", "Acme!", "--data", data)
}

func TestCustomerLimits(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	f := func(code int, want string, flags ...string) {
		t.Helper()
		stdout, stderr, got := command(t, append([]string{"customer", "limits", "acme", "--data", data}, flags...)...)
		if got != code || !strings.Contains(stdout+stderr, want) {
			t.Errorf("%q: exit code %d\n%s%s\nwant %d with %q", flags, got, stdout, stderr, code, want)
		}
	}
	f(1, "customer not found")
	must(t, "customer", "add", "acme", "--data", data)
	f(0, "concurrency    the node's\nslow_downloads the node's\nslow_renders   the node's\n")
	f(0, "concurrency    3\n", "--concurrency", "3")
	f(0, "concurrency    3\nslow_downloads none\n", "--slow-downloads=-1")
	f(2, "limits.slow_renders: expected at least 1", "--slow-renders=-2")
	f(0, "concurrency    3\nslow_downloads none\nslow_renders   the node's\n")
	lock := filepath.Join(data, "customers", "lock")
	if err := errors.Join(os.Remove(lock), os.Mkdir(lock, 0o700)); err != nil {
		t.Fatal(err)
	}
	f(1, "lock customers", "--concurrency", "4") // is no mistake in the flags
}

func TestLint(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "t.json")
	if err := os.WriteFile(file, []byte(`{"schema":1,"name":"x","width":0,"height":9,"layers":[],"extra":1}`), 0o644); err != nil {
		t.Fatal(err)
	}
	_, stderr, code := command(t, "template", "lint", file)
	if code != 1 || !strings.Contains(stderr, "width: expected a whole number from 1 to 4096; found 0") || !strings.Contains(stderr, "extra: expected one of the keys") {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
	must(t, "template", "lint", "../../examples/templates/link", "../../examples/templates/square", "../../examples/templates/story")
}

func TestRenderCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	photo := filepath.Join(dir, "photo.jpg")
	if err := os.WriteFile(photo, noisyJPEG(t), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "ad.png")
	must(t, "render", "../../examples/templates/link", "--set", "title=Hat, green", "--set", "price=129 USD", "--set", "image_link="+photo, "-o", out)
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if img, err := png.Decode(f); err != nil || img.Bounds().Size() != (image.Point{1200, 628}) {
		t.Errorf("%v, %v", img, err)
	}
	for _, c := range [][2]string{
		{"image_link=" + photo, "field price: expected a value"},
		{"image_link=" + filepath.Join(dir, "none.jpg"), "field image_link: expected a URL or a file"},
		{"image_link=http://127.0.0.1:9/x.jpg", "blocked_address"},
	} {
		args := []string{"render", "../../examples/templates/link", "--set", "title=Hat", "--set", c[0], "-o", out}
		if !strings.Contains(c[1], "price") {
			args = append(args, "--set", "price=1 USD")
		}
		if _, stderr, code := command(t, args...); code != 1 || !strings.Contains(stderr, c[1]) {
			t.Errorf("%s: exit code %d\n%s", c[0], code, stderr)
		}
	}
}

func TestURLCommand(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	publish(t, data)
	link := func(args ...string) *url.URL {
		t.Helper()
		u, err := url.Parse(strings.TrimSpace(must(t, append([]string{"url", "--data", data, "--customer", "acme", "--set", "title=Hat, green",
			"--set", "image_link=https://x.test/a.jpg", "--set", "price=10 USD", "--set", "stock=7"}, args...)...)))
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	pinned := link("--template", "link")
	s, err := renderurl.Parse(pinned)
	if err != nil || s.Request.Version != 1 || len(s.Request.Fields) != 3 || s.Request.Fields["title"] != "Hat, green" || s.Request.Fields["price"] != "10.00 USD" {
		t.Errorf("%s: %+v, %v; want the three fields that the ad shows", pinned, s, err)
	}
	if u := link("--template", "link@1"); u.String() != pinned.String() {
		t.Errorf("%s and %s differ", u, pinned)
	}
	if s, err := renderurl.Parse(link("--template", "link", "--floating", "--with-key-id")); err != nil || s.Request.Version != 0 || s.KeyID != "k1" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestDoctor(t *testing.T) {
	t.Parallel()
	stdout := must(t, "doctor", "--data", t.TempDir())
	for _, what := range []string{"adloom", "data folder", "open files", "fonts", "libjpeg-turbo", "redis-server"} {
		if !strings.Contains(stdout, what) {
			t.Errorf("doctor says nothing of %s:\n%s", what, stdout)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if stdout, _, code := command(t, "doctor", "--data", file); code != 1 || !strings.Contains(stdout, "BROKEN data folder") {
		t.Errorf("exit code %d\n%s", code, stdout)
	}
}

func TestBench(t *testing.T) {
	t.Parallel()
	photo := filepath.Join(t.TempDir(), "photo.jpg")
	if err := os.WriteFile(photo, noisyJPEG(t), 0o644); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(must(t, "bench", photo, "--runs", "1")), "\n")
	peers := []string{"adloom", "adloom-warm", "floor", "floor-encode"}
	if len(lines) != 1+3*len(peers) || lines[0] != "peer\tad\tcpu_ms\twall_ms\tbytes" {
		t.Errorf("%q", lines)
	}
	for i, line := range lines[1:] {
		if peer, _, _ := strings.Cut(line, "\t"); peer != peers[i%len(peers)] {
			t.Errorf("row %q; want one of %s", line, peers[i%len(peers)])
		}
	}
}

// The sale price counts only within its window, as the feed is converted.
func TestFeedSaleWindow(t *testing.T) {
	t.Parallel()
	data, dir := t.TempDir(), t.TempDir()
	publish(t, data)
	in, out := filepath.Join(dir, "in.tsv"), filepath.Join(dir, "out.tsv")
	rows := "id\ttitle\tprice\tsale_price\tsale_price_effective_date\timage_link\n" +
		"1\tHat\t10.00 USD\t8.00 USD\t2020-01-01/2020-02-01\thttps://x.test/1.jpg\n" +
		"2\tHat\t10.00 USD\t8.00 USD\t2020-01-01/2999-01-01\thttps://x.test/2.jpg\n" +
		"3\tHat\t10.00 USD\t8.00 USD\tsometime\thttps://x.test/3.jpg\n" +
		"4\tHat\tcheap\t\t\thttps://x.test/4.jpg\n"
	if err := os.WriteFile(in, []byte(rows), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"feed", in, "-o", out, "--data", data, "--customer", "acme", "--template", "link"}
	_, stderr, code := command(t, args...)
	if code != 0 || !strings.Contains(stderr, "4 products: 2 linked, 2 kept with their own link, 0 skipped") ||
		!strings.Contains(stderr, "expected a sale window") || !strings.Contains(stderr, `found "cheap"`) {
		t.Fatalf("exit code %d\n%s", code, stderr)
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(written), "\n")
	if strings.Contains(lines[1], "&sale_price") || !strings.Contains(lines[2], "&sale_price=8.00%20USD") || !strings.HasSuffix(lines[3], "\thttps://x.test/3.jpg") || !strings.HasSuffix(lines[4], "\thttps://x.test/4.jpg") {
		t.Errorf("%s", written)
	}
	if _, _, code := command(t, append(args, "--on-error", "fail")...); code != 1 {
		t.Errorf("--on-error fail: exit code %d", code)
	}
	if again, err := os.ReadFile(out); err != nil || string(again) != string(written) {
		t.Errorf("a failed conversion changed its output: %v", err)
	}
}

// Of columns of one name the first is read, and the user is told.
func TestFeedWithAColumnTwice(t *testing.T) {
	t.Parallel()
	data, dir := t.TempDir(), t.TempDir()
	publish(t, data)
	in := filepath.Join(dir, "in.csv")
	if err := os.WriteFile(in, []byte("id,title,Title,price,image_link\n1,Hat,Cap,10.00 USD,https://x.test/1.jpg\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, stderr, code := command(t, "feed", in, "-o", filepath.Join(dir, "out.csv"), "--data", data, "--customer", "acme", "--template", "link")
	if want := "warning: expected each column once; found several named title, of which the first is read"; code != 0 || !strings.Contains(stderr, want) {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
}

// A long feed is converted in constant memory.
func TestFeedMemory(t *testing.T) {
	t.Parallel()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	data, dir := t.TempDir(), t.TempDir()
	publish(t, data)
	in := filepath.Join(dir, "in.csv")
	writeLongFeed(t, in, 30_000)
	cmd := exec.Command(path, "feed", in, "-o", filepath.Join(dir, "out.csv"), "--data", data, "--customer", "acme", "--template", "link")
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	// The kernel's high-water mark only rises, so the last look is the one that counts.
	// (What wait4 reports begins with the size of the process that started this one.)
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	peak := 0
	for running := true; running; {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("%v\n%s", err, &output)
			}
			running = false
		case <-look.C:
			peak = max(peak, residentPeak(cmd.Process.Pid))
		}
	}
	t.Logf("30,000 rows with %d MB resident", peak>>10)
	if peak == 0 || peak > 100<<10 {
		t.Errorf("%d MB resident; want under 100", peak>>10)
	}
}

// residentPeak is a process's VmHWM in KiB; 0 when it has just ended.
func residentPeak(pid int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kb := 0
	fmt.Sscan(rest, &kb)
	return kb
}

func writeLongFeed(t *testing.T, path string, rows int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "id,title,description,price,sale_price,image_link")
	for i := range rows {
		fmt.Fprintf(w, "%d,\"Product %d, in a colour\",\"%s\",%d.00 USD,%d.00 USD,https://shop.test/images/%d.jpg\n", i, i, strings.Repeat("words ", 20), i%900+10, i%900+5, i)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
