package throttle

import (
	"math"
	"time"
)

// Pass is a request's place in the process. The caller leaves when the request
// has ended. Safe for concurrent use.
type Pass struct {
	gate    *Gate
	account *account
	held    int64
	left    bool
}

// Enter lets a customer's request in or refuses it with a *LimitedError; it
// never waits. Its place counts until Leave.
func (g *Gate) Enter(customer string) (*Pass, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	a := g.accounts.of[customer] // nil for a newcomer, of whom a refusal keeps nothing
	if reason, limit := g.full(a); reason != "" {
		return nil, g.refuse(customer, a, reason, limit)
	}
	if a == nil {
		a = g.accounts.open(customer)
	}
	g.accounts.wake(a)
	a.inside++
	g.inside++
	return &Pass{gate: g, account: a}, nil
}

// full says what stands against a request of this customer: the reason and the
// number that was reached, 0 when that is an age or an amount of memory. The
// reason is empty when nothing does.
//
// A customer's limits shrink as the process fills (Choudhury and Hahne, "Dynamic
// queue length thresholds for shared-memory packet switches", 1998): of the
// requests, and of the memory held, it may have so many times what is free. One
// that sends without end stops while something is left, and somebody who has
// nothing inside finds room.
func (g *Gate) full(a *account) (Reason, int) {
	if g.inside >= g.cfg.MaxQueue {
		return NodeFull, g.cfg.MaxQueue
	}
	if g.cfg.MaxHeld >= 0 && g.held >= g.cfg.MaxHeld {
		return NodeFull, 0
	}
	if a == nil {
		return "", 0
	}
	if most := g.threshold(int64(g.cfg.MaxQueue - g.inside)); float64(a.inside) >= most {
		return CustomerConcurrency, int(math.Ceil(most))
	}
	if g.cfg.MaxHeld >= 0 && float64(a.held) > g.threshold(g.cfg.MaxHeld-g.held) {
		return CustomerConcurrency, 0
	}
	// Only the customer's own line counts: how long another's is has no part in
	// when this one's turn comes.
	if head := a.line.head; head != nil && g.cfg.MaxQueueAge >= 0 && g.now()-head.since >= g.cfg.MaxQueueAge {
		// It is the customer's own doing when its line is longer than the others'.
		if a.line.len*len(g.fair.waiting) > g.fair.entries {
			return CustomerConcurrency, 0
		}
		return NodeFull, 0
	}
	return "", 0
}

// threshold is how much of something a customer may have with so much of it free.
func (g *Gate) threshold(free int64) float64 {
	if g.cfg.CustomerPerFree == -1 {
		return math.Inf(1)
	}
	return max(1, g.cfg.CustomerPerFree*float64(free))
}

func (g *Gate) refuse(customer string, a *account, reason Reason, limit int) error {
	err := &LimitedError{Reason: reason, Limit: limit, RetryAfter: g.retryAfter(a)}
	if reason == CustomerConcurrency {
		err.Customer = customer
		g.refused.CustomerConcurrency++
	} else {
		g.refused.NodeFull++
	}
	return err
}

// retryAfter estimates when a render of this customer that came now would get
// its slot: after the others have had their turns before it, at the pace of all
// slots together.
func (g *Gate) retryAfter(a *account) time.Duration {
	now := g.now()
	g.fair.advance(now)
	mean := g.mean.or(0)
	if mean == 0 {
		// Nothing has been measured but how long those in the slots have been there.
		for _, e := range g.fair.running {
			mean = max(mean, now-e.since)
		}
		if mean == 0 {
			mean = firstGuess
		}
	}
	work := g.fair.before(a, mean) + float64(mean)
	return max(time.Duration(work/float64(g.cfg.Slots)), time.Millisecond)
}

// Hold adds memory that the request keeps until it leaves, for example photos
// that were downloaded. It refuses nothing: what is too much shuts the door to
// those who come. Less than zero bytes are none, and so are those held after
// Leave.
func (p *Pass) Hold(bytes int64) {
	g := p.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if p.left || bytes <= 0 {
		return
	}
	bytes = min(bytes, math.MaxInt64-g.held) // a sum must not overflow
	p.held += bytes
	p.account.held += bytes
	g.held += bytes
}

// Leave gives back the place and all memory held. It may be called twice.
func (p *Pass) Leave() {
	g := p.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if p.left {
		return
	}
	p.left = true
	g.held -= p.held
	p.account.held -= p.held
	p.account.inside--
	g.inside--
	g.accounts.rest(p.account, g.now)
}
