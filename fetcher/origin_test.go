package fetcher_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/fetcher"
)

// urls are n photos of one shop, each another.
func urls(host string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("http://%s/%d.jpg", host, i)
	}
	return out
}

func limitedError(t *testing.T, err error) *fetcher.Error {
	t.Helper()
	wantError(t, err, fetcher.OriginLimited, 0)
	var e *fetcher.Error
	if errors.As(err, &e); e.RetryAfter <= 0 || !e.Temporary() {
		t.Fatalf("%v: does not say when to come again", err)
	}
	return e
}

func TestPlacesOfAHost(t *testing.T) {
	t.Parallel()
	cfg := fetcher.DefaultConfig()
	cfg.HostDownloads, cfg.HostQueue, cfg.HostWait = 2, 3, 2*time.Second
	photo := jpegOf(t, 3, 2)
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		open := make(chan struct{})
		slow := n.shop("slow.example", func(w http.ResponseWriter, r *http.Request) { <-open; serving(photo)(w, r) })
		quick := n.shop("quick.example", serving(photo))
		first := n.fetchAll(t, urls("slow.example", 5)...)
		synctest.Wait()
		if s := n.Stats(); slow.asked.Load() != 2 || s.Waiting != 3 {
			t.Fatalf("%d asked, %d wait", slow.asked.Load(), s.Waiting)
		}
		start := time.Now()
		_, err := n.Fetch(t.Context(), "http://SLOW.example.:80/another.jpg") // the same host, spelled otherwise
		if limitedError(t, err); time.Since(start) != 0 {
			t.Errorf("refused after %v, want at once", time.Since(start))
		}
		_, err = n.Fetch(t.Context(), "http://slow.example:00080/another.jpg")
		limitedError(t, err)
		others := n.fetchAll(t, urls("quick.example", 5)...)
		for range 5 {
			if err := <-others; err != nil {
				t.Errorf("the other shop: %v", err)
			}
		}
		if quick.top.Load() > 2 || time.Since(start) != 0 {
			t.Errorf("%d at once at the quick shop, after %v", quick.top.Load(), time.Since(start))
		}
		for range 3 {
			limitedError(t, <-first)
		}
		if waited := time.Since(start); waited != 2*time.Second {
			t.Errorf("refused after %v, want 2s", waited)
		}
		close(open)
		for range 2 {
			if err := <-first; err != nil {
				t.Errorf("the first: %v", err)
			}
		}
		if s := n.Stats(); s.Waiting != 0 || s.Limited != 5 || s.InFlight != 0 || s.Errors[fetcher.OriginLimited] != 5 {
			t.Errorf("stats %+v", s)
		}
	})
}

// A place that becomes free goes to who has waited longest, and none gets lost when somebody leaves the line.
func TestPlacesAreHandedOn(t *testing.T) {
	t.Parallel()
	cfg := fetcher.DefaultConfig()
	cfg.HostDownloads, cfg.HostWait = 1, time.Minute
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		var order []string
		shop := n.shop("shop.example", func(w http.ResponseWriter, r *http.Request) {
			order = append(order, r.URL.Path) // one at a time
			time.Sleep(time.Second)
			serving(jpegOf(t, 3, 2))(w, r)
		})
		errs := make(chan error, 6)
		for _, url := range urls("shop.example", 6) {
			go func() { _, err := n.Fetch(t.Context(), url); errs <- err }()
			synctest.Wait()
		}
		for range 6 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		if shop.top.Load() != 1 || fmt.Sprint(order) != "[/0.jpg /1.jpg /2.jpg /3.jpg /4.jpg /5.jpg]" {
			t.Errorf("%d at once, in the order %v", shop.top.Load(), order)
		}
		crowd := n.fetchAll(t, urls("shop.example", 20)...)
		for range 20 {
			<-crowd // most run out of time in line
		}
		if _, err := n.Fetch(t.Context(), "http://shop.example/last.jpg"); err != nil {
			t.Errorf("a place got lost: %v", err)
		}
	})
}

// The state of hosts is bounded, however many names there are.
func TestHostsAreForgotten(t *testing.T) {
	t.Parallel()
	cfg := fetcher.DefaultConfig()
	cfg.Hosts, cfg.HostFailures = 10, 1
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		hang := make(chan struct{})
		n.shop("busy.example", func(http.ResponseWriter, *http.Request) { <-hang })
		busy := n.fetchAll(t, "http://busy.example/")
		synctest.Wait()
		for i := range 100 {
			n.shop(fmt.Sprintf("h%d.example", i), status(500))
			_, err := n.Fetch(t.Context(), fmt.Sprintf("http://h%d.example/", i))
			wantError(t, err, fetcher.BadStatus, 500)
		}
		if s := n.Stats(); s.Hosts != 10 || s.OpenHosts != 9 {
			t.Errorf("%d hosts kept, %d of them open; want 10 and 9", s.Hosts, s.OpenHosts)
		}
		close(hang)
		<-busy
	})
}
