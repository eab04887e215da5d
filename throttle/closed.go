package throttle

import (
	"sync"
	"time"
)

// A refusal is good for a while: what stood against one request stands against the
// next of the same customer that comes a moment later. Under a flood this saves
// Redis, and the process, a call for each.
const (
	closedPart = 8                      // of the time until a retry would succeed
	closedMost = 100 * time.Millisecond // so that limits which are raised count soon
	maxClosed  = 1024                   // customers; more are asked for each
)

// closed remembers who was refused a moment ago. Safe for concurrent use.
type closed struct {
	mu sync.Mutex
	of map[string]shut
}

type shut struct {
	until time.Time
	err   LimitedError // as it was then
	since time.Time
}

// shut keeps a refusal for a part of the time that it tells the customer to wait.
func (c *closed) shut(e *LimitedError) {
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.of) >= maxClosed {
		for customer, s := range c.of {
			if now.After(s.until) {
				delete(c.of, customer)
			}
		}
	}
	if len(c.of) < maxClosed {
		c.of[e.Customer] = shut{until: now.Add(min(e.RetryAfter/closedPart, closedMost)), err: *e, since: now}
	}
}

// look returns the refusal that still stands against a customer, or nil.
func (c *closed) look(customer string) *LimitedError {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, ok := c.of[customer]
	if !ok {
		return nil
	}
	now := time.Now()
	if now.After(s.until) {
		delete(c.of, customer)
		return nil
	}
	e := s.err
	e.RetryAfter -= now.Sub(s.since)
	return &e
}

// recent returns the refusals that still stand, as far as is known.
func (c *closed) recent() []LimitedError {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	var still []LimitedError
	for _, s := range c.of {
		if e := s.err; e.RetryAfter > now.Sub(s.since) {
			e.RetryAfter -= now.Sub(s.since)
			still = append(still, e)
		}
	}
	return still
}
