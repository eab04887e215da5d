package throttle

import (
	"context"
	"time"
)

const (
	// fallBack is how long a waiter at most trusts that it will be told: then it
	// asks by itself. It finds a lease whose announcement was lost, and is put in
	// the line again by a Redis that has forgotten it.
	fallBack = time.Second
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
	end := time.NewTimer(time.Until(b.end))
	defer end.Stop()
	l.waiters.expires(a.expiry)
	for {
		// So late, an answer might come after the end.
		late := time.Until(b.end) < l.cfg.RedisTimeout
		var impatient <-chan time.Time
		if late {
			l.waiters.resign(w)
		} else {
			impatient = time.After(l.patience(w))
		}
		select {
		case <-w.granted:
			return l.lease(b, true), nil
		case <-ctx.Done():
			_ = l.store.give(returned{ticket: b.ticket()}) // owed when it fails
			return nil, ctx.Err()
		case <-end.C:
			return l.giveUp(b, w, a)
		case <-w.watch:
			continue // with another patience
		case <-w.ask:
			if late && l.store.circuit.failure() == nil {
				continue
			}
		case <-impatient:
			if time.Until(b.end) < l.cfg.RedisTimeout {
				continue
			}
		}
		next, err := l.store.ask(ctx, b, l.announcements.target(), true)
		switch {
		case err != nil:
			return l.failOpen(b, true), nil
		case next.state == granted:
			return l.lease(b, true), nil
		case next.state == refused: // the configuration of another process
			return nil, l.refuse(b, next)
		}
		a = next
		l.waiters.expires(a.expiry)
	}
}

// patience is how long a waiter waits before it asks by itself.
func (l *Limiter) patience(w *waiter) time.Duration {
	d := jitter(fallBack)
	if l.announcements.target() == "" {
		d = jitter(unheard)
	}
	if until := l.waiters.lookoutUntil(w); !until.IsZero() {
		d = min(d, max(time.Until(until), time.Millisecond))
	}
	return d
}

// giveUp leaves the line after Config.MaxWait, unless the lease has come just
// now. A Redis that cannot be told would not have answered either.
func (l *Limiter) giveUp(b bid, w *waiter, a answer) (*Lease, error) {
	select {
	case <-w.granted:
		return l.lease(b, true), nil
	default:
	}
	if err := l.store.give(returned{ticket: b.ticket()}); err != nil {
		return l.failOpen(b, true), nil
	}
	return nil, l.refuse(b, a)
}
