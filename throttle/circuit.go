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

// fail notes a failure, and says whether it is the first one. Later ones do not make the
// pause longer: allow has begun the next one.
func (c *circuit) fail(err error) (first bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	first = c.err == nil
	c.err = err
	if first {
		c.until = time.Now().Add(c.pause)
	}
	return first
}

// succeed notes an answer, and says whether it is the first one after a failure.
func (c *circuit) succeed() (first bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	first = c.err != nil
	c.err = nil
	return first
}

// hasten ends the pause: there is a sign that Redis is back.
func (c *circuit) hasten() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.until = time.Time{}
}

// failure is the last failure, nil while Redis answers.
func (c *circuit) failure() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}
