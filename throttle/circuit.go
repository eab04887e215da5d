package throttle

import (
	"sync"
	"time"
)

// circuit keeps callers away from a Redis that has just failed. Safe for
// concurrent use.
type circuit struct {
	pause time.Duration

	mu    sync.Mutex
	err   error     // the last failure, nil while Redis answers
	until time.Time // with err: when the next caller may try
}

// allow reports whether the caller may try. After a failure that is one caller
// per pause; the others go without until it has reported.
func (c *circuit) allow() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		return true
	}
	now := time.Now()
	if now.Before(c.until) {
		return false
	}
	c.until = now.Add(c.pause)
	return true
}

// report takes the outcome of a call, and says whether it changed the state.
func (c *circuit) report(err error) (changed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	changed = (c.err == nil) != (err == nil)
	c.err = err
	if err != nil {
		c.until = time.Now().Add(c.pause)
	}
	return changed
}

// failure is the last failure, nil while Redis answers.
func (c *circuit) failure() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}
