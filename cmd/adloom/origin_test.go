package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/adloom/adloom/templates"
)

// A shop in trouble is left alone, and who asks for its photos is told when to come again. A shop that does not answer
// has its share of the node, and no more: other shops' ads are made meanwhile.
func TestShopsInTrouble(t *testing.T) {
	data := t.TempDir()
	publish(t, data)
	photo := noisyJPEG(t)
	failing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }))
	defer failing.Close()
	var hanging atomic.Int32
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		hanging.Add(1)
		<-r.Context().Done()
	}))
	defer silent.Close()
	well := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(photo) }))
	defer well.Close()
	base, operators, stop := serveHere(t, "--data", data, "--fetch-allow", "127.0.0.1/32", "--log-sample", "0", "--customer-limit", "64", "--hard-limit", "64",
		"--fetch-host-failures", "3", "--fetch-per-host", "4", "--fetch-host-queue", "4", "--fetch-host-wait", "30s", "--fetch-header-wait", "20s", "--fetch-timeout", "20s", "--timeout", "1m")
	defer stop()
	ask := func(shop string, i int) (int, http.Header, []byte) {
		return get(t, sign(t, data, base, "link", templates.Fields{"title": "Hat", "price": "10 USD", "image_link": fmt.Sprintf("%s/%d.jpg", shop, i)}))
	}
	type answer struct {
		Type, Reason, Photo, Detail string
		RetryAfter                  int64 `json:"retry_after_ms"`
	}
	limited := func(status int, header http.Header, body []byte, words string) {
		t.Helper()
		var p answer
		seconds, err := strconv.ParseInt(header.Get("Retry-After"), 10, 64)
		if json.Unmarshal(body, &p) != nil || status != http.StatusTooManyRequests || p.Type != "limited" || p.Reason != "origin_limited" ||
			p.RetryAfter <= 0 || err != nil || seconds*1000 < p.RetryAfter || !strings.Contains(p.Detail, words) {
			t.Errorf("%d %s %v; want origin_limited, %q", status, body, header, words)
		}
	}

	for i := range 3 {
		if status, _, body := ask(failing.URL, i); status != http.StatusFailedDependency {
			t.Errorf("%d %s; want 424", status, body)
		}
	}
	status, header, body := ask(failing.URL, 3)
	limited(status, header, body, "has failed 3 times in a row")

	var asking sync.WaitGroup
	for i := range 8 {
		asking.Go(func() { _, _, _ = ask(silent.URL, i) })
	}
	until(t, func() bool {
		_, _, metrics := get(t, operators+"/metrics")
		return hanging.Load() == 4 && metric(t, metrics, "adloom_photo_waiting") == 4
	})
	status, header, body = ask(silent.URL, 8)
	limited(status, header, body, "4 are being downloaded, 4 more wait")
	for i := range 20 {
		if status, _, body := ask(well.URL, i); status != http.StatusOK {
			t.Errorf("another shop: %d %.200s", status, body)
		}
	}
	if hanging.Load() != 4 {
		t.Error("the silent shop was over before the others were served")
	}
	_, _, metrics := get(t, operators+"/metrics")
	if metric(t, metrics, `adloom_photo_hosts{state="open"}`)+metric(t, metrics, `adloom_photo_hosts{state="half_open"}`) != 1 || metric(t, metrics, "adloom_photo_limited_total") != 2 || metric(t, metrics, `adloom_photo_hosts{state="closed"}`) != 2 {
		t.Errorf("metrics:\n%s", metrics)
	}
	silent.CloseClientConnections() // a failure each: the shop is left alone, and those in line are sent away
	asking.Wait()
}

// until polls until condition holds.
func until(t *testing.T, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !condition(); {
		if time.Now().After(deadline) {
			t.Fatal("it did not come to that within 30 s")
		}
		time.Sleep(5 * time.Millisecond)
	}
}
