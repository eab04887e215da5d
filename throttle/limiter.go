package throttle

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// A head asks again by itself for what other processes give back, at first soon.
const (
	firstPoll = 20 * time.Millisecond
	lastPoll  = 200 * time.Millisecond
)

// Limiter gives out the leases of a node. Any number of Limiters, in any number
// of processes, share them by sharing a Redis. It has no goroutines and nothing
// to close.
type Limiter struct {
	cfg   Config
	store *store
	lines lines
	pace  pace

	held                         atomic.Int64
	granted, refused, failedOpen atomic.Uint64
}

// New makes a Limiter. The Redis client stays the caller's to close. It must
// have ContextTimeoutEnabled, without which a Redis that hangs would hold every
// request for as long as the client likes.
func New(cfg Config, rdb redis.Scripter) (*Limiter, error) {
	if err := cfg.Validate(); err != nil {
		return nil, fmt.Errorf("throttle: %w", err)
	}
	if c, ok := rdb.(*redis.Client); ok && !c.Options().ContextTimeoutEnabled {
		return nil, errors.New("throttle: redis client: expected ContextTimeoutEnabled, found it off")
	}
	return &Limiter{
		cfg:   cfg,
		store: newStore(cfg, rdb),
		lines: lines{max: cfg.MaxWaiting, of: map[string][]*waiter{}},
	}, nil
}

// Acquire takes a lease for a customer, which the caller must release. It waits
// its turn up to Config.MaxWait and then fails with a *LimitedError; when ctx
// ends first it fails with ctx's error, at most Config.RedisTimeout later.
func (l *Limiter) Acquire(ctx context.Context, customer string) (*Lease, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b := bid{customer: customer, id: rand.Text(), limit: l.limit(customer)}
	mark, queue := l.lines.look(customer)
	var no refusal
	if !queue {
		lease, refused := l.ask(ctx, b)
		if lease != nil {
			return lease, nil
		}
		no = *refused
		if l.cfg.MaxWait == 0 || l.cfg.MaxWaiting == 0 {
			return nil, l.limited(b, no)
		}
	}
	w, head, ok := l.lines.join(customer, mark, no.reason)
	if !ok {
		own, _ := l.lines.count(customer)
		l.refused.Add(1)
		return nil, &LimitedError{customer, CustomerConcurrency, l.cfg.MaxWaiting, l.pace.until(own, b.limit, no.wait)}
	}
	defer l.lines.leave(w)
	return l.wait(ctx, b, w, head, no)
}

// wait asks whenever w is woken, which happens only to the head of a line, and
// once w is a head also at growing intervals.
func (l *Limiter) wait(ctx context.Context, b bid, w *waiter, head bool, no refusal) (*Lease, error) {
	end := time.NewTimer(l.cfg.MaxWait)
	defer end.Stop()
	var poll <-chan time.Time // nil, which never fires, behind others
	if head {
		poll = time.After(pause(firstPoll, no.wait))
	}
	for interval := firstPoll; ; interval = min(2*interval, lastPoll) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-end.C:
			if no.reason == "" {
				no.reason = l.lines.headReason(b.customer)
			}
			return nil, l.limited(b, no)
		case <-w.wake:
		case <-poll:
		}
		lease, refused := l.ask(ctx, b)
		if lease != nil {
			return lease, nil
		}
		no = *refused
		l.lines.refused(w, no.reason)
		poll = time.After(pause(interval, no.wait))
	}
}

// pause spreads the heads of many processes over an interval, and ends when a
// lease in the way expires.
func pause(interval, expiry time.Duration) time.Duration {
	d := interval/2 + mathrand.N(interval/2)
	if expiry > 0 {
		// A lease whose deadline is now has expired, and the expiry was rounded
		// down to a millisecond.
		d = min(d, expiry+time.Millisecond)
	}
	return d
}

// ask returns either a lease or Redis's refusal. Without an answer from Redis
// it returns a lease.
func (l *Limiter) ask(ctx context.Context, b bid) (*Lease, *refusal) {
	no, err := l.store.take(ctx, b)
	if no != nil {
		return nil, no
	}
	if err != nil {
		l.failedOpen.Add(1)
	}
	l.granted.Add(1)
	l.held.Add(1)
	// A call that failed may still have been carried out, one that was not made
	// has not: only that one leaves nothing to give back.
	recorded := !errors.Is(err, errSkipped)
	start := time.Now()
	return &Lease{release: sync.OnceFunc(func() {
		if recorded {
			l.store.give(ctx, b)
		}
		l.pace.observe(time.Since(start))
		l.held.Add(-1)
		l.lines.free(b.customer)
	})}, nil
}

func (l *Limiter) limit(customer string) int {
	if l.cfg.Limits != nil {
		if n := l.cfg.Limits(customer).Concurrency; n != 0 {
			return n
		}
	}
	return l.cfg.CustomerLimit
}

// limited is the refusal as the caller sees it.
func (l *Limiter) limited(b bid, no refusal) *LimitedError {
	l.refused.Add(1)
	own, all := l.lines.count(b.customer)
	waiting, limit := all, l.cfg.HardLimit
	if no.reason == CustomerConcurrency {
		waiting, limit = own, b.limit
	}
	return &LimitedError{b.customer, no.reason, limit, l.pace.until(waiting, limit, no.wait)}
}
