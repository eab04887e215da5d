package fetcher_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/fetcher"
)

func steady() fetcher.Config {
	cfg := fetcher.DefaultConfig()
	cfg.Retries, cfg.Negative = 0, 0
	return cfg
}

func TestHostInTroubleIsLeftAlone(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.HostFailures, cfg.HostRest = 3, 4*time.Second
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", status(500))
		for _, url := range urls("shop.example", 3) {
			_, err := n.Fetch(t.Context(), url)
			wantError(t, err, fetcher.BadStatus, 500)
		}
		rest := 4 * time.Second
		for round := range 6 {
			start := time.Now()
			_, err := n.Fetch(t.Context(), "http://shop.example/x.jpg")
			e := limitedError(t, err)
			if time.Since(start) != 0 || e.RetryAfter < rest/2 || e.RetryAfter > rest {
				t.Fatalf("round %d: refused after %v with %v left; want between %v and %v at once", round, time.Since(start), e.RetryAfter, rest/2, rest)
			}
			for _, words := range []string{fmt.Sprintf("shop.example has failed %d times in a row", 3+round), "last: bad_status: expected status 200, found 500", "asked again in"} {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("%q does not say %q", err, words)
				}
			}
			if asked := int(shop.asked.Load()); asked != 3+round || n.Stats().OpenHosts != 1 {
				t.Fatalf("round %d: asked %d times, %d open", round, asked, n.Stats().OpenHosts)
			}
			time.Sleep(e.RetryAfter)
			_, err = n.Fetch(t.Context(), "http://shop.example/y.jpg")
			wantError(t, err, fetcher.BadStatus, 500)
			rest = min(2*rest, time.Minute)
		}

		// One request tries; others do not wait for it.
		time.Sleep(time.Minute)
		answer := make(chan struct{})
		shop.answers(func(w http.ResponseWriter, r *http.Request) { <-answer; serving(jpegOf(t, 3, 2))(w, r) })
		before := shop.asked.Load()
		trying := n.fetchAll(t, "http://shop.example/z.jpg")
		synctest.Wait()
		_, err := n.Fetch(t.Context(), "http://shop.example/x.jpg")
		limitedError(t, err)
		close(answer)
		if err := <-trying; err != nil || shop.asked.Load() != before+1 {
			t.Errorf("the one that tried: %v, %d requests", err, shop.asked.Load()-before)
		}
		if _, err := n.Fetch(t.Context(), "http://shop.example/x.jpg"); err != nil || n.Stats().OpenHosts != 0 {
			t.Errorf("well again: %v, %+v", err, n.Stats())
		}
	})
}

func TestWhatIsTrouble(t *testing.T) {
	t.Parallel()
	f := func(name string, handler http.HandlerFunc, trouble bool) {
		t.Helper()
		cfg := steady()
		cfg.HostFailures = 3
		inBubble(t, cfg, nil, func(t *testing.T, n *network) {
			shop := n.shop("shop.example", handler)
			for _, url := range urls("shop.example", 10) {
				_, _ = n.Fetch(t.Context(), url)
			}
			if got := n.Stats().OpenHosts == 1; got != trouble || trouble != (shop.asked.Load() == 3) {
				t.Errorf("%s: in trouble %v after %d requests", name, got, shop.asked.Load())
			}
		})
	}
	f("404", status(404), false)
	f("410", status(410), false)
	f("403", status(403), false)
	f("HTML", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<!doctype html>") }, false)
	f("endless redirects", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }, false)
	f("500", status(500), true)
	f("503", status(503), true)
	f("429", status(429), true)
	f("cut", cutOff, true)
	f("silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, true)
	f("stalled", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write(make([]byte, 10))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}, true)
}

// Half of the requests fail, never many in a row.
func TestShareOfFailures(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.HostFailures = 10
	photo := jpegOf(t, 3, 2)
	f := func(failsEvery, want int32) {
		t.Helper()
		inBubble(t, cfg, nil, func(t *testing.T, n *network) {
			var shop *piped
			shop = n.shop("shop.example", func(w http.ResponseWriter, r *http.Request) {
				if shop.asked.Load()%failsEvery == 0 {
					w.WriteHeader(500)
					return
				}
				_, _ = w.Write(photo)
			})
			var err error
			for i := range 100 {
				time.Sleep(100 * time.Millisecond)
				_, err = n.Fetch(t.Context(), fmt.Sprintf("http://shop.example/%d", i))
				if e := (*fetcher.Error)(nil); errors.As(err, &e) && e.Reason == fetcher.OriginLimited {
					break
				}
			}
			if got := shop.asked.Load(); got != want {
				t.Errorf("every %d fails: left alone after %d requests, want %d: %v", failsEvery, got, want, err)
			}
			if want < 100 && !strings.Contains(err.Error(), "has failed 10 of 20 times") {
				t.Errorf("%q does not say how often it failed", err)
			}
		})
	}
	f(2, 20)
	f(3, 100)
}

// Who waits for a host that turns out to be in trouble is sent away at once.
func TestLineIsSentAway(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.HostDownloads, cfg.HostFailures, cfg.HostWait = 1, 1, time.Minute
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		fail := make(chan struct{})
		n.shop("shop.example", func(w http.ResponseWriter, _ *http.Request) { <-fail; w.WriteHeader(500) })
		errs := n.fetchAll(t, urls("shop.example", 5)...)
		synctest.Wait()
		start := time.Now()
		close(fail)
		var limited int
		for range 5 {
			var e *fetcher.Error
			if err := <-errs; errors.As(err, &e) && e.Reason == fetcher.OriginLimited {
				limited++
			}
		}
		if limited != 4 || time.Since(start) != 0 {
			t.Errorf("%d sent away after %v, want 4 at once", limited, time.Since(start))
		}
	})
}

func TestRetryAfterOfTheShop(t *testing.T) {
	t.Parallel()
	f := func(code int, value string, want time.Duration) {
		t.Helper()
		inBubble(t, steady(), nil, func(t *testing.T, n *network) {
			if strings.HasPrefix(value, "in ") {
				d, _ := time.ParseDuration(value[3:])
				value = time.Now().Add(d).UTC().Format(http.TimeFormat)
			}
			shop := n.shop("shop.example", status(code, "Retry-After", value))
			_, err := n.Fetch(t.Context(), "http://shop.example/a.jpg")
			wantError(t, err, fetcher.BadStatus, code)
			_, err = n.Fetch(t.Context(), "http://shop.example/b.jpg")
			if want == 0 {
				wantError(t, err, fetcher.BadStatus, code)
				return
			}
			if e := limitedError(t, err); e.RetryAfter != want || !strings.Contains(err.Error(), fmt.Sprintf("asked to be left alone (status %d)", code)) {
				t.Errorf("%d, %s: %v with %v left, want %v", code, value, err, e.RetryAfter, want)
			}
			time.Sleep(want)
			shop.answers(serving(jpegOf(t, 3, 2)))
			if _, err := n.Fetch(t.Context(), "http://shop.example/a.jpg"); err != nil {
				t.Errorf("%d, %s: afterwards: %v", code, value, err)
			}
		})
	}
	f(429, "42", 42*time.Second)
	f(503, "7", 7*time.Second)
	f(503, "in 30s", 30*time.Second)
	f(429, "86400", time.Minute)
	f(429, "in 24h", time.Minute)
	f(503, "0", 0)
	f(503, "-5", 0)
	f(503, "soon", 0)
	f(503, "99999999999999999999", 0)
	f(503, "in -24h", 0)
	f(500, "42", 0)
	f(404, "42", 0)
}

// What happens behind a redirect is the doing of the host there.
func TestRedirectToAHostInTrouble(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.HostFailures = 2
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		front := n.shop("front.example", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://back.example"+r.URL.Path, http.StatusFound)
		})
		back := n.shop("back.example", status(500))
		for _, url := range urls("front.example", 2) {
			_, err := n.Fetch(t.Context(), url)
			wantError(t, err, fetcher.BadStatus, 500)
		}
		_, err := n.Fetch(t.Context(), "http://front.example/x.jpg")
		wantError(t, err, fetcher.OriginLimited, http.StatusFound)
		if !strings.Contains(err.Error(), "back.example has failed 2 times") {
			t.Errorf("%q does not name the host in trouble", err)
		}
		if front.asked.Load() != 3 || back.asked.Load() != 2 || n.Stats().OpenHosts != 1 {
			t.Errorf("asked %d and %d times, %d open", front.asked.Load(), back.asked.Load(), n.Stats().OpenHosts)
		}
	})
}

// A stale copy is better than a refusal, and costs no write.
func TestStaleWhileLeftAlone(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.HostFailures, cfg.Fresh, cfg.Recheck, cfg.Revalidate = 1, time.Second, 0, 0
	cache := &memory{}
	inBubble(t, cfg, cache, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", serving(jpegOf(t, 3, 2)))
		if _, err := n.Fetch(t.Context(), "http://shop.example/a.jpg"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		time.Sleep(2 * time.Second)
		shop.answers(status(500))
		_, err := n.Fetch(t.Context(), "http://shop.example/b.jpg")
		wantError(t, err, fetcher.BadStatus, 500)
		written := cache.puts.Load()
		photo, err := n.Fetch(t.Context(), "http://shop.example/a.jpg")
		synctest.Wait()
		if err != nil || !photo.FromCache || n.Stats().Stale != 1 || shop.asked.Load() != 2 || cache.puts.Load() != written {
			t.Errorf("got %v after %d requests and %d writes", err, shop.asked.Load(), cache.puts.Load()-written)
		}
	})
}
