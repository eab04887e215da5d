package api

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// The busiest customers are named, however many there are; who is clearly busier takes the name of another.
func TestCustomerLabels(t *testing.T) {
	t.Parallel()
	now := time.Now()
	var forgotten []string
	l := newCustomerLabels(2, func(customer string) { forgotten = append(forgotten, customer) })
	l.now = func() time.Time { return now }
	ask := func(customer string, times int, want string) {
		t.Helper()
		for range times {
			var got string
			if l.count(customer, func(label string) { got = label }); got != want {
				t.Fatalf("%s is called %q; want %q", customer, got, want)
			}
		}
	}
	ask("", 5, "")
	ask("acme", 10, "acme")
	ask("shoes", 10, "shoes")
	ask("crowd", 15, otherCustomers)
	for i := range 100 {
		ask(fmt.Sprintf("stranger-%d", i), 1, otherCustomers)
	}
	if len(l.counts) > 10 {
		t.Errorf("%d customers are counted; want at most 10", len(l.counts))
	}
	now = now.Add(rankedEvery)
	ask("crowd", 1, otherCustomers) // more than the others, but not clearly
	ask("acme", 50, "acme")
	ask("crowd", 50, otherCustomers)
	now = now.Add(rankedEvery)
	ask("crowd", 1, "crowd")
	ask("acme", 1, "acme")
	ask("shoes", 1, otherCustomers)
	if !slices.Equal(forgotten, []string{"shoes"}) {
		t.Errorf("forgotten: %v; want shoes alone", forgotten)
	}
}

// Nobody ranks customers, and so forgets a name, while a request is counted by it: its series would come back for good.
func TestNamesLastWhileUsed(t *testing.T) {
	t.Parallel()
	l := newCustomerLabels(1, func(string) {})
	l.count("acme", func(label string) {
		if l.mu.TryLock() {
			l.mu.Unlock()
			t.Errorf("%s may be forgotten while it is used", label)
		}
	})
}

// Customers that all ask a little fill the places of those that may be named; who then asks a lot is named all the same.
func TestBusyNewcomer(t *testing.T) {
	t.Parallel()
	now := time.Now()
	l := newCustomerLabels(1, func(string) {})
	l.now = func() time.Time { return now }
	got := ""
	for range 5 { // minutes
		for _, customer := range []string{"acme", "a", "b", "c", "d"} {
			for range 3 {
				l.count(customer, func(string) {})
			}
		}
		for range 500 {
			l.count("crowd", func(label string) { got = label })
		}
		now = now.Add(rankedEvery)
	}
	if got != "crowd" {
		t.Errorf("the busiest customer is called %q", got)
	}
}
