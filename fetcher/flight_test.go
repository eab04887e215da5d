package fetcher_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"sync"
	"testing"

	"github.com/adloom/adloom/fetcher"
)

// gate is a handler that tells when it is asked and answers when it is opened.
type gate struct {
	asked, open, gone chan struct{}
}

func newGate() *gate {
	return &gate{asked: make(chan struct{}, 100), open: make(chan struct{}), gone: make(chan struct{}, 100)}
}

func (g *gate) handler(body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		g.asked <- struct{}{}
		select {
		case <-g.open:
			_, _ = w.Write(body)
		case <-r.Context().Done():
			g.gone <- struct{}{}
		}
	}
}

func TestThousandFetchesOneDownload(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	g := newGate()
	s := newShop(t, g.handler(photo))
	f := start(t, local(), &memory{})
	const callers = 1000
	var done sync.WaitGroup
	got := make([]*fetcher.Photo, callers)
	for i := range callers {
		done.Go(func() {
			var err error
			if got[i], err = f.Fetch(t.Context(), s.URL); err != nil {
				t.Error(err)
			}
		})
	}
	<-g.asked
	close(g.open)
	done.Wait()
	f.Close()
	for _, p := range got {
		if p == nil || !bytes.Equal(p.Data, photo) {
			t.Fatal("a caller got something else")
		}
	}
	stats := f.Stats()
	if stats.Downloads != 1 || len(s.asked()) != 1 || stats.Fetches != callers || stats.Joined+stats.Hits+1 != callers {
		t.Errorf("%d requests, stats %+v; want one download", len(s.asked()), stats)
	}
}

func TestLeaderLeavesOthersStay(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	g := newGate()
	s := newShop(t, g.handler(photo))
	f := start(t, local(), nil)
	leader, leave := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := f.Fetch(leader, s.URL)
		left <- err
	}()
	<-g.asked
	stayed := make(chan error, 1)
	go func() {
		_, err := f.Fetch(t.Context(), s.URL)
		stayed <- err
	}()
	for f.Waiting(s.URL+"/") < 2 {
		runtime.Gosched()
	}
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("the leader got %v", err)
	}
	close(g.open)
	if err := <-stayed; err != nil {
		t.Errorf("who stayed got %v", err)
	}
	if stats := f.Stats(); stats.Downloads != 1 || stats.Joined != 1 || stats.Left != 1 {
		t.Errorf("stats %+v", stats)
	}
}

func TestAllLeave(t *testing.T) {
	t.Parallel()
	g := newGate()
	s := newShop(t, g.handler(jpegOf(t, 3, 2)))
	f := start(t, local(), nil)
	why := errors.New("the ad network hung up")
	ctx, leave := context.WithCancelCause(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := f.Fetch(ctx, s.URL)
		left <- err
	}()
	<-g.asked
	leave(why)
	if err := <-left; !errors.Is(err, context.Canceled) || !errors.Is(err, why) {
		t.Errorf("got %v", err)
	}
	<-g.gone // the download was called off
	close(g.open)
	if _, err := f.Fetch(t.Context(), s.URL); err != nil {
		t.Errorf("the next caller got %v", err)
	}
	if stats := f.Stats(); stats.Downloads != 2 || stats.Errors[fetcher.Timeout] != 0 {
		t.Errorf("stats %+v", stats)
	}
}

func TestFetchWithEndedContext(t *testing.T) {
	t.Parallel()
	s := newShop(t, serving(jpegOf(t, 3, 2)))
	f := start(t, local(), nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Fetch(ctx, s.URL); !errors.Is(err, context.Canceled) || len(s.asked()) != 0 {
		t.Errorf("got %v after %d requests", err, len(s.asked()))
	}
}

func TestClose(t *testing.T) {
	t.Parallel()
	g := newGate()
	s := newShop(t, g.handler(nil))
	f := start(t, local(), nil)
	got := make(chan error, 1)
	go func() {
		_, err := f.Fetch(t.Context(), s.URL)
		got <- err
	}()
	<-g.asked
	f.Close()
	f.Close()
	if err := <-got; !errors.Is(err, fetcher.ErrClosed) {
		t.Errorf("in flight: got %v", err)
	}
	if _, err := f.Fetch(t.Context(), s.URL); !errors.Is(err, fetcher.ErrClosed) {
		t.Errorf("afterwards: got %v", err)
	}
}

// slowCache takes its time to write.
type slowCache struct {
	memory
	writing chan struct{}
	proceed chan struct{}
}

func (c *slowCache) Put(ctx context.Context, key string, body io.Reader) error {
	c.writing <- struct{}{}
	<-c.proceed
	return c.memory.Put(ctx, key, body)
}

// The photo is delivered before the cache has it, and who comes meanwhile shares it.
func TestDeliveredBeforeWritten(t *testing.T) {
	t.Parallel()
	s := newShop(t, serving(jpegOf(t, 3, 2)))
	cache := &slowCache{writing: make(chan struct{}), proceed: make(chan struct{})}
	f := start(t, local(), cache)
	for range 3 {
		if _, err := f.Fetch(t.Context(), s.URL); err != nil {
			t.Fatal(err)
		}
	}
	<-cache.writing
	close(cache.proceed)
	f.Close()
	if stats := f.Stats(); stats.Downloads != 1 || stats.Joined != 2 || len(cache.bodies) != 1 {
		t.Errorf("stats %+v, cached %d", stats, len(cache.bodies))
	}
}

type panicking struct{ memory }

func (p *panicking) Get(context.Context, string) (io.ReadCloser, error) { panic("boom") }

func TestPanicIsAnError(t *testing.T) {
	t.Parallel()
	f := start(t, local(), &panicking{})
	_, err := f.Fetch(t.Context(), "http://shop.example/")
	wantError(t, err, fetcher.Internal, 0)
	if n := f.Stats().InFlight; n != 0 {
		t.Errorf("%d still in flight", n)
	}
}
