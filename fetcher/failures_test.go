package fetcher_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/fetcher"
)

func TestFailuresAreRemembered(t *testing.T) {
	t.Parallel()
	f := func(name string, handler http.HandlerFunc, reason fetcher.Reason, code int, remembered bool) {
		t.Helper()
		inBubble(t, fetcher.DefaultConfig(), &memory{}, func(t *testing.T, n *network) {
			shop := n.shop("shop.example", handler)
			_, err := n.Fetch(t.Context(), "http://shop.example/a.jpg")
			wantError(t, err, reason, code)
			asked := shop.asked.Load()
			time.Sleep(19 * time.Second)
			_, err = n.Fetch(t.Context(), "http://shop.example/a.jpg")
			wantError(t, err, reason, code)
			if !remembered {
				if shop.asked.Load() == asked {
					t.Errorf("%s: remembered, but may pass: %v", name, err)
				}
				return
			}
			var e *fetcher.Error
			if errors.As(err, &e); e.RetryAfter != 41*time.Second || !strings.HasSuffix(err.Error(), "(remembered for another 41s)") || shop.asked.Load() != asked {
				t.Errorf("%s: %v after %d requests", name, err, shop.asked.Load())
			}
			if s := n.Stats(); s.Remembered != 1 || s.Errors[reason] != 2 || s.Limited != 0 {
				t.Errorf("%s: stats %+v", name, s)
			}
			_, err = n.Fetch(t.Context(), "http://shop.example/b.jpg") // the memory is of one photo
			wantError(t, err, reason, code)
			time.Sleep(41 * time.Second)
			shop.answers(serving(jpegOf(t, 3, 2)))
			if _, err := n.Fetch(t.Context(), "http://shop.example/a.jpg"); err != nil {
				t.Errorf("%s: afterwards: %v", name, err)
			}
		})
	}
	f("404", status(404), fetcher.BadStatus, 404, true)
	f("410", status(410), fetcher.BadStatus, 410, true)
	f("403", status(403), fetcher.BadStatus, 403, true)
	f("HTML", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<!doctype html>") }, fetcher.NotAnImage, 200, true)
	f("nothing", status(200), fetcher.NotAnImage, 200, true)
	f("redirects", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }, fetcher.TooManyRedirects, http.StatusFound, true)
	f("500", status(500), fetcher.BadStatus, 500, false)
	f("cut", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "9")
		panic(http.ErrAbortHandler)
	}, fetcher.Broken, 0, false)
}

// That a host is not there holds for all its photos, and not for long.
func TestDeadHosts(t *testing.T) {
	t.Parallel()
	f := func(name string, failure error, reason fetcher.Reason) {
		t.Helper()
		cfg := fetcher.DefaultConfig()
		cfg.Retries = 0
		inBubble(t, cfg, nil, func(t *testing.T, n *network) {
			n.fails("dead.example:80", failure)
			_, err := n.Fetch(t.Context(), "http://dead.example/a.jpg")
			wantError(t, err, reason, 0)
			time.Sleep(time.Second)
			for _, url := range urls("dead.example", 100) {
				_, err = n.Fetch(t.Context(), url)
				wantError(t, err, reason, 0)
			}
			if !strings.HasSuffix(err.Error(), "(remembered for another 9s)") || n.dials.Load() != 1 || n.Stats().Remembered != 100 {
				t.Errorf("%s: %v after %d dials", name, err, n.dials.Load())
			}
			time.Sleep(9 * time.Second)
			n.fails("dead.example:80", nil)
			n.shop("dead.example", serving(jpegOf(t, 3, 2)))
			if _, err := n.Fetch(t.Context(), "http://dead.example/a.jpg"); err != nil {
				t.Errorf("%s: afterwards: %v", name, err)
			}
		})
	}
	f("refused", nil, fetcher.Connect)
	f("no such name", &net.DNSError{Err: "no such host", IsNotFound: true}, fetcher.DNS)
	f("private", &net.OpError{Op: "dial", Err: &fetcher.BlockedError{Why: "private"}}, fetcher.BlockedAddress)
}

// A photo behind a redirect to such a host costs not even the redirect.
func TestRedirectToADeadHost(t *testing.T) {
	t.Parallel()
	cfg := fetcher.DefaultConfig()
	cfg.Retries = 0
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		front := n.shop("front.example", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://dead.example/", http.StatusFound)
		})
		f := func(asked int32) {
			t.Helper()
			_, err := n.Fetch(t.Context(), "http://front.example/a.jpg")
			if wantError(t, err, fetcher.Connect, 0); front.asked.Load() != asked || n.Stats().OpenHosts != 0 {
				t.Errorf("asked %d times, want %d", front.asked.Load(), asked)
			}
		}
		f(1)
		time.Sleep(9 * time.Second)
		f(1)
		time.Sleep(time.Second)
		f(2)
	})
}

func TestNothingIsRemembered(t *testing.T) {
	t.Parallel()
	cfg := fetcher.DefaultConfig()
	cfg.Negative, cfg.Retries = 0, 0
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", status(404))
		for range 5 {
			_, _ = n.Fetch(t.Context(), "http://shop.example/a.jpg")
			_, _ = n.Fetch(t.Context(), "http://dead.example/a.jpg")
		}
		if shop.asked.Load() != 5 || n.Stats().Remembered != 0 {
			t.Errorf("%d requests, %+v", shop.asked.Load(), n.Stats())
		}
	})
}

// What a shop sends does not fill the memory: texts are cut.
func TestRememberedTextIsShort(t *testing.T) {
	t.Parallel()
	inBubble(t, fetcher.DefaultConfig(), nil, func(t *testing.T, n *network) {
		n.shop("shop.example", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", strings.Repeat("x", 30<<10))
			_, _ = io.WriteString(w, "<!doctype html>")
		})
		for range 2 {
			_, err := n.Fetch(t.Context(), "http://shop.example/a.jpg")
			wantError(t, err, fetcher.NotAnImage, 200)
			if n.Stats().Remembered == 1 && len(err.Error()) > 700 {
				t.Errorf("remembers %d bytes", len(err.Error()))
			}
		}
	})
}

// A photo in the cache that is fresh does not suffer from what is remembered of its host; an old one is served stale.
func TestDeadHostOfACachedPhoto(t *testing.T) {
	t.Parallel()
	cfg := fetcher.DefaultConfig()
	cfg.Fresh, cfg.Revalidate, cfg.Retries = time.Hour, 0, 0
	photo := jpegOf(t, 3, 2)
	inBubble(t, cfg, &memory{}, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", serving(photo))
		fetch := func() *fetcher.Photo {
			t.Helper()
			got, err := n.Fetch(t.Context(), "http://shop.example/a.jpg")
			if err != nil || !bytes.Equal(got.Data, photo) {
				t.Fatal(err)
			}
			synctest.Wait()
			return got
		}
		fetch()
		n.fails("shop.example:80", &net.DNSError{Err: "no such host", IsNotFound: true})
		shop.answers(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Connection", "close")
			w.WriteHeader(404)
		})
		_, _ = n.Fetch(t.Context(), "http://shop.example/b.jpg") // on the old connection
		_, _ = n.Fetch(t.Context(), "http://shop.example/c.jpg")
		fetch()
		time.Sleep(2 * time.Hour)
		fetch()
		if s := n.Stats(); s.Hits != 1 || s.Stale != 1 {
			t.Errorf("stats %+v", s)
		}
	})
}
