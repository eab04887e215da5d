package fetcher_test

import (
	"bytes"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/adloom/adloom/fetcher"
)

// world is a shop whose answer can be changed, a cache and a clock.
type world struct {
	*shop
	answer atomic.Pointer[http.HandlerFunc]
	cache  *memory
	clock  *clock
	cfg    fetcher.Config
}

func newWorld(t *testing.T, answer http.HandlerFunc) *world {
	t.Helper()
	w := &world{cache: &memory{}, clock: newClock(), cfg: local()}
	w.shop = newShop(t, func(rw http.ResponseWriter, r *http.Request) { (*w.answer.Load())(rw, r) })
	w.answers(answer)
	w.cfg.Now = w.clock.Now
	return w
}

func (w *world) answers(answer http.HandlerFunc) { w.answer.Store(&answer) }

func (w *world) fetch(t *testing.T) (*fetcher.Photo, fetcher.Stats, error) {
	t.Helper()
	return fetchOnce(t, w.cfg, w.cache, w.URL+"/a.jpg")
}

func tagged(body []byte, etag string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", etag)
		w.Header().Set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write(body)
	}
}

func TestRevalidation(t *testing.T) {
	t.Parallel()
	first, second := jpegOf(t, 30, 20), jpegOf(t, 40, 20)
	w := newWorld(t, tagged(first, `"1"`))
	step := func(name string, advance time.Duration, want []byte, fromCache bool, requests int, revalidated uint64) {
		t.Helper()
		w.clock.advance(advance)
		got, stats, err := w.fetch(t)
		if err != nil || !bytes.Equal(got.Data, want) || got.FromCache != fromCache || len(w.asked()) != requests || stats.Revalidated != revalidated {
			t.Fatalf("%s: %v, %d requests, %+v", name, err, len(w.asked()), stats)
		}
	}
	step("cold", 0, first, false, 1, 0)
	step("fresh", 23*time.Hour, first, true, 1, 0)
	step("old", 2*time.Hour, first, true, 2, 1)
	step("fresh again", 23*time.Hour, first, true, 2, 0)
	w.answers(tagged(second, `"2"`))
	step("replaced", 2*time.Hour, second, false, 3, 0)
	last := w.asked()[2]
	if last.Header.Get("If-None-Match") != `"1"` || last.Header.Get("If-Modified-Since") != "Thu, 01 Jan 2026 00:00:00 GMT" {
		t.Errorf("asked with %v", last.Header)
	}
	step("the new one is fresh", time.Hour, second, true, 3, 0)
}

func TestWithoutValidators(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	w := newWorld(t, serving(photo))
	for range 2 {
		got, _, err := w.fetch(t)
		if err != nil || got.FromCache {
			t.Fatalf("got %+v, %v", got, err)
		}
		w.clock.advance(25 * time.Hour)
	}
	// A 304 that was not asked for is no photo, but trouble neither: the copy must not outlive it.
	w.answers(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	_, _, err := w.fetch(t)
	wantError(t, err, fetcher.BadStatus, http.StatusNotModified)
}

func TestStaleWhileInTrouble(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	w := newWorld(t, tagged(photo, `"1"`))
	if _, _, err := w.fetch(t); err != nil {
		t.Fatal(err)
	}
	stale := func(name string, advance time.Duration, requests int) {
		t.Helper()
		w.clock.advance(advance)
		got, stats, err := w.fetch(t)
		if err != nil || !got.FromCache || !bytes.Equal(got.Data, photo) || stats.Stale != 1 || len(w.asked()) != requests {
			t.Fatalf("%s: %v, %d requests, %+v", name, err, len(w.asked()), stats)
		}
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	w.answers(status(http.StatusServiceUnavailable))
	stale("503", 25*time.Hour, 2)
	stale("left alone for a while", 59*time.Second, 2)
	stale("asked again", 2*time.Second, 3)
	w.answers(status(http.StatusTooManyRequests))
	stale("429", time.Hour, 4)
	w.answers(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	stale("connection cut", time.Hour, 5)

	w.answers(status(http.StatusForbidden))
	w.clock.advance(time.Hour)
	_, _, err := w.fetch(t)
	wantError(t, err, fetcher.BadStatus, http.StatusForbidden)

	w.answers(status(http.StatusServiceUnavailable))
	stale("not too old yet", 4*24*time.Hour, 7)
	w.clock.advance(2 * 24 * time.Hour)
	_, _, err = w.fetch(t)
	wantError(t, err, fetcher.BadStatus, http.StatusServiceUnavailable)

	w.answers(tagged(photo, `"1"`))
	got, stats, err := w.fetch(t)
	if err != nil || !got.FromCache || stats.Revalidated != 1 {
		t.Errorf("back again: got %v, %+v", err, stats)
	}
}

// What a shop has taken down is not shown again because the shop is in trouble later.
func TestGoneStaysGone(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	w := newWorld(t, tagged(photo, `"1"`))
	if _, _, err := w.fetch(t); err != nil {
		t.Fatal(err)
	}
	w.clock.advance(25 * time.Hour)
	w.answers(status(http.StatusGone))
	for range 2 {
		_, _, err := w.fetch(t)
		wantError(t, err, fetcher.BadStatus, http.StatusGone)
	}
	if n := w.cache.puts.Load(); n != 2 {
		t.Errorf("%d writes to the cache; want the photo and that it is gone", n)
	}
	for range 2 {
		w.answers(status(http.StatusServiceUnavailable))
		_, _, err := w.fetch(t)
		wantError(t, err, fetcher.BadStatus, http.StatusGone)
		w.answers(cutOff)
		_, _, err = w.fetch(t)
		wantError(t, err, fetcher.BadStatus, http.StatusGone)
	}
	w.answers(tagged(photo, `"1"`))
	if got, stats, err := w.fetch(t); err != nil || stats.Revalidated != 1 || !bytes.Equal(got.Data, photo) {
		t.Errorf("back again: %v, %+v", err, stats)
	}
	w.answers(status(http.StatusServiceUnavailable))
	w.clock.advance(25 * time.Hour)
	if _, stats, err := w.fetch(t); err != nil || stats.Stale != 1 {
		t.Errorf("in trouble after it was back: %v, %+v", err, stats)
	}
}

// A clock that was set back must not keep a photo for ever.
func TestEntryFromTheFuture(t *testing.T) {
	t.Parallel()
	w := newWorld(t, serving(jpegOf(t, 30, 20)))
	for range 2 {
		if got, _, err := w.fetch(t); err != nil || got.FromCache {
			t.Fatalf("got %+v, %v", got, err)
		}
		w.clock.advance(-48 * time.Hour)
	}
}

func TestTemporary(t *testing.T) {
	t.Parallel()
	f := func(e fetcher.Error, want bool) {
		t.Helper()
		if e.Temporary() != want {
			t.Errorf("%+v: got %v", e, !want)
		}
	}
	f(fetcher.Error{Reason: fetcher.Timeout}, true)
	f(fetcher.Error{Reason: fetcher.BadStatus, Status: 500}, true)
	f(fetcher.Error{Reason: fetcher.BadStatus, Status: 429}, true)
	f(fetcher.Error{Reason: fetcher.BadStatus, Status: 404}, false)
	f(fetcher.Error{Reason: fetcher.BlockedAddress}, false)
	f(fetcher.Error{Reason: fetcher.NotAnImage}, false)
}
