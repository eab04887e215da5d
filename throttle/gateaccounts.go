package throttle

import (
	"strings"
	"time"
)

// An account that has nothing in the gate is closed when it has rested so long,
// or when so many others have come to rest after it: names are cheap to make up.
const (
	longestRest = time.Minute
	mostResting = 1024
)

// accounts are those of all customers that have something in the gate, or had a
// moment ago: what a customer has used should not be forgotten between two of
// its requests. Its owner's lock guards it.
type accounts struct {
	of      map[string]*account
	resting int
	newest  *account // of those resting
	oldest  *account
}

// open makes an account for a customer that has none.
func (s *accounts) open(customer string) *account {
	// The name may be a part of a long URL, which should not stay with it.
	a := &account{customer: strings.Clone(customer)}
	s.of[a.customer] = a
	return a
}

// wake tells that the account is to be used.
func (s *accounts) wake(a *account) {
	if !a.resting {
		return
	}
	if a.newer != nil {
		a.newer.older = a.older
	} else {
		s.newest = a.older
	}
	if a.older != nil {
		a.older.newer = a.newer
	} else {
		s.oldest = a.newer
	}
	a.newer, a.older, a.resting = nil, nil, false
	s.resting--
}

// rest tells that something of the account has left the gate. When that was the
// last, the account rests, and up to two that have rested too long are closed:
// more than come, so that they become fewer, and few enough for a moment.
func (s *accounts) rest(a *account, clock func() time.Duration) {
	if a.inside > 0 || a.busy() || a.resting {
		return
	}
	now := clock()
	a.resting, a.restSince = true, now
	if a.older = s.newest; a.older != nil {
		a.older.newer = a
	} else {
		s.oldest = a
	}
	s.newest = a
	s.resting++
	for range 2 {
		if old := s.oldest; s.resting > mostResting || now-old.restSince > longestRest {
			s.wake(old)
			delete(s.of, old.customer)
		}
	}
}
