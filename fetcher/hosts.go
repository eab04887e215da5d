package fetcher

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// mostHosts is how many hosts are told of.
const mostHosts = 50

// Circuit says whether a host is asked for photos. Its words are stable.
type Circuit string

const (
	Closed   Circuit = "closed"    // it is asked
	HalfOpen Circuit = "half_open" // it has been in trouble: one request at a time tries whether it still is
	Open     Circuit = "open"      // it is not asked: it has failed too often, is not there, or wants to be left alone
)

// HostState is how it stands with a host of shops.
type HostState struct {
	Scheme   string // http or https
	Host     string // with its port, where that is not the scheme's
	Circuit  Circuit
	Failures int           // in a row, until now
	Reason   Reason        // of the last failure; empty while it is well
	Why      string        // it is not asked, for people; empty while it is
	Again    time.Duration // until it is asked again; 0 while it is
	Running  int           // downloads under way
	Waiting  int           // photos that wait for one of its places
}

// HostCounts are the hosts whose state is kept, by their circuits.
type HostCounts struct {
	Closed, HalfOpen, Open int
}

// Hosts returns the hosts that are in trouble or have something to do, the worst first and at most 50 of them: those
// that are not asked, then by failures in a row, then by photos that wait and that are being downloaded. Counts are of
// all hosts.
func (f *Fetcher) Hosts() (worst []HostState, counts HostCounts) {
	now := time.Now()
	for name, o := range f.origins.all() {
		s := o.state(now)
		switch s.Circuit {
		case Closed:
			counts.Closed++
			if s.Failures+s.Running+s.Waiting == 0 {
				continue
			}
		case HalfOpen:
			counts.HalfOpen++
		case Open:
			counts.Open++
		}
		s.Scheme, _, _ = strings.Cut(name, ":")
		worst = append(worst, s)
	}
	slices.SortFunc(worst, func(a, b HostState) int {
		return cmp.Or(cmp.Compare(b.Circuit.trouble(), a.Circuit.trouble()), cmp.Compare(b.Failures, a.Failures),
			cmp.Compare(b.Waiting, a.Waiting), cmp.Compare(b.Running, a.Running),
			strings.Compare(a.Host, b.Host), strings.Compare(a.Scheme, b.Scheme))
	})
	return worst[:min(len(worst), mostHosts)], counts
}

// trouble is how bad it is.
func (c Circuit) trouble() int { return slices.Index([]Circuit{Closed, HalfOpen, Open}, c) }

// state leaves the scheme out, which the host does not know.
func (o *origin) state(now time.Time) HostState {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := HostState{Host: o.name, Circuit: Closed, Failures: o.inRow, Running: o.running, Waiting: o.queue.Len()}
	if o.inRow > 0 || o.broken {
		s.Reason = o.last
	}
	dead := o.dead != nil && o.deadUntil.After(now)
	resting := o.restUntil.After(now)
	switch {
	case dead:
		s.Circuit, s.Reason, s.Why, s.Again = Open, o.dead.reason, o.dead.Error(), o.deadUntil.Sub(now)
	case resting:
		s.Circuit, s.Why, s.Again = Open, o.restWhy, o.restUntil.Sub(now)
	case o.broken:
		s.Circuit = HalfOpen
	}
	return s
}
