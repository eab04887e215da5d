package reqlog

import (
	"strings"
	"sync"
	"time"
)

// kind is what a failure is counted under.
type kind struct{ err, reason string }

func kindOf(r *Record) kind {
	switch {
	case r.Error != "":
		return kind{r.Error, r.Reason}
	case r.Degraded:
		return kind{"degraded", r.Reason}
	default:
		return kind{"missing_glyphs", r.Reason}
	}
}

// account is what is known of one customer in one minute.
type account struct {
	minute    int64
	admitted  int // failures that were let into the buffer
	kept      int // failures that were granted
	exhausted int // a budget of which nothing was left; -1: none known
	dropped   tally
}

func (a *account) begin(minute int64) {
	*a = account{minute: minute, exhausted: -1}
}

// accounts are those of all customers who have failures, up to a number; the others share one, the account of requests
// that are nobody's, so that each of them is granted less, never more. It is safe for concurrent use.
type accounts struct {
	most int

	mu   sync.Mutex
	of   map[string]*account
	past []summary // of minutes that are over, not yet told
}

// summary is what there is to tell of a customer's minute.
type summary struct {
	customer string
	minute   int64
	dropped  tally
}

func newAccounts(most int) *accounts { return &accounts{most: most, of: map[string]*account{}} }

// minuteOf numbers minutes.
func minuteOf(t time.Time) int64 { return t.Unix() / 60 }

// get is the account of a customer, in this minute or, if the clock was set back, a later one.
func (s *accounts) get(customer string, minute int64) *account {
	a := s.of[customer]
	if a == nil && customer != "" && len(s.of) >= s.most {
		customer = ""
		a = s.of[""]
	}
	if a == nil {
		a = &account{}
		a.begin(minute)
		s.of[strings.Clone(customer)] = a // the name is part of a whole URL
	}
	if a.minute < minute || a.minute > minute+1 { // over; or the clock was set back
		s.retire(customer, a)
		a.begin(minute)
	}
	return a
}

// retire remembers what is to be told of an account whose minute is over.
func (s *accounts) retire(customer string, a *account) {
	if a.dropped.none() {
		return
	}
	if len(s.past) >= 2*s.most { // nobody has told them for long: the last one takes the rest
		last := &s.past[len(s.past)-1]
		last.customer = ""
		last.dropped.merge(&a.dropped)
		return
	}
	s.past = append(s.past, summary{customer: strings.Clone(customer), minute: a.minute, dropped: a.dropped})
}

// admit says whether a failure may be kept, as far as this process knows; if not, it is counted. It is all that a flood
// of failures costs.
func (s *accounts) admit(customer string, minute int64, budget int, k kind) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.get(customer, minute)
	if budget >= 0 && (a.admitted >= budget || a.exhausted >= budget) {
		a.dropped.add(k, &a.dropped.budget)
		return false
	}
	a.admitted++
	return true
}

// crowdedOut counts a record for which the buffer had no room.
func (s *accounts) crowdedOut(it item, minute int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.get(it.record.Account(), minute)
	if !it.failed {
		a.dropped.successes += it.weight
		return
	}
	a.admitted = max(a.admitted-1, 0) // another may be kept in its place
	a.dropped.add(kindOf(it.record), &a.dropped.buffer)
}

// overBudget counts a failure that was not granted.
func (s *accounts) overBudget(customer string, minute int64, k kind) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.get(customer, minute)
	a.dropped.add(k, &a.dropped.budget)
}

// settle books what was asked in a minute and what of it was granted.
func (s *accounts) settle(ask Ask, minute int64, granted int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.get(ask.Customer, minute)
	if a.minute != minute {
		return
	}
	a.kept += granted
	if granted < ask.Want {
		a.exhausted = max(a.exhausted, ask.Budget)
	}
}

// grant is what this process alone would grant.
func (s *accounts) grant(ask Ask, minute int64) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return max(min(ask.Want, ask.Budget-s.get(ask.Customer, minute).kept), 0)
}

// turn takes out what is to be told of the minutes before this one, and forgets them.
func (s *accounts) turn(minute int64) []summary {
	s.mu.Lock()
	defer s.mu.Unlock()
	for customer, a := range s.of {
		if a.minute != minute {
			s.retire(customer, a)
			delete(s.of, customer)
		}
	}
	past := s.past
	s.past = nil
	return past
}
