package fetcher

import (
	"container/list"
	"context"
	"sync"
	"time"

	"github.com/sony/gobreaker/v2"
)

// origin is what a fetcher knows of one host, so that a host in trouble costs as little as can be, itself and others.
//
// The argument: mu guards all that is not said to be guarded otherwise. A place is held by whom running counts or is in
// the hands of one waiter, to whom it was sent before it was taken out of queue, both under mu. So a waiter that gives up
// finds itself either in the queue, and leaves it, or with a place in its channel, and takes that: no place is lost,
// none is given twice, and nobody waits while a place is free. The breaker has a lock of its own; it is only called with
// mu held, so what it calls back runs under mu as well.
type origin struct {
	name     string // for people
	cfg      *Config
	counters *counters

	// Guarded by origins.mu.
	key   string
	users int
	idle  *list.Element

	held int64 // bytes of buffers; guarded by buffers.mu

	mu      sync.Mutex
	running int
	queue   list.List // of chan struct{}; the front has waited longest

	breaker   *gobreaker.TwoStepCircuitBreaker[struct{}] // see health.go
	broken    bool                                       // the breaker is not closed
	trips     int                                        // how often it has opened since it was last closed
	inRow     int                                        // failures since the last success
	last      Reason                                     // of the last failure
	why       string                                     // it opened
	restUntil time.Time                                  // the host is not asked before
	restWhy   string
	dead      *fault // what it answers until deadUntil
	deadUntil time.Time
	retries   float64 // that may be spent now
}

func newOrigin(name string, cfg *Config, counters *counters) *origin {
	o := &origin{name: name, cfg: cfg, counters: counters, retries: 1}
	o.breaker = newBreaker(o)
	return o
}

// enter takes one of the host's places, waiting for it at most Config.HostWait. Leave gives it back. Idly says that the
// photo is not urgent: then half of the places are left to others, and there is no waiting.
func (o *origin) enter(ctx context.Context, idly bool) (leave func(), err error) {
	turn, err := o.line(idly)
	if err != nil {
		return nil, err
	}
	if turn == nil {
		return o.leave, nil
	}
	o.counters.waiting.Add(1)
	defer o.counters.waiting.Add(-1)
	patience := time.NewTimer(o.cfg.HostWait)
	defer patience.Stop()
	select {
	case <-turn.Value.(chan struct{}):
	case <-patience.C:
		err = o.quit(turn, o.full("no place was free within %v", o.cfg.HostWait))
	case <-ctx.Done():
		err = context.Cause(ctx)
		if faultOf(err) != nil { // the time limit, of which the host has had nothing
			err = o.full("no place was free in time")
		}
		err = o.quit(turn, err)
	}
	if err != nil {
		return nil, err
	}
	return o.leave, nil
}

// line takes a free place or stands in line, and then returns where.
func (o *origin) line(idly bool) (turn *list.Element, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.refusal(time.Now()); err != nil {
		return nil, err
	}
	o.earnRetry()
	places := o.cfg.HostDownloads
	if idly {
		places -= places / 2
	}
	switch {
	case o.running < places:
		o.running++
		return nil, nil
	case idly:
		return nil, o.full("the other places are kept for photos that somebody waits for")
	case o.queue.Len() >= o.cfg.HostQueue:
		return nil, o.full("%d more wait for it", o.queue.Len())
	}
	return o.queue.PushBack(make(chan struct{}, 1)), nil
}

// quit leaves the line with err, unless the turn has come meanwhile.
func (o *origin) quit(turn *list.Element, err error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	select {
	case <-turn.Value.(chan struct{}):
		return nil
	default:
		o.queue.Remove(turn)
		return err
	}
}

// leave hands the place to the first in line. When the host is not to be asked any more, that one is refused as soon as
// it wants to ask, leaves, and so on: the line is empty at once.
func (o *origin) leave() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if first := o.queue.Front(); first != nil {
		o.queue.Remove(first).(chan struct{}) <- struct{}{} // has room for it
		return
	}
	o.running--
}

// full is the refusal of a host that has as many downloads as it gets.
func (o *origin) full(format string, args ...any) error {
	args = append([]any{o.name, o.cfg.HostDownloads}, args...)
	refused := faultf(OriginLimited, "expected fewer photos of %s at once: %d are being downloaded, "+format, args...)
	refused.local, refused.retryAfter = true, max(o.cfg.HostWait, time.Second)
	return refused
}
