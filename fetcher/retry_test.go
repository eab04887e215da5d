package fetcher_test

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/fetcher"
)

func TestRetry(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 3, 2)
	f := func(name string, first http.HandlerFunc, retried bool) {
		t.Helper()
		inBubble(t, fetcher.DefaultConfig(), nil, func(t *testing.T, n *network) {
			var shop *piped
			shop = n.shop("shop.example", func(w http.ResponseWriter, r *http.Request) {
				if shop.asked.Load() == 1 {
					first(w, r)
					return
				}
				_, _ = w.Write(photo)
			})
			_, err := n.Fetch(t.Context(), "http://shop.example/a.jpg")
			if s := n.Stats(); (err == nil) != retried || (s.Retries == 1) != retried || s.Downloads != 1+s.Retries {
				t.Errorf("%s: %v after %d retries; want a retry: %v", name, err, s.Retries, retried)
			}
		})
	}
	f("cut off", cutOff, true)
	f("502", status(502), true)
	f("503", status(503), true)
	f("504", status(504), true)
	f("503 with a time to come back", status(503, "Retry-After", "1"), false)
	f("500", status(500), false)
	f("404", status(404), false)
	f("429", status(429), false)
	f("no HTTP", func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_, _ = conn.Write([]byte("220 mail.example ESMTP\r\n"))
			_ = conn.Close()
		}
	}, false)
	f("silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, false)
	f("cut in the body", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write(photo[:100])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}, false)
	f("503 when half of the time is gone", func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(4*time.Second + time.Millisecond)
		w.WriteHeader(503)
	}, false)
}

func TestRetryOfARefusedConnection(t *testing.T) {
	t.Parallel()
	inBubble(t, fetcher.DefaultConfig(), nil, func(t *testing.T, n *network) {
		_, err := n.Fetch(t.Context(), "http://closed.example/a.jpg")
		wantError(t, err, fetcher.Connect, 0)
		if s := n.Stats(); s.Retries != 1 || n.dials.Load() != 2 {
			t.Errorf("%d retries, %d dials", s.Retries, n.dials.Load())
		}
	})
}

// A shop in trouble does not get double load: retries are a tenth of its requests, after the first.
func TestRetriesAreFew(t *testing.T) {
	t.Parallel()
	cfg := fetcher.DefaultConfig()
	cfg.HostFailures = 1000
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", status(503))
		for i := range 100 {
			_, err := n.Fetch(t.Context(), fmt.Sprintf("http://shop.example/%d.jpg", i))
			wantError(t, err, fetcher.BadStatus, 503)
		}
		if s := n.Stats(); s.Retries < 9 || s.Retries > 11 || uint64(shop.asked.Load()) != 100+s.Retries {
			t.Errorf("%d retries of 100 requests", s.Retries)
		}
	})
}

func TestNoRetryWhileOthersWait(t *testing.T) {
	t.Parallel()
	cfg := fetcher.DefaultConfig()
	cfg.HostDownloads, cfg.HostWait = 1, time.Minute
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		open := make(chan struct{})
		n.shop("shop.example", func(w http.ResponseWriter, _ *http.Request) { <-open; w.WriteHeader(503) })
		errs := n.fetchAll(t, urls("shop.example", 2)...)
		synctest.Wait()
		close(open)
		<-errs
		if s := n.Stats(); s.Retries != 0 {
			t.Errorf("%d retries while somebody waited", s.Retries)
		}
		<-errs
		if s := n.Stats(); s.Retries != 1 {
			t.Errorf("%d retries when nobody waited", s.Retries)
		}
	})
}
