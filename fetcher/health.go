package fetcher

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/sony/gobreaker/v2"
)

const (
	failureWindow = 30 * time.Second // over which the share of failures is counted
	failureBucket = 3 * time.Second
	longestRest   = time.Minute      // of a host, however long it has failed and whatever it asks for
	deadTime      = 10 * time.Second // that a host which is not there is taken to stay away
	lastWords     = 256              // bytes of a host's last failure that are repeated
)

// errNotTheirs is an outcome that says nothing about the host.
var errNotTheirs = errors.New("not the host's doing")

// newBreaker returns a circuit breaker that opens after Config.HostFailures failures in a row, or when half of at least
// twice as many requests failed within the window. How long it stays open is the origin's rest, which grows and is
// random; the breaker's own time is next to nothing. Then one request at a time tries whether the host is well again.
func newBreaker(o *origin) *gobreaker.TwoStepCircuitBreaker[struct{}] {
	most := uint32(o.cfg.HostFailures)
	return gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		MaxRequests:  1,
		Interval:     failureWindow,
		BucketPeriod: failureBucket,
		Timeout:      time.Nanosecond,
		IsExcluded:   func(err error) bool { return errors.Is(err, errNotTheirs) },
		ReadyToTrip: func(c gobreaker.Counts) bool {
			o.why = fmt.Sprintf("has failed %d of %d times", c.TotalFailures, c.TotalSuccesses+c.TotalFailures)
			return c.ConsecutiveFailures >= most || c.TotalFailures >= most && c.TotalFailures >= c.TotalSuccesses
		},
		OnStateChange: func(_ string, _, to gobreaker.State) { o.changed(to) },
	})
}

// changed is called by the breaker, under mu.
func (o *origin) changed(to gobreaker.State) {
	switch to {
	case gobreaker.StateOpen:
		if !o.broken {
			o.counters.openHosts.Add(1)
		}
		o.broken = true
		rest := min(o.cfg.HostRest<<min(o.trips, 16), longestRest)
		o.trips++
		o.rest(time.Now().Add(rest/2 + rand.N(rest/2+1)))
	case gobreaker.StateClosed:
		o.broken, o.trips = false, 0
		o.counters.openHosts.Add(-1)
	}
}

// forgotten takes o out of the counts.
func (o *origin) forgotten() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.broken {
		o.counters.openHosts.Add(-1)
	}
}

func (o *origin) rest(until time.Time) {
	if until.After(o.restUntil) {
		o.restUntil = until
	}
}

// refusal returns why the host is not asked now, or nil. Mu is held.
func (o *origin) refusal(now time.Time) error {
	if left := o.deadUntil.Sub(now); o.dead != nil && left > 0 {
		return o.dead.remembered(left)
	}
	return o.resting(now)
}

func (o *origin) resting(now time.Time) error {
	if left := o.restUntil.Sub(now); left > 0 {
		return o.limited(left)
	}
	return nil
}

func (o *origin) limited(wait time.Duration) error {
	refused := faultf(OriginLimited, "%s %s; asked again in %v", o.name, o.restWhy, shown(wait))
	refused.local, refused.retryAfter = true, wait
	return refused
}

// ask returns tell, which must be called with the outcome of one request, or why there must be none. Again says that it
// is a retry, which is to find out whether the host is there after all.
func (o *origin) ask(again bool) (tell func(err error), err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := time.Now()
	if again {
		err = o.resting(now)
	} else {
		err = o.refusal(now)
	}
	if err != nil {
		return nil, err
	}
	done, err := o.breaker.Allow()
	if err != nil { // another request tries whether the host is well
		return nil, o.limited(o.cfg.HostRest)
	}
	return func(err error) { o.learn(err, done) }, nil
}

// learn draws the conclusions of one request.
func (o *origin) learn(err error, done func(error)) {
	now := time.Now()
	o.mu.Lock()
	defer o.mu.Unlock()
	var cause *fault
	switch isFault := errors.As(err, &cause); {
	case err == nil:
		o.inRow, o.dead = 0, nil
		done(nil)
		return
	case !isFault, cause.local, cause.reason == Internal, cause.reason == BlockedAddress:
		done(errNotTheirs)
	case !cause.temporary():
		o.inRow, o.dead = 0, nil
		done(nil)
		return
	default:
		o.inRow++
		o.last = cause.reason
		done(err)
		if o.inRow >= o.cfg.HostFailures {
			o.why = fmt.Sprintf("has failed %d times in a row", o.inRow)
		}
		if o.broken {
			o.restWhy = fmt.Sprintf("%s, last: %s: %s", o.why, cause.reason, cut(cause.Error(), lastWords))
		}
	}
	if cause != nil && isDead(cause) && o.cfg.Negative > 0 {
		o.dead, o.deadUntil = cause.flat(), now.Add(min(deadTime, o.cfg.Negative))
	}
	if cause != nil && cause.retryAfter > 0 && !cause.local {
		o.rest(now.Add(cause.retryAfter))
		if !o.broken {
			o.restWhy = fmt.Sprintf("has asked to be left alone (status %d)", cause.status)
		}
	}
}

// isDead says that the host is not there: its name is unknown, its address must not be asked, or nobody listens.
func isDead(cause *fault) bool {
	var dns *net.DNSError
	switch cause.reason {
	case DNS:
		return errors.As(cause.err, &dns) && dns.IsNotFound
	case Connect:
		return errors.Is(cause.err, syscall.ECONNREFUSED)
	case BlockedAddress:
		return true
	}
	return false
}

// tooBusy says that a shop has asked for fewer requests.
func tooBusy(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

// shown is a time as people like to read it.
func shown(d time.Duration) time.Duration {
	if d < time.Second {
		return max(d.Round(time.Millisecond), time.Millisecond)
	}
	return d.Round(100 * time.Millisecond)
}

func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return s[:limit] + "…"
}
