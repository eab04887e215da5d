package fetcher_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/fetcher"
)

// Whatever shops and callers do, limits hold at all times and nothing is left behind: no place, no byte, no flight.
func TestNothingIsLeftBehind(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	cfg := fetcher.DefaultConfig()
	cfg.HostDownloads, cfg.HostQueue, cfg.HostFailures, cfg.Fresh, cfg.Revalidate = 3, 5, 4, time.Second, time.Minute
	inBubble(t, cfg, &memory{}, func(t *testing.T, n *network) {
		var shops []*piped
		moody := func(w http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
				return
			case <-time.After(time.Duration(rand.IntN(3000)) * time.Millisecond):
			}
			switch rand.IntN(8) {
			case 0:
				w.WriteHeader(500)
			case 1:
				w.Header().Set("Retry-After", "1")
				w.WriteHeader(503)
			case 2:
				w.WriteHeader(404)
			case 3:
				panic(http.ErrAbortHandler)
			case 4:
				http.Redirect(w, r, fmt.Sprintf("http://s%d.example/%d", rand.IntN(6), rand.IntN(50)), http.StatusFound)
			case 5:
				_, _ = io.WriteString(w, "<!doctype html>")
			default:
				_, _ = w.Write(photo)
			}
		}
		for i := range 5 { // the sixth refuses
			shops = append(shops, n.shop(fmt.Sprintf("s%d.example", i), moody))
		}
		var callers sync.WaitGroup
		for range 50 {
			callers.Go(func() {
				for range 20 {
					ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rand.IntN(6000))*time.Millisecond)
					_, _ = n.Fetch(ctx, fmt.Sprintf("http://s%d.example/%d", rand.IntN(6), rand.IntN(50)))
					cancel()
				}
			})
		}
		callers.Wait()
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if s := n.Stats(); s.InFlight != 0 || s.Waiting != 0 || s.Buffered != 0 || s.Errors[fetcher.Internal] != 0 {
			t.Errorf("left behind: %+v", s)
		}
		shops = append(shops, n.shop("s5.example", moody))
		for i, shop := range shops {
			if top := shop.top.Load(); top > 3+10 { // its own, and those that redirects lead there
				t.Errorf("shop %d had %d at once", i, top)
			}
			shop.answers(serving(photo))
			for j := range 2 { // the first may be the one that tries
				if _, err := n.Fetch(t.Context(), fmt.Sprintf("http://s%d.example/new%d", i, j)); err != nil {
					t.Errorf("shop %d, afterwards: %v", i, err)
				}
			}
		}
		if s := n.Stats(); s.OpenHosts != 0 {
			t.Errorf("%d hosts are still left alone", s.OpenHosts)
		}
	})
}

// The one request that tries a host is called off: another may try.
func TestTryThatIsCalledOff(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.HostFailures = 1
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		shop := n.shop("shop.example", status(500))
		_, err := n.Fetch(t.Context(), "http://shop.example/a.jpg")
		wantError(t, err, fetcher.BadStatus, 500)
		time.Sleep(time.Minute)
		shop.answers(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		ctx, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		_, _ = n.Fetch(ctx, "http://shop.example/b.jpg")
		synctest.Wait()
		if n.Stats().OpenHosts != 1 {
			t.Error("a try that was called off counts as a success")
		}
		shop.answers(serving(jpegOf(t, 3, 2)))
		if _, err := n.Fetch(t.Context(), "http://shop.example/c.jpg"); err != nil || n.Stats().OpenHosts != 0 {
			t.Errorf("nobody may try any more: %v", err)
		}
	})
}
