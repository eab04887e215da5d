package fetcher_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/fetcher"
)

// The time limits are tried with their defaults, in a bubble whose clock runs by itself: the shop is the far end of a
// pipe and sleeps as long as it likes.

// fetchFrom fetches from a shop that is one function writing to a connection, and says how long it took.
func fetchFrom(t *testing.T, answer func(w io.Writer)) (time.Duration, error) {
	t.Helper()
	f, err := fetcher.New(fetcher.DefaultConfig(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var shop sync.WaitGroup
	f.DialWith(func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		shop.Go(func() {
			defer ours.Close()
			if _, err := http.ReadRequest(bufio.NewReader(ours)); err == nil {
				answer(ours)
			}
		})
		return theirs, nil
	})
	start := time.Now()
	_, err = f.Fetch(t.Context(), "http://shop.example/a.jpg")
	took := time.Since(start)
	f.Close()
	shop.Wait()
	return took, err
}

func TestTimeLimits(t *testing.T) {
	t.Parallel()
	f := func(name string, answer func(w io.Writer), after time.Duration, reason fetcher.Reason, status int) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			took, err := fetchFrom(t, answer)
			wantError(t, err, reason, status)
			if took != after {
				t.Errorf("%s: ended after %v, want %v", name, took, after)
			}
		})
	}
	photo := jpegOf(t, 300, 200)
	headers := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", len(photo))
	f("no answer", func(io.Writer) { time.Sleep(time.Minute) }, 5*time.Second, fetcher.Timeout, 0)
	f("headers drip", func(w io.Writer) {
		for i := range len(headers) {
			_, _ = io.WriteString(w, headers[i:i+1])
			time.Sleep(time.Second)
		}
	}, 5*time.Second, fetcher.Timeout, 0)
	f("stall before the body", func(w io.Writer) {
		_, _ = io.WriteString(w, headers)
		time.Sleep(time.Minute)
	}, 2*time.Second, fetcher.TooSlow, 200)
	f("stall in the body", func(w io.Writer) {
		_, _ = io.WriteString(w, headers)
		time.Sleep(time.Second)
		_, _ = w.Write(photo[:100])
		time.Sleep(time.Minute)
	}, 3*time.Second, fetcher.TooSlow, 200)
	f("drip", func(w io.Writer) {
		_, _ = io.WriteString(w, headers)
		for i := range len(photo) {
			time.Sleep(time.Second - time.Millisecond)
			if _, err := w.Write(photo[i : i+1]); err != nil {
				return
			}
		}
	}, 8*time.Second, fetcher.Timeout, 200)
	f("drip of gzip", func(w io.Writer) {
		_, _ = io.WriteString(w, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")
		for {
			time.Sleep(time.Second - time.Millisecond)
			if _, err := io.WriteString(w, "\x00\x00\x00\xff\xff"); err != nil {
				return
			}
		}
	}, 8*time.Second, fetcher.Timeout, 200)
}

func TestSlowButSteady(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 300, 200)
	synctest.Test(t, func(t *testing.T) {
		took, err := fetchFrom(t, func(w io.Writer) {
			time.Sleep(4 * time.Second)
			fmt.Fprintf(w, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", len(photo))
			time.Sleep(1900 * time.Millisecond)
			_, _ = w.Write(photo[:10])
			time.Sleep(1900 * time.Millisecond)
			_, _ = w.Write(photo[10:])
		})
		if err != nil || took != 7800*time.Millisecond {
			t.Errorf("got %v after %v", err, took)
		}
	})
}

func TestConnectLimit(t *testing.T) {
	t.Parallel()
	cfg := fetcher.DefaultConfig()
	cfg.ConnectTimeout = 20 * time.Millisecond
	cfg.Resolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done() // a name server that does not answer
		return nil, ctx.Err()
	}}
	_, _, err := fetchOnce(t, cfg, nil, "http://shop.example/")
	wantError(t, err, fetcher.DNS, 0)
}
