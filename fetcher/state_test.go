package fetcher_test

import (
	"bytes"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/fetcher"
)

const photoURL = "http://shop.example/a.jpg"

// lookup wants the photo to be in this state.
func lookup(t *testing.T, n *network, want fetcher.Freshness) fetcher.State {
	t.Helper()
	synctest.Wait() // until what was fetched is written
	before := n.Stats()
	got, err := n.Lookup(t.Context(), "HTTP://Shop.Example:80/a.jpg#x")
	if err != nil || got.Freshness != want || got.URL != photoURL {
		t.Fatalf("Lookup = %+v, %v; want %s", got, err, want)
	}
	after := n.Stats()
	if after.Hits != before.Hits || after.Fetches != before.Fetches || after.CacheErrors != before.CacheErrors || after.Downloads != before.Downloads {
		t.Errorf("it was counted: %+v, was %+v", after, before)
	}
	return got
}

func TestLookup(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.Negative = 30 * time.Second
	cfg.Fresh, cfg.Revalidate, cfg.MaxStale, cfg.Recheck = time.Hour, time.Hour, 10*time.Hour, time.Minute
	cache := &memory{}
	inBubble(t, cfg, cache, func(t *testing.T, n *network) {
		photo := jpegOf(t, 30, 20)
		shop := n.shop("shop.example", serving(photo))
		fetch := func() {
			t.Helper()
			_, _ = n.Fetch(t.Context(), photoURL)
			synctest.Wait()
		}
		if s := lookup(t, n, fetcher.Absent); s != (fetcher.State{URL: photoURL, Freshness: fetcher.Absent}) {
			t.Errorf("absent: %+v", s)
		}
		fetch()
		time.Sleep(59 * time.Minute)
		s := lookup(t, n, fetcher.Fresh)
		if s.Age != 59*time.Minute || s.Size != int64(len(photo)) || s.Info.Width != 30 || s.Info.Height != 20 || s.Recheck != 0 || s.Doubted || s.Failure != nil {
			t.Errorf("fresh: %+v", s)
		}
		time.Sleep(time.Minute)
		lookup(t, n, fetcher.Aging)
		time.Sleep(time.Hour)
		lookup(t, n, fetcher.Stale)

		// The shop is in trouble.
		shop.answers(status(500))
		fetch()
		if s := lookup(t, n, fetcher.Resting); s.Recheck != time.Minute || s.Age != 2*time.Hour {
			t.Errorf("resting: %+v", s)
		}
		time.Sleep(time.Minute)
		lookup(t, n, fetcher.Stale)
		time.Sleep(8 * time.Hour)
		lookup(t, n, fetcher.Expired)

		// It could not be decoded.
		shop.answers(serving(photo))
		fetch()
		lookup(t, n, fetcher.Fresh)
		n.Doubt(t.Context(), photoURL)
		if s := lookup(t, n, fetcher.Resting); !s.Doubted || s.Recheck != time.Minute {
			t.Errorf("doubted: %+v", s)
		}
		time.Sleep(time.Minute)
		lookup(t, n, fetcher.Doubted)

		// The shop sends something else, found out in the background.
		fetch()
		time.Sleep(time.Hour)
		shop.answers(serving([]byte("<!doctype html>")))
		fetch()
		s = lookup(t, n, fetcher.Refused)
		if s.Failure == nil || s.Failure.Reason != fetcher.NotAnImage || s.Failure.RetryAfter != 30*time.Second {
			t.Errorf("refused: %+v", s.Failure)
		}
		time.Sleep(30 * time.Second)
		if s := lookup(t, n, fetcher.Refused); s.Failure != nil {
			t.Errorf("refused and forgotten: %+v", s.Failure)
		}

		shop.answers(status(410))
		fetch()
		if s := lookup(t, n, fetcher.Gone); s.Failure == nil || s.Failure.Status != 410 {
			t.Errorf("gone: %+v", s.Failure)
		}

		// What a fetch would not take is none.
		cache.change(func(body []byte) []byte { return body[:len(body)-1] })
		lookup(t, n, fetcher.Absent)
	})
}

// It writes nothing and asks nobody.
func TestLookupOnlyLooks(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.Fresh, cfg.Revalidate = time.Hour, time.Hour
	cache := &memory{}
	inBubble(t, cfg, cache, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", serving(jpegOf(t, 3, 2)))
		lookup(t, n, fetcher.Absent)
		if shop.asked.Load() != 0 {
			t.Errorf("the shop was asked for an absent photo")
		}
		if _, err := n.Fetch(t.Context(), photoURL); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		var before [][]byte
		cache.change(func(body []byte) []byte { before = append(before, bytes.Clone(body)); return body })
		for range 4 {
			time.Sleep(50 * time.Minute)
			if _, err := n.Lookup(t.Context(), photoURL); err != nil {
				t.Error(err)
			}
			synctest.Wait()
		}
		if shop.asked.Load() != 1 || cache.puts.Load() != 1 {
			t.Errorf("%d requests and %d writes, want one of each, by the fetch", shop.asked.Load(), cache.puts.Load())
		}
		cache.change(func(body []byte) []byte {
			if !bytes.Equal(body, before[0]) {
				t.Error("the cache was changed")
			}
			return body
		})
	})
}

func TestLookupFails(t *testing.T) {
	t.Parallel()
	cache := &memory{broken: errors.New("the disk is broken")}
	f := start(t, local(), cache)
	if s, err := f.Lookup(t.Context(), photoURL); !errors.Is(err, cache.broken) || s != (fetcher.State{}) {
		t.Errorf("Lookup = %+v, %v; want the cache's error", s, err)
	}
	for _, url := range []string{"", "ftp://shop.example/", "http://a:secret@shop.example/", "http://"} {
		_, err := f.Lookup(t.Context(), url)
		wantError(t, err, fetcher.BadURL, 0)
	}
	if s, err := start(t, local(), nil).Lookup(t.Context(), photoURL); err != nil || s.Freshness != fetcher.Absent {
		t.Errorf("without a cache: %+v, %v", s, err)
	}
}
