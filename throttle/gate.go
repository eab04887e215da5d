package throttle

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Gate protects this process: it bounds the requests inside, the renders that
// use a CPU at once and the memory these have reserved. It knows nothing of
// Redis and has no goroutines. Safe for concurrent use.
type Gate struct {
	cfg  GateConfig
	pace pace

	mu      sync.Mutex
	inside  int
	running int
	bytes   int64 // reserved by those running
	queue   queue
	refused uint64
}

// GateStats is the state of a Gate.
type GateStats struct {
	Inside    int           // requests between Enter and leave
	Running   int           // renders with a slot
	Waiting   int           // renders that wait for one
	OldestAge time.Duration // how long the oldest of those has waited, 0 for none
	Bytes     int64         // memory reserved by those running
	Refused   uint64        // requests that Enter has refused
}

// NewGate makes a Gate.
func NewGate(cfg GateConfig) (*Gate, error) {
	if err := cfg.Validate(); err != nil {
		return nil, fmt.Errorf("gate: %w", err)
	}
	return &Gate{cfg: cfg}, nil
}

// Enter lets a request in or refuses it with a *LimitedError; it never waits.
// The caller calls leave when the request has ended; calling it twice is no
// error.
func (g *Gate) Enter() (leave func(), err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside >= g.cfg.MaxQueue {
		return nil, g.refuse(g.cfg.MaxQueue)
	}
	if g.cfg.MaxQueueAge >= 0 && g.queue.len() > 0 && g.queue.age() >= g.cfg.MaxQueueAge {
		return nil, g.refuse(0)
	}
	g.inside++
	return sync.OnceFunc(func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.inside--
	}), nil
}

func (g *Gate) refuse(limit int) error {
	g.refused++
	return &LimitedError{
		Reason:     NodeFull,
		Limit:      limit,
		RetryAfter: g.pace.until(g.queue.len(), g.cfg.Slots, g.queue.age()),
	}
}

// Run waits for a CPU slot and for bytes of memory, in the order of the calls.
// The caller calls release when the render has ended; calling it twice is no
// error. Run fails with ctx's error when ctx ends first, and at once with
// ErrTooLarge when bytes exceeds the whole budget.
func (g *Gate) Run(ctx context.Context, customer string, bytes int64) (release func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// An estimate below zero has overflowed, so it is too large as well.
	if bytes < 0 || g.cfg.MaxBytes >= 0 && bytes > g.cfg.MaxBytes {
		return nil, fmt.Errorf("customer %q: %w: expected at most %d bytes, found %d", customer, ErrTooLarge, g.cfg.MaxBytes, bytes)
	}
	e := &entry{customer: customer, bytes: bytes, since: time.Now(), admitted: make(chan struct{})}
	g.mu.Lock()
	g.queue.push(e)
	g.admit()
	g.mu.Unlock()

	select {
	case <-e.admitted:
		return g.releaser(bytes), nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if e.place != nil {
		g.queue.remove(e)
	} else { // admitted between the end of ctx and here
		g.running--
		g.bytes -= bytes
	}
	g.admit() // whoever stood behind a big one may fit
	return nil, ctx.Err()
}

// admit lets in from the queue what fits, and stops at the first that does not.
func (g *Gate) admit() {
	for e := g.queue.next(); e != nil && g.fits(e.bytes); e = g.queue.next() {
		g.queue.remove(e)
		g.running++
		g.bytes += e.bytes
		close(e.admitted)
	}
}

func (g *Gate) fits(bytes int64) bool {
	// The subtraction cannot overflow, the sum could.
	return g.running < g.cfg.Slots && (g.cfg.MaxBytes < 0 || bytes <= g.cfg.MaxBytes-g.bytes)
}

func (g *Gate) releaser(bytes int64) func() {
	start := time.Now()
	return sync.OnceFunc(func() {
		g.pace.observe(time.Since(start))
		g.mu.Lock()
		defer g.mu.Unlock()
		g.running--
		g.bytes -= bytes
		g.admit()
	})
}

// Stats can be called at any time.
func (g *Gate) Stats() GateStats {
	g.mu.Lock()
	defer g.mu.Unlock()
	return GateStats{
		Inside:    g.inside,
		Running:   g.running,
		Waiting:   g.queue.len(),
		OldestAge: g.queue.age(),
		Bytes:     g.bytes,
		Refused:   g.refused,
	}
}
