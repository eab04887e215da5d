package fetcher

import (
	"context"
	"net/url"
	"sync"
	"time"
)

// mayServeFirst says that an old copy may be served before the shop is asked.
func (f *Fetcher) mayServeFirst(old *entry, key string, now time.Time) bool {
	return f.cfg.Fresh > 0 && f.cfg.Revalidate > 0 && old.younger(f.cfg.Fresh+f.cfg.Revalidate, now) &&
		!old.Doubted && !old.Refused && f.failures.recall(key) == nil
}

// refresh asks the shop in the background whether old is still right, and writes the answer to the cache. Whoever asks
// next gets it. It takes nothing from those who wait: it is dropped when enough of its kind run, when the host has not
// half of its places free, or when its memory would not fit.
func (f *Fetcher) refresh(ctx context.Context, u *url.URL, key string, old *entry) {
	room := f.buffers.room(nil)
	if room.grow(int64(len(old.body))) != nil {
		f.counters.dropped.Add(1)
		return
	}
	started := f.refreshes.start(ctx, key, func(ctx context.Context) {
		defer room.release()
		f.revalidate(ctx, u, key, old)
	})
	if !started {
		room.release()
		f.counters.dropped.Add(1)
		return
	}
	f.counters.refreshes.Add(1)
}

// revalidate is one run in the background, under the same time limit as a flight.
func (f *Fetcher) revalidate(ctx context.Context, u *url.URL, key string, old *entry) {
	ctx, cancel := context.WithTimeoutCause(ctx, f.cfg.Timeout,
		faultf(Timeout, "expected the whole photo within %v", f.cfg.Timeout))
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			_ = f.counters.failed(faultf(Internal, "panic: %v", p).at(key))
		}
	}()
	got, err := f.ask(ctx, u, key, old.head, true)
	cause := faultOf(err)
	var save func()
	switch {
	case err == nil:
		_, save, _ = f.settle(ctx, key, old, got, nil)
	case cause == nil || cause.local: // called off, or to be tried by the next who asks
	case cause.temporary():
		save = f.saving(ctx, key, old.rested(f.cfg.Now().Add(f.cfg.Recheck)))
	default:
		_ = f.counters.failed(cause.at(key))
		save = f.saving(ctx, key, old.refused(cause))
	}
	if save != nil {
		save()
	}
}

// refreshes are the revalidations that run in the background: at most max, and one for each key. The zero value starts
// none.
//
// The argument: mu orders starting, ending and closing. After close has set closed nobody starts another, so the Wait
// there sees every Go; each run has its context cancelled, and ends with its download.
type refreshes struct {
	max int

	mu      sync.Mutex
	byKey   map[string]context.CancelCauseFunc
	closed  bool
	running sync.WaitGroup
}

// start runs run in the background, on a context that ends with close, or says that it does not.
func (r *refreshes) start(ctx context.Context, key string, run func(ctx context.Context)) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, twice := r.byKey[key]; twice || r.closed || len(r.byKey) >= r.max {
		return false
	}
	own, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	if r.byKey == nil {
		r.byKey = make(map[string]context.CancelCauseFunc)
	}
	r.byKey[key] = cancel
	r.running.Go(func() {
		defer r.end(key)
		run(own)
	})
	return true
}

func (r *refreshes) end(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.byKey[key](nil)
	delete(r.byKey, key)
}

func (r *refreshes) close() {
	r.mu.Lock()
	r.closed = true
	for _, cancel := range r.byKey {
		cancel(ErrClosed)
	}
	r.mu.Unlock()
	r.running.Wait()
}
