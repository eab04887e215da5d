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

// dripping sends size bytes of a photo at once and then one byte a second.
func dripping(photo []byte, size int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(15<<20))
		_, _ = w.Write(photo)
		_, _ = w.Write(make([]byte, size-len(photo)))
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte{0})
			_ = http.NewResponseController(w).Flush()
			select {
			case <-r.Context().Done():
			case <-time.After(time.Second):
			}
		}
	}
}

// Two hundred photos that drip from one host leave others what they need.
func TestDrippingHost(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	cfg := fetcher.DefaultConfig()
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		slow := n.shop("slow.example", dripping(photo, 100<<10))
		n.shop("quick.example", serving(photo))
		start := time.Now()
		errs := n.fetchAll(t, urls("slow.example", 200)...)
		synctest.Wait()
		if s := n.Stats(); slow.running.Load() != 16 || s.Waiting != 64 || s.Buffered > 16*9*(64<<10) {
			t.Errorf("%d run, %d wait, %d bytes held", slow.running.Load(), s.Waiting, s.Buffered)
		}
		for _, url := range urls("quick.example", 50) {
			if _, err := n.Fetch(t.Context(), url); err != nil {
				t.Errorf("the other shop: %v", err)
			}
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("the other shop took %v", took)
		}
		reasons := map[fetcher.Reason]int{}
		for range 200 {
			var e *fetcher.Error
			if err := <-errs; errors.As(err, &e) {
				reasons[e.Reason]++
			}
		}
		if took := time.Since(start); took != cfg.Timeout || reasons[fetcher.OriginLimited] != 184 || reasons[fetcher.Timeout] != 16 {
			t.Errorf("ended after %v with %v", took, reasons)
		}
		if s := n.Stats(); s.Buffered != 0 || s.Waiting != 0 || s.InFlight != 0 {
			t.Errorf("left behind: %+v", s)
		}
	})
}

// Large photos that drip from one host get a quarter of the memory, those from many hosts three quarters.
func TestMemoryOfPhotosOnTheirWay(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	cfg := fetcher.DefaultConfig()
	cfg.MaxBytes, cfg.MaxBuffered, cfg.HostFailures = 16<<20, 64<<20, 1000
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		n.shop("slow.example", dripping(photo, 6<<20))
		n.shop("quick.example", serving(photo))
		reasonsNow := func(errs <-chan error, ended int) map[fetcher.Reason]int {
			t.Helper()
			reasons := map[fetcher.Reason]int{}
			for range ended {
				var e *fetcher.Error
				if err := <-errs; errors.As(err, &e) {
					reasons[e.Reason]++
				}
			}
			return reasons
		}
		one := n.fetchAll(t, urls("slow.example", 4)...)
		if got := reasonsNow(one, 3); got[fetcher.OriginLimited] != 3 {
			t.Errorf("of one host: %v", got)
		}
		if s := n.Stats(); s.Buffered > 16<<20 || s.OpenHosts != 0 {
			t.Errorf("one host holds %d bytes", s.Buffered)
		}
		var many []string
		for i := range 20 {
			host := fmt.Sprintf("slow%d.example", i)
			n.shop(host, dripping(photo, 6<<20))
			many = append(many, urls(host, 1)...)
		}
		start := time.Now()
		all := n.fetchAll(t, many...)
		synctest.Wait()
		s := n.Stats()
		if s.Buffered > 48<<20 || s.Errors[fetcher.NodeFull] < 10 {
			t.Errorf("many hosts hold %d bytes, stats %+v", s.Buffered, s)
		}
		if _, err := n.Fetch(t.Context(), "http://quick.example/a.jpg"); err != nil || time.Since(start) != 0 {
			t.Errorf("the other shop: %v after %v", err, time.Since(start))
		}
		got := reasonsNow(all, 20)
		if got[fetcher.NodeFull]+got[fetcher.Timeout] != 20 || n.Stats().OpenHosts != 0 {
			t.Errorf("of many hosts: %v, %d open", got, n.Stats().OpenHosts)
		}
		<-one
		if s := n.Stats(); s.Buffered != 0 {
			t.Errorf("%d bytes left behind", s.Buffered)
		}
	})
}
