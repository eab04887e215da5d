package loadgen

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"
)

// Load sends requests, once.
type Load struct {
	cfg       Config
	arrivals  arrivals
	transport http.RoundTripper
	fixed     http.Header // of requests without an agent of their own
	records   *records
}

// New returns a load that is ready to run.
func New(cfg Config) (*Load, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	l := &Load{cfg: cfg, arrivals: newArrivals(cfg), transport: cfg.Transport, records: newRecords(cfg)}
	if l.transport == nil {
		l.transport = newClient(cfg)
	}
	l.fixed = l.header(cfg.Agent)
	return l, nil
}

// Progress is what has been done so far. It may be called while Run runs.
func (l *Load) Progress() Progress { return l.records.progress() }

// job is a request with its moment, which is zero in a closed loop.
type job struct {
	target Target
	due    time.Time
}

// Run sends what the source gives until it ends, a limit is reached or ctx ends. In
// the last case what runs is broken off and counted as such, in no other number. The
// error is the source's; the report holds what was done before it. Run is called once.
//
// The caller's goroutine reads the source and waits for each request's moment. It
// hands jobs over a channel without a buffer, to a goroutine that is idle if there is
// one, else to a new one while fewer than the bound run; else it waits, and so do all
// that follow. No queue can grow, and since the moments do not depend on this wait,
// it counts in the latency of each.
func (l *Load) Run(ctx context.Context, from Source) (Report, error) {
	if closer, ok := l.transport.(interface{ CloseIdleConnections() }); ok {
		defer closer.CloseIdleConnections()
	}
	jobs := make(chan job)
	var workers sync.WaitGroup
	started := 0
	hand := func(j job, wait bool) bool {
		select {
		case jobs <- j:
			return true
		default:
		}
		if started < l.most() {
			started++
			workers.Go(func() { l.work(ctx, jobs) })
		} else if !wait {
			return false
		}
		select {
		case jobs <- j:
			return true
		case <-ctx.Done():
			return false
		}
	}
	begin := time.Now()
	l.records.begin(begin)
	ended, err := l.dispatch(ctx, from, begin, hand)
	sent := time.Now()
	close(jobs)
	workers.Wait()
	report := l.records.report(sent, time.Now())
	report.Ended = ended
	return report, err
}

func (l *Load) most() int {
	if l.arrivals == nil {
		return l.cfg.Concurrency
	}
	return l.cfg.MaxInFlight
}

// Why a load ended.
const (
	EndOfInput  = "input"
	EndLimit    = "limit"
	EndDuration = "duration"
	EndStopped  = "stopped"
)

func (l *Load) dispatch(ctx context.Context, from Source, begin time.Time, hand func(j job, wait bool) bool) (ended string, err error) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for n := int64(0); l.cfg.Limit == 0 || n < l.cfg.Limit; n++ {
		target, err := from.Next()
		switch {
		case ctx.Err() != nil:
			return EndStopped, nil
		case errors.Is(err, io.EOF):
			return EndOfInput, nil
		case err != nil:
			return EndOfInput, err
		}
		j := job{target: target}
		passed := time.Since(begin)
		if l.arrivals != nil {
			due := l.arrivals(target)
			if l.cfg.Duration > 0 && due >= l.cfg.Duration {
				return EndDuration, nil
			}
			j.due = begin.Add(due)
			if l.cfg.Duration > 0 && passed >= l.cfg.Duration {
				// It was due. If no place is free, it never will be sent: a server too slow
				// to be asked is not a server that was asked less.
				if !hand(j, false) {
					l.records.unsent()
				}
				continue
			}
			if due > passed {
				timer.Reset(due - passed)
				select {
				case <-timer.C:
				case <-ctx.Done():
					return EndStopped, nil
				}
			}
		} else if l.cfg.Duration > 0 && passed >= l.cfg.Duration {
			return EndDuration, nil
		}
		if !hand(j, true) {
			return EndStopped, nil
		}
	}
	return EndLimit, nil
}

// work makes one request after the other.
func (l *Load) work(ctx context.Context, jobs <-chan job) {
	f := fetch{load: l, scratch: make([]byte, 32<<10)}
	for j := range jobs {
		result := f.do(ctx, j)
		if ctx.Err() != nil && result.Err != nil {
			l.records.brokenOff()
			continue
		}
		l.records.add(&result)
	}
}

func (l *Load) header(agent string) http.Header {
	h := l.cfg.Header.Clone()
	if h == nil {
		h = http.Header{}
	}
	if h.Get("User-Agent") == "" {
		h.Set("User-Agent", agent)
	}
	return h
}
