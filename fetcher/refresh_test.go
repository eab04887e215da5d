package fetcher_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/fetcher"
)

// revalidating is a config whose cached photos get old and are served first.
func revalidating(now func() time.Time) fetcher.Config {
	cfg := fetcher.DefaultConfig()
	cfg.Retries, cfg.Now = 0, now
	return cfg
}

func TestServedFirst(t *testing.T) {
	t.Parallel()
	first, second := jpegOf(t, 30, 20), jpegOf(t, 40, 20)
	clock := newClock()
	inBubble(t, revalidating(clock.Now), &memory{}, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", tagged(first, `"1"`))
		step := func(name string, advance time.Duration, want []byte, asked int32, refreshes uint64) {
			t.Helper()
			clock.advance(advance)
			start := time.Now()
			got, err := n.Fetch(t.Context(), "http://shop.example/a.jpg")
			took := time.Since(start)
			synctest.Wait() // for the cache and the background
			if err != nil || !bytes.Equal(got.Data, want) || took != 0 || shop.asked.Load() != asked || n.Stats().Refreshes != refreshes {
				t.Fatalf("%s: %v after %v, %d requests, %+v", name, err, took, shop.asked.Load(), n.Stats())
			}
		}
		step("cold", 0, first, 1, 0)
		step("fresh", 23*time.Hour, first, 1, 0)
		step("old, asked after in the background", 2*time.Hour, first, 2, 1)
		step("confirmed, and fresh", 23*time.Hour, first, 2, 1)
		shop.answers(tagged(second, `"2"`))
		step("old again, while the shop has another", 2*time.Hour, first, 3, 2)
		step("the other", 0, second, 3, 2)
		step("too old to be served first", 49*time.Hour, second, 4, 2)
		if s := n.Stats(); s.ServedFirst != 2 || s.Revalidated != 2 || s.Dropped != 0 {
			t.Errorf("stats %+v", s)
		}
	})
}

// A shop that hangs delays nobody, and is asked by one request for each photo.
func TestServedFirstWhileTheShopHangs(t *testing.T) {
	t.Parallel()
	t.Run("at most three", func(t *testing.T) { t.Parallel(); servedWhileHanging(t, 3, 3) })
	t.Run("one for each photo", func(t *testing.T) { t.Parallel(); servedWhileHanging(t, 100, 5) })
}

func servedWhileHanging(t *testing.T, most int, want int32) {
	t.Helper()
	photo := jpegOf(t, 30, 20)
	clock := newClock()
	cfg := revalidating(clock.Now)
	cfg.Refreshes = most
	inBubble(t, cfg, &memory{}, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", serving(photo))
		all := urls("shop.example", 5)
		fetch := func() {
			t.Helper()
			for _, url := range all {
				if _, err := n.Fetch(t.Context(), url); err != nil {
					t.Fatal(err)
				}
			}
		}
		fetch()
		synctest.Wait()
		clock.advance(25 * time.Hour)
		shop.answers(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		start := time.Now()
		for range 10 {
			fetch()
		}
		synctest.Wait()
		if s := n.Stats(); time.Since(start) != 0 || shop.running.Load() != want || s.Refreshes != uint64(want) || s.Dropped != 50-uint64(want) || s.ServedFirst != 50 {
			t.Errorf("after %v: %d ask, %+v", time.Since(start), shop.running.Load(), s)
		}
		time.Sleep(5 * time.Second) // they time out, and the photos are left alone for a while
		synctest.Wait()
		shop.answers(serving(photo))
		if _, err := n.Fetch(t.Context(), all[0]); err != nil || n.Stats().Stale != 1 {
			t.Errorf("left alone: %v, %+v", err, n.Stats())
		}
		if s := n.Stats(); s.Buffered != 0 || s.Waiting != 0 {
			t.Errorf("stats %+v", s)
		}
	})
}

// Half of a host's places stay with those who wait for a photo.
func TestBackgroundLeavesPlaces(t *testing.T) {
	t.Parallel()
	clock := newClock()
	cfg := revalidating(clock.Now)
	cfg.HostDownloads = 4
	inBubble(t, cfg, &memory{}, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", serving(jpegOf(t, 30, 20)))
		fetch := func(urls []string) {
			for _, url := range urls {
				if _, err := n.Fetch(t.Context(), url); err != nil {
					t.Error(err)
				}
				synctest.Wait()
			}
		}
		fetch(urls("shop.example", 10))
		clock.advance(25 * time.Hour)
		shop.answers(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		fetch(urls("shop.example", 10))
		if s := n.Stats(); shop.running.Load() != 2 || s.Waiting != 0 {
			t.Errorf("%d places taken in the background, and %d wait; want 2 of 4", shop.running.Load(), s.Waiting)
		}
		shop.answers(serving(jpegOf(t, 30, 20)))
		fetch([]string{"http://shop.example/new.jpg"})
	})
}

// The shop says that a photo is gone: it is served no more, although nobody waited for that answer.
func TestGoneInTheBackground(t *testing.T) {
	t.Parallel()
	clock := newClock()
	cfg := revalidating(clock.Now)
	cache := &memory{}
	photo := jpegOf(t, 30, 20)
	inBubble(t, cfg, cache, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", serving(photo))
		fetch := func() error {
			_, err := n.Fetch(t.Context(), "http://shop.example/a.jpg")
			synctest.Wait()
			return err
		}
		if err := fetch(); err != nil {
			t.Fatal(err)
		}
		clock.advance(25 * time.Hour)
		shop.answers(status(http.StatusGone))
		if err := fetch(); err != nil {
			t.Fatalf("served first: %v", err)
		}
		wantError(t, fetch(), fetcher.BadStatus, http.StatusGone)
		time.Sleep(2 * time.Minute) // what is remembered in memory is over; the copy remembers it too
		wantError(t, fetch(), fetcher.BadStatus, http.StatusGone)
		if shop.asked.Load() != 3 {
			t.Errorf("%d requests", shop.asked.Load())
		}
		time.Sleep(2 * time.Minute)
		shop.answers(serving(photo))
		if err := fetch(); err != nil || n.Stats().Errors[fetcher.BadStatus] != 3 {
			t.Errorf("back again: %v, %+v", err, n.Stats().Errors)
		}
	})
}

func TestFreshOfZeroAsksEachTime(t *testing.T) {
	t.Parallel()
	cfg := revalidating(nil)
	cfg.Fresh = 0
	inBubble(t, cfg, &memory{}, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", tagged(jpegOf(t, 3, 2), `"1"`))
		for range 3 {
			if _, err := n.Fetch(t.Context(), "http://shop.example/a.jpg"); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		if shop.asked.Load() != 3 {
			t.Errorf("asked %d times", shop.asked.Load())
		}
	})
}

// Close ends what runs in the background, and a panic there goes no further.
func TestBackgroundEnds(t *testing.T) {
	t.Parallel()
	clock := newClock()
	cfg := revalidating(clock.Now)
	cache := &fragile{}
	inBubble(t, cfg, cache, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", serving(jpegOf(t, 30, 20)))
		for _, url := range urls("shop.example", 2) {
			if _, err := n.Fetch(t.Context(), url); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		clock.advance(25 * time.Hour)
		cache.panics.Store(true)
		if _, err := n.Fetch(t.Context(), "http://shop.example/0.jpg"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if s := n.Stats(); s.CacheErrors != 1 {
			t.Errorf("stats %+v", s)
		}
		var gone atomic.Bool
		shop.answers(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done(); gone.Store(true) })
		if _, err := n.Fetch(t.Context(), "http://shop.example/1.jpg"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		start := time.Now()
		n.Close()
		synctest.Wait()
		if !gone.Load() || time.Since(start) != 0 {
			t.Errorf("the download in the background went on after Close: %v, %v", gone.Load(), time.Since(start))
		}
	})
}

// fragile is a cache whose writes panic.
type fragile struct {
	memory
	panics atomic.Bool
}

func (c *fragile) Put(ctx context.Context, key string, body io.Reader) error {
	if c.panics.Load() {
		panic(fmt.Sprint("write ", key))
	}
	return c.memory.Put(ctx, key, body)
}
