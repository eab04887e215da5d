package api

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	otherCustomers = "other"
	rankedEvery    = time.Minute
	candidatesPer  = 4 // customers that are counted for each that is named
	clearly        = 2 // how many times as many requests displace
)

// customerLabels decides which customers metrics name: the busiest, up to a number; the rest is "other". Whoever is named
// stays so until another has clearly more requests, so that series do not come and go. Counts are halved each time they
// are ranked: what counts is the last few minutes.
type customerLabels struct {
	most   int
	now    func() time.Time
	forget func(customer string) // drops the series of one that is named no longer

	mu     sync.Mutex
	counts map[string]*labelCount
	named  int
	ranked time.Time
}

type labelCount struct {
	requests float64
	named    bool
}

func newCustomerLabels(most int, forget func(customer string)) *customerLabels {
	return &customerLabels{most: most, now: time.Now, forget: forget, counts: map[string]*labelCount{}, ranked: time.Now()}
}

// count counts a request of a customer and calls f with the name that its series have. No name is forgotten before f
// returns: the series that it makes would never be.
func (l *customerLabels) count(customer string, f func(label string)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f(l.label(customer))
}

// label counts a request of a customer and returns the name that its series have. A request that is nobody's has none,
// and a customer of the name that the rest has is of the rest. Mu is held.
func (l *customerLabels) label(customer string) string {
	if customer == "" || customer == otherCustomers {
		return customer
	}
	customer = strings.ToValidUTF8(customer, "�") // others would be a panic
	if now := l.now(); now.Sub(l.ranked) >= rankedEvery {
		l.ranked = now
		l.rank()
	}
	c := l.counts[customer]
	if c == nil {
		if len(l.counts) >= l.most*(1+candidatesPer) {
			l.wear()
			return otherCustomers
		}
		c = &labelCount{named: l.named < l.most}
		if c.named {
			l.named++
		}
		l.counts[customer] = c
	}
	c.requests++
	if !c.named {
		return otherCustomers
	}
	return customer
}

// wear takes a request off each customer that has no name, for one that has no place among them. So those that ask little
// make room for those that ask a lot (Misra and Gries), and each request is taken off once at most.
func (l *customerLabels) wear() {
	for customer, c := range l.counts {
		if c.named {
			continue
		}
		if c.requests--; c.requests <= 0 {
			delete(l.counts, customer)
		}
	}
}

// rank gives names to those that have clearly earned one, and forgets who is idle.
func (l *customerLabels) rank() {
	var named, others []string
	for customer, c := range l.counts {
		c.requests /= 2
		switch {
		case c.named:
			named = append(named, customer)
		case c.requests < 1:
			delete(l.counts, customer)
		default:
			others = append(others, customer)
		}
	}
	byRequests := func(x, y string) int {
		return cmp.Or(cmp.Compare(l.counts[x].requests, l.counts[y].requests), cmp.Compare(x, y))
	}
	slices.SortFunc(named, byRequests)
	slices.SortFunc(others, func(x, y string) int { return byRequests(y, x) })
	for i, customer := range others {
		if i >= len(named) || l.counts[customer].requests < clearly*max(l.counts[named[i]].requests, 1) {
			return
		}
		l.counts[customer].named = true
		delete(l.counts, named[i])
		l.forget(named[i])
	}
}
