package throttle

import (
	"context"
	"fmt"
	"time"
)

// entry is one render: in its customer's line, or in a slot.
type entry struct {
	account *account
	bytes   int64
	since   time.Duration // when it came; from its start on, when that was
	state   entryState
	next    *entry // in the line
	prev    *entry

	admitted chan struct{} // closed when it has its slot and its memory; nil for one that never waited

	index    int           // among the running
	expected time.Duration // what it is still charged for beforehand
	passes   *entry        // the one whose turn it was when this one passed it, nil for none
}

type entryState uint8

const (
	inLine entryState = iota
	running
	gone
)

// Run waits for a CPU slot and for bytes of memory: the customer that has had
// the least of the slots comes first, and the renders of one customer in the
// order of the calls. The caller calls release when the render has ended;
// calling it twice is no error. Run fails with ctx's error when ctx ends first,
// and at once with ErrTooLarge when bytes exceeds the whole budget.
func (g *Gate) Run(ctx context.Context, customer string, bytes int64) (release func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// An estimate below zero has overflowed, so it is too large as well.
	if bytes < 0 || g.cfg.MaxBytes >= 0 && bytes > g.cfg.MaxBytes {
		return nil, fmt.Errorf("customer %q: %w: expected at most %d bytes, found %d", customer, ErrTooLarge, g.cfg.MaxBytes, bytes)
	}
	e := &entry{bytes: bytes}
	release = func() { g.release(e) }
	if g.join(e, customer) {
		return release, nil
	}
	select {
	case <-e.admitted:
		return release, nil
	case <-ctx.Done():
		g.abandon(e)
		return nil, ctx.Err()
	}
}

// join puts a render into its customer's line, and reports whether it got a slot
// at once.
func (g *Gate) join(e *entry, customer string) (started bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	a := g.accounts.of[customer]
	if a == nil {
		a = g.accounts.open(customer)
	}
	g.accounts.wake(a)
	e.account, e.since = a, now
	g.fair.join(e, now)
	g.admit(now)
	if e.state == running {
		return true
	}
	e.admitted = make(chan struct{}) // before anyone else can admit it
	return false
}

// release gives a slot and its memory back, and charges the customer for the
// time between.
func (g *Gate) release(e *entry) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if e.state != running {
		return
	}
	now := g.now()
	took := max(now-e.since, 1) // 0 would mean that nothing has been measured
	e.account.mean.add(took)
	g.mean.add(took)
	g.stop(e, now)
}

// abandon ends an entry whose caller has given up: it leaves the line, or the
// slot that it got between the end of its context and here. That one tells
// nothing about how long renders take.
func (g *Gate) abandon(e *entry) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	if e.state == running {
		g.stop(e, now)
		return
	}
	g.fair.advance(now)
	g.fair.withdraw(e)
	g.memory.withdraw(e)
	g.admit(now) // whoever stood behind a big one may fit
	g.accounts.rest(e.account, g.now)
}

func (g *Gate) stop(e *entry, now time.Duration) {
	g.fair.stop(e, now)
	g.memory.release(e)
	g.admit(now)
	g.accounts.rest(e.account, g.now)
}

// admit gives the free slots to those whose turn it is and who have their
// memory.
func (g *Gate) admit(now time.Duration) {
	for len(g.fair.running) < g.cfg.Slots && g.fair.entries > 0 {
		g.fair.advance(now)
		e := g.memory.choose(&g.fair)
		if e == nil {
			return
		}
		g.fair.start(e, e.account.mean.or(g.mean.or(firstGuess)), now)
		g.memory.reserve(e)
		if e.admitted != nil {
			close(e.admitted)
		}
	}
}
