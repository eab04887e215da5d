package throttle

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// Limiter gives out the leases of a node. Any number of Limiters, in any number
// of processes, share them by sharing a Redis.
type Limiter struct {
	cfg           Config
	store         *store
	waiters       waiters
	announcements announcements
	pace          pace
	speeds        speeds
	closed        closed

	held, waiting                atomic.Int64
	granted, refused, failedOpen atomic.Uint64

	closing    sync.Once
	stop       context.CancelFunc
	background sync.WaitGroup
}

// New makes a Limiter, which the caller closes. The Redis client stays the
// caller's to close, afterwards. It must have ContextTimeoutEnabled, without
// which a Redis that hangs would hold every request for as long as the client
// likes, and must talk to one server: in a cluster a server does not know who
// listens at the others.
func New(cfg Config, rdb redis.UniversalClient) (*Limiter, error) {
	if err := cfg.Validate(); err != nil {
		return nil, fmt.Errorf("throttle: %w", err)
	}
	if c, ok := rdb.(*redis.Client); ok && !c.Options().ContextTimeoutEnabled {
		return nil, errors.New("throttle: redis client: expected ContextTimeoutEnabled, found it off")
	}
	ctx, stop := context.WithCancel(context.Background())
	l := &Limiter{cfg: cfg, waiters: waiters{of: map[string]*waiter{}}, closed: closed{of: map[string]shut{}}, speeds: speeds{of: map[string]speed{}}, stop: stop}
	// After the first failure nobody waits for what Redis will not say.
	l.store = newStore(cfg, rdb, l.waiters.askAll)
	l.announcements.rdb = rdb
	l.announcements.channel = channelName(rand.Text())
	l.announcements.heard = l.waiters.grant
	l.announcements.changed = l.listening
	l.announcements.timeout = cfg.RedisTimeout
	l.background.Go(func() { l.announcements.run(ctx) })
	l.background.Go(func() { l.store.payBack(ctx) })
	return l, nil
}

// Close ends what New has started, and tries once more to give back what is
// owed to Redis. Leases can still be given back, and also taken, but those who
// wait are told no more. Calling it twice is no error.
func (l *Limiter) Close() {
	l.closing.Do(func() {
		l.stop()
		l.background.Wait()
		_ = l.store.settleNow() // what is not given back expires
	})
}

// listening is told that announcements are heard, or no longer. Both are a
// reason to ask: to be told where one is heard now, or for what has been missed.
// The first is also a sign that Redis is back.
func (l *Limiter) listening(on bool) {
	if on {
		l.store.circuit.hasten()
		l.background.Go(func() {
			_ = l.store.settleNow() // owed on when it fails
		})
	}
	l.waiters.askAll()
}

// Look returns the *LimitedError that Acquire returned for a customer a moment ago,
// while it is no use to ask again, and else nil. It costs less than a microsecond.
func (l *Limiter) Look(customer string) error {
	if e := l.closed.look(customer); e != nil {
		l.refused.Add(1)
		return e
	}
	return nil
}

// Recent returns what customers were last told in this process, where it was a refusal
// whose time is not over: RetryAfter is what is left of it. There are at most 1024, and one
// for each customer, in the order of their names.
func (l *Limiter) Recent() []LimitedError {
	still := l.closed.recent()
	slices.SortFunc(still, func(a, b LimitedError) int { return strings.Compare(a.Customer, b.Customer) })
	return still
}

// Acquire takes a lease for a customer, which the caller must release. It waits
// its turn up to Config.MaxWait and then fails with a *LimitedError; when ctx
// ends first it fails with ctx's error. A slow Redis may add Config.RedisTimeout
// to either.
func (l *Limiter) Acquire(ctx context.Context, customer string) (*Lease, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b := bid{customer: customer, id: rand.Text(), limits: l.limits(customer), end: time.Now().Add(l.cfg.MaxWait)}
	w := l.waiters.add(b.id)
	defer l.waiters.remove(w)
	a, err := l.store.ask(ctx, b, l.announcements.target(), false)
	switch {
	case err != nil:
		// A call that failed may still have been carried out, one that was not
		// made has not: only that one leaves nothing to give back.
		return l.failOpen(b, !errors.Is(err, errSkipped)), nil
	case a.state == granted:
		return l.lease(b, true), nil
	case a.state == refused:
		return nil, l.refuse(b, a)
	}
	if l.tooLate(b, a) && l.store.give(returned{ticket: b.ticket()}) == nil {
		return nil, l.refuse(b, a)
	}
	return l.wait(ctx, b, w, a)
}

// tooLate says that a newcomer's turn would come too late, as its customer's line moves
// now: it is told so at once, and not after the wait. Half of the wait is left for
// lines that become slower. Whoever has nobody in front is next, and stays.
func (l *Limiter) tooLate(b bid, a answer) bool {
	turn, known := l.speeds.until(b.customer, a.front)
	return known && a.front > 0 && turn > l.cfg.MaxWait/2
}

// limits are the limits of a customer now.
func (l *Limiter) limits(customer string) Limits {
	var own Limits
	if l.cfg.Limits != nil {
		own = l.cfg.Limits(customer)
	}
	return Limits{
		Concurrency:   cmp.Or(own.Concurrency, l.cfg.CustomerLimit),
		SlowDownloads: cmp.Or(own.SlowDownloads, l.cfg.SlowDownloads),
		SlowRenders:   cmp.Or(own.SlowRenders, l.cfg.SlowRenders),
	}
}

func (l *Limiter) lease(b bid, recorded bool) *Lease {
	l.granted.Add(1)
	l.held.Add(1)
	return &Lease{limiter: l, ticket: b.ticket(), recorded: recorded, start: time.Now()}
}

// failOpen is a lease without an answer from Redis.
func (l *Limiter) failOpen(b bid, recorded bool) *Lease {
	l.failedOpen.Add(1)
	return l.lease(b, recorded)
}

// refuse counts a refusal and remembers it.
func (l *Limiter) refuse(b bid, a answer) *LimitedError {
	return l.refuseWith(l.refusal(b, a))
}

func (l *Limiter) refuseWith(e *LimitedError) *LimitedError {
	l.refused.Add(1)
	l.closed.shut(e)
	return e
}

// refusal is Redis's no as the caller sees it.
func (l *Limiter) refusal(b bid, a answer) *LimitedError {
	e := &LimitedError{Customer: b.customer, Reason: a.reason}
	places := b.limits.Concurrency
	switch a.reason {
	case CustomerSlowDownloads:
		e.Limit, e.RetryAfter = b.limits.SlowDownloads, a.expiry
		return e
	case CustomerSlowRenders:
		e.Limit, e.RetryAfter = b.limits.SlowRenders, a.expiry
		return e
	case lineFull:
		e.Reason, e.Limit = CustomerConcurrency, l.cfg.MaxWaiting
	case NodeFull:
		e.Limit, places = l.cfg.HardLimit, l.cfg.HardLimit
	default:
		e.Limit = b.limits.Concurrency
	}
	var known bool
	if e.RetryAfter, known = l.speeds.until(b.customer, a.front); !known {
		e.RetryAfter = l.pace.until(a.front, places, a.expiry)
	}
	return e
}
