package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/adloom/adloom/templates"
)

// serveHere runs "adloom serve" in this process, so that the race detector and the
// leak check see it. stop ends it as SIGTERM does.
func serveHere(t *testing.T, flags ...string) (base, operators string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	stdout, w := io.Pipe()
	var stderr bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"}, flags...), w, &stderr)
		w.Close()
	}()
	lines := bufio.NewScanner(stdout)
	for operators == "" && lines.Scan() {
		if m := readyLine.FindStringSubmatch(lines.Text()); m != nil {
			base = m[1]
		}
		if m := operatorsLine.FindStringSubmatch(lines.Text()); m != nil {
			operators = m[1]
		}
	}
	if operators == "" {
		cancel()
		<-code
		t.Fatalf("the server did not start:\n%s", &stderr)
	}
	go func() { _, _ = io.Copy(io.Discard, stdout) }()
	return base, operators, func() {
		cancel()
		if c := <-code; c != 0 {
			t.Errorf("the server ended with exit code %d:\n%s", c, &stderr)
		}
	}
}

// A shop can do all of this. Each ends in 424 with its reason, within its limit.
func TestBadShops(t *testing.T) {
	leaks := goleak.IgnoreCurrent()
	data := t.TempDir()
	publish(t, data)
	shop := badShop(t)
	base, _, stop := serveHere(t, "--data", data, "--fetch-allow", "127.0.0.2/32", "--log-sample", "0",
		"--fetch-timeout", "3s", "--fetch-header-wait", "1s", "--fetch-idle", "1s", "--fetch-max-bytes", "1000000")

	f := func(path, reason string, shopStatus int) {
		t.Helper()
		image := path
		if strings.HasPrefix(path, "/") {
			image = shop.URL + path
		}
		fields := templates.Fields{"title": "Hat", "price": "10 USD", "image_link": image}
		start := time.Now()
		status, _, body := get(t, sign(t, data, base, "link", fields))
		var p struct {
			Type, Reason string
			ShopStatus   int `json:"shop_status"`
		}
		if err := json.Unmarshal(body, &p); err != nil {
			t.Errorf("%s: %d %.200s", path, status, body)
			return
		}
		if status != http.StatusFailedDependency || p.Reason != reason || p.ShopStatus != shopStatus {
			t.Errorf("%s: %d %s; want reason %s, shop status %d", path, status, body, reason, shopStatus)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s took %v", path, took)
		}
	}
	f("/hang", "timeout", 0)
	f("/drip", "timeout", 200)
	f("/stall", "too_slow", 200)
	f("/html", "not_an_image", 200)
	f("/huge", "too_large", 200)
	f("/endless", "too_large", 200)
	f("/short", "truncated", 200)
	f("/half", "corrupt", 0)
	f("/bomb", "too_many_pixels", 200)
	f("/status/404", "bad_status", 404)
	f("/status/500", "bad_status", 500)
	f("/status/204", "bad_status", 204)
	f("/loop", "too_many_redirects", 302)
	f("/to?u=http://127.0.0.1:9/x.jpg", "blocked_address", 0)
	f("/to?u=http://[::ffff:127.0.0.1]:9/x.jpg", "blocked_address", 0)
	f("/to?u=http://169.254.169.254/latest/meta-data", "blocked_address", 0)
	f("/to?u=file:///etc/passwd", "bad_redirect", 302)
	f("http://127.0.0.1:9/x.jpg", "blocked_address", 0)
	f("http://localhost:9/x.jpg", "blocked_address", 0)
	f("http://2130706433/x.jpg", "dns", 0) // no name server knows it; one that does gives an address, which is blocked
	f("http://0x7f.1/x.jpg", "dns", 0)
	f("http://10.0.0.1/x.jpg", "blocked_address", 0)

	if status, _, _ := get(t, base+"/healthz"); status != http.StatusOK {
		t.Errorf("/healthz says %d", status)
	}
	stop()
	shop.CloseClientConnections()
	shop.Close()
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, leaks)
	halfFiles(t, data)
}

// halfFiles reports files that were left behind unfinished.
func halfFiles(t *testing.T, data string) {
	t.Helper()
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		inTemp := filepath.Dir(path) == filepath.Join(data, "cache", "tmp")
		if err == nil && !d.IsDir() && (inTemp || strings.HasPrefix(d.Name(), ".")) {
			t.Errorf("left behind: %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// badShop listens on 127.0.0.2, so that a node may trust it and nothing else on
// this machine.
func badShop(t *testing.T) *httptest.Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skipf("no second loopback address here: %v", err)
	}
	photo := noisyJPEG(t)
	var bomb bytes.Buffer
	if err := png.Encode(&bomb, image.NewGray(image.Rect(0, 0, 9000, 9000))); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	handle := func(path string, h http.HandlerFunc) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "image/jpeg")
			h(w, r)
		})
	}
	// start sends the head of a photo and leaves the rest to come.
	start := func(w http.ResponseWriter, length int) {
		w.Header().Set("Content-Length", fmt.Sprint(length))
		w.Write(photo[:100])
		w.(http.Flusher).Flush()
	}
	handle("/hang", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	handle("/stall", func(w http.ResponseWriter, r *http.Request) { start(w, len(photo)); <-r.Context().Done() })
	handle("/drip", func(w http.ResponseWriter, r *http.Request) {
		start(w, len(photo))
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for i := 100; r.Context().Err() == nil; i++ {
			<-tick.C
			w.Write(photo[i : i+1])
			w.(http.Flusher).Flush()
		}
	})
	handle("/html", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<!doctype html><title>Sale!</title>") })
	handle("/huge", func(w http.ResponseWriter, _ *http.Request) { start(w, 10_000_000_000) })
	handle("/endless", func(w http.ResponseWriter, r *http.Request) {
		w.Write(photo)
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	})
	handle("/short", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(photo)))
		w.Write(photo[:len(photo)/2])
	})
	handle("/half", func(w http.ResponseWriter, _ *http.Request) { w.Write(photo[:len(photo)/2]) })
	handle("/bomb", func(w http.ResponseWriter, _ *http.Request) { w.Write(bomb.Bytes()) })
	handle("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	handle("/to", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("u"), http.StatusFound)
	})
	handle("/status/{code}", func(w http.ResponseWriter, r *http.Request) {
		var code int
		fmt.Sscan(r.PathValue("code"), &code)
		w.WriteHeader(code)
	})
	shop := &httptest.Server{Listener: listener, Config: &http.Server{Handler: mux}}
	shop.Start()
	return shop
}

// noisyJPEG is large enough to be cut in many places.
func noisyJPEG(t *testing.T) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 300, 300))
	for i := range img.Pix {
		img.Pix[i] = byte(i * i >> 3)
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, nil); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
