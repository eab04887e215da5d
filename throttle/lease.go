package throttle

import (
	"sync/atomic"
	"time"
)

// Lease is the right to run one render, until it is given back or expires. It
// also takes note of what was slow. A nil Lease and the zero Lease hold nothing.
// Safe for concurrent use.
type Lease struct {
	limiter  *Limiter // nil in the zero Lease
	ticket   string
	recorded bool // Redis may know of it
	start    time.Time

	downloads, renders atomic.Int64 // slow ones
	released           atomic.Bool
}

// Downloaded notes how long a photo took to come from the customer's shop. It
// counts when Release is called afterwards.
func (l *Lease) Downloaded(took time.Duration) {
	if l != nil && l.limiter != nil && took >= l.limiter.cfg.SlowDownload {
		l.downloads.Add(1)
	}
}

// Rendered notes how long the render took. It counts when Release is called
// afterwards.
func (l *Lease) Rendered(took time.Duration) {
	if l != nil && l.limiter != nil && took >= l.limiter.cfg.SlowRender {
		l.renders.Add(1)
	}
}

// Release gives the lease back. It may be called more than once and from
// several goroutines, also after the lease has expired and after the context of
// Acquire has ended; it takes at most Config.RedisTimeout.
func (l *Lease) Release() {
	if l == nil || l.limiter == nil || l.released.Swap(true) {
		return
	}
	if l.recorded {
		_ = l.limiter.store.give(returned{l.ticket, l.downloads.Load(), l.renders.Load()}) // owed when it fails
	}
	l.limiter.pace.observe(time.Since(l.start))
	l.limiter.held.Add(-1)
}
