package fetcher_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/fetcher"
)

// hosts are the hosts with the circuit, failures and reason of each.
func hosts(n *network) []string {
	worst, _ := n.Hosts()
	var got []string
	for _, h := range worst {
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s://%s %s %d %s", h.Scheme, h.Host, h.Circuit, h.Failures, h.Reason)))
	}
	return got
}

func wantHosts(t *testing.T, n *network, counts fetcher.HostCounts, want ...string) {
	t.Helper()
	if got := hosts(n); !slices.Equal(got, want) {
		t.Errorf("hosts %q, want %q", got, want)
	}
	if _, got := n.Hosts(); got != counts {
		t.Errorf("counts %+v, want %+v", got, counts)
	}
}

func TestHosts(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.HostFailures, cfg.HostRest, cfg.HostDownloads, cfg.HostQueue = 3, 4*time.Second, 2, 9
	cfg.Negative = time.Minute
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		wantHosts(t, n, fetcher.HostCounts{})
		n.shop("well.example", serving(jpegOf(t, 3, 2)))
		n.shop("bad.example", status(500))
		n.shop("once.example", status(502))
		n.shop("busy.example", status(429, "Retry-After", "30"))
		for _, url := range append(urls("bad.example", 3), "http://well.example/", "http://once.example/", "http://busy.example/", "http://nobody.example:8080/") {
			_, _ = n.Fetch(t.Context(), url)
		}
		wantHosts(t, n, fetcher.HostCounts{Closed: 2, Open: 3},
			"http://bad.example open 3 bad_status", "http://busy.example open 1 bad_status",
			"http://nobody.example:8080 open 1 connect", "http://once.example closed 1 bad_status")
		worst, _ := n.Hosts()
		if h := worst[0]; h.Again < 2*time.Second || h.Again > 4*time.Second || !strings.Contains(h.Why, "has failed 3 times in a row, last: bad_status") {
			t.Errorf("bad: %+v", h)
		}
		if h := worst[1]; h.Again != 30*time.Second || !strings.Contains(h.Why, "has asked to be left alone (status 429)") {
			t.Errorf("busy: %+v", h)
		}
		if h := worst[2]; h.Again != 10*time.Second || !strings.Contains(h.Why, syscall.ECONNREFUSED.Error()) {
			t.Errorf("nobody: %+v", h)
		}
		if h := worst[3]; h.Again != 0 || h.Why != "" {
			t.Errorf("once: %+v", h)
		}

		time.Sleep(10 * time.Second)
		wantHosts(t, n, fetcher.HostCounts{Closed: 3, HalfOpen: 1, Open: 1},
			"http://busy.example open 1 bad_status", "http://bad.example half_open 3 bad_status",
			"http://nobody.example:8080 closed 1 connect", "http://once.example closed 1 bad_status")
		_, _ = n.Fetch(t.Context(), "http://bad.example/again.jpg")
		if got := hosts(n)[0]; got != "http://bad.example open 4 bad_status" {
			t.Errorf("after a failed try: %q", got)
		}
		time.Sleep(time.Minute + time.Second) // so that no connection to the shops of before is left
		for _, host := range []string{"bad.example", "once.example", "busy.example", "nobody.example:8080"} {
			n.shop(strings.TrimSuffix(host, ":8080"), serving(jpegOf(t, 3, 2)))
			_, _ = n.Fetch(t.Context(), "http://"+strings.TrimSuffix(host, ":8080")+"/well.jpg")
		}
		wantHosts(t, n, fetcher.HostCounts{Closed: 6}, "http://nobody.example:8080 closed 1 connect")
	})
}

// Hosts that have something to do are told of, too.
func TestHostsAtWork(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.HostDownloads, cfg.HostQueue, cfg.HostWait = 2, 9, time.Minute
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		photo, answer := jpegOf(t, 3, 2), make(chan struct{})
		slow := func(w http.ResponseWriter, r *http.Request) { <-answer; serving(photo)(w, r) }
		n.shop("a.example", slow)
		n.shop("b.example", slow)
		done := n.fetchAll(t, append(urls("b.example", 5), urls("a.example", 2)...)...)
		synctest.Wait()
		wantHosts(t, n, fetcher.HostCounts{Closed: 2}, "http://b.example closed 0", "http://a.example closed 0")
		worst, _ := n.Hosts()
		if b, a := worst[0], worst[1]; b.Running != 2 || b.Waiting != 3 || a.Running != 2 || a.Waiting != 0 {
			t.Errorf("%+v", worst)
		}
		close(answer)
		for range 7 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		synctest.Wait()
		wantHosts(t, n, fetcher.HostCounts{Closed: 2})
	})
}

// Of very many hosts the worst are told of.
func TestWorstHosts(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.HostFailures = 3
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		for i := range 200 {
			host := fmt.Sprintf("shop%03d.example", i)
			n.shop(host, status(500))
			failures := 1
			if i%50 == 7 {
				failures = 3
			}
			for _, url := range urls(host, failures) {
				_, _ = n.Fetch(t.Context(), url)
			}
		}
		worst, counts := n.Hosts()
		if len(worst) != 50 || counts != (fetcher.HostCounts{Closed: 196, Open: 4}) {
			t.Fatalf("%d hosts, %+v", len(worst), counts)
		}
		for i, h := range worst[:5] {
			want := fetcher.HostState{Host: fmt.Sprintf("shop%03d.example", 7+50*i), Circuit: fetcher.Open, Failures: 3}
			if i == 4 {
				want = fetcher.HostState{Host: "shop000.example", Circuit: fetcher.Closed, Failures: 1}
			}
			if h.Host != want.Host || h.Circuit != want.Circuit || h.Failures != want.Failures {
				t.Errorf("host %d is %+v", i, h)
			}
		}
	})
}

// A page that is watched asks each second.
func BenchmarkHosts(b *testing.B) {
	f, err := fetcher.New(steady(), nil)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for i := range 4000 { // of an address that the guard refuses
		_, _ = f.Fetch(b.Context(), fmt.Sprintf("http://127.0.0.1:%d/", 1000+i))
	}
	for b.Loop() {
		f.Hosts()
	}
}
