package throttle

import (
	"context"
	"time"
)

const (
	// fallBack is how long a process at most trusts that its waiters will be told:
	// then one of them asks. When Redis has forgotten that one, and puts it in the
	// line again, all of them ask.
	fallBack = time.Second
	// patient is how long each waiter trusts it. It finds a lease whose announcement
	// was lost.
	patient = 2 * time.Second
	// unheard is the same while this process hears no announcements.
	unheard = 50 * time.Millisecond
	// unheardFor is how long such a waiter keeps its place in the line, and a lease
	// that is handed to it, until it asks: nobody could tell that its process has
	// died.
	unheardFor = 500 * time.Millisecond
)

// wait returns with the lease as soon as this process is told of it. All other
// ways to learn of it are for when something has gone wrong.
func (l *Limiter) wait(ctx context.Context, b bid, w *waiter, a answer) (*Lease, error) {
	l.waiting.Add(1)
	defer l.waiting.Add(-1)
	begin, front := time.Now(), a.front
	served := func() *Lease {
		l.speeds.observe(b.customer, front, time.Since(begin))
		return l.lease(b, true)
	}
	end := time.NewTimer(time.Until(b.end))
	defer end.Stop()
	l.waiters.expires(a.expiry)
	asks := time.Now().Add(l.patience())
	for {
		var impatient <-chan time.Time
		if l.late(b) {
			l.waiters.resign(w)
		} else {
			impatient = time.After(time.Until(l.waiters.sooner(w, asks)))
		}
		select {
		case <-w.granted:
			return served(), nil
		case <-ctx.Done():
			_ = l.store.give(returned{ticket: b.ticket()}) // owed when it fails
			return nil, ctx.Err()
		case <-end.C:
			return l.giveUp(ctx, b)
		case <-w.watch:
			continue
		case <-w.ask:
		case <-impatient:
		}
		if l.late(b) && l.store.circuit.failure() == nil {
			continue
		}
		b.limits = l.limits(b.customer) // they may have changed
		next, err := l.store.ask(ctx, b, l.announcements.target(), true)
		switch {
		case err != nil:
			return l.failOpen(b, true), nil
		case next.state == granted:
			return served(), nil
		case next.state == refused:
			return nil, l.refuse(b, next)
		}
		l.waiters.expires(next.expiry)
		if next.forgotten {
			l.waiters.askAll()
		}
		asks = time.Now().Add(l.patience())
	}
}

// late says that an answer might come after the end of the wait.
func (l *Limiter) late(b bid) bool { return time.Until(b.end) < l.cfg.RedisTimeout }

// patience is how long a waiter waits before it asks by itself.
func (l *Limiter) patience() time.Duration {
	if l.announcements.target() == "" {
		return jitter(unheard)
	}
	return jitter(patient)
}

// giveUp leaves the line after Config.MaxWait, unless the lease has come by now, told or
// not. A Redis that cannot be told would not have answered either.
func (l *Limiter) giveUp(ctx context.Context, b bid) (*Lease, error) {
	switch a, err := l.store.ask(ctx, b, l.announcements.target(), true); {
	case err != nil:
		return l.failOpen(b, true), nil
	case a.state == granted:
		return l.lease(b, true), nil
	default:
		return nil, l.refuse(b, a)
	}
}
