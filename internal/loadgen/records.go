package loadgen

import (
	"strconv"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// records count results. They are safe for concurrent use; one lock is enough, since
// a result takes about a microsecond of it.
type records struct {
	cfg Config

	mu                            sync.Mutex
	started                       time.Time
	last                          time.Time // when the last result came
	requests                      int64
	ok                            int64
	late                          int64
	retries                       int64
	left                          int64 // due and never sent
	stopped                       int64 // broken off
	bytes                         int64
	statuses                      map[string]int64
	refusals                      map[string]int64
	errors                        map[string]int64
	caches                        map[string]int64
	stages                        map[string]*mean
	all, success, refused, waited *hdrhistogram.Histogram
}

// mean adds up.
type mean struct {
	n   int64
	sum float64
}

// lateness is what a generator's own clock may take to wake it.
const lateness = 10 * time.Millisecond

// longest is the latency above which all count as that.
const longest = time.Hour

func newRecords(cfg Config) *records {
	// Three digits of microseconds; 180 KiB each.
	histogram := func() *hdrhistogram.Histogram { return hdrhistogram.New(1, longest.Microseconds(), 3) }
	return &records{cfg: cfg, statuses: map[string]int64{}, refusals: map[string]int64{}, errors: map[string]int64{},
		caches: map[string]int64{}, stages: map[string]*mean{},
		all: histogram(), success: histogram(), refused: histogram(), waited: histogram()}
}

func (r *records) begin(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.started, r.last = now, now
}

func (r *records) unsent() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left++
}

func (r *records) brokenOff() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped++
}

// add counts a result.
func (r *records) add(x *Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests++
	r.retries += int64(x.Retries)
	r.bytes += x.Bytes
	if x.Done.After(r.last) {
		r.last = x.Done
	}
	observe(r.all, x.Latency())
	observe(r.waited, x.Sent.Sub(x.Due))
	if x.Sent.Sub(x.Due) > lateness {
		r.late++
	}
	if x.Err != nil {
		count(r.errors, x.Kind)
	}
	if x.Status != 0 {
		count(r.statuses, statusWord(x.Status))
	}
	if word := cached(x.Header); word != "" {
		count(r.caches, word)
	}
	switch {
	case x.OK():
		r.ok++
		observe(r.success, x.Latency())
		r.stage(x)
	case x.Refused():
		count(r.refusals, x.refusal())
		observe(r.refused, x.Latency())
	}
	if r.cfg.Observe != nil {
		r.cfg.Observe(x)
	}
}

// statusWord is "200" without an allocation for what comes often.
func statusWord(status int) string {
	switch status {
	case 200:
		return "200"
	case 304:
		return "304"
	case 429:
		return "429"
	}
	return strconv.Itoa(status)
}

func (r *records) stage(x *Result) {
	for _, header := range x.Header["Server-Timing"] {
		stages(header, func(name string, ms float64) {
			name = word(name)
			m := r.stages[name]
			if m == nil {
				if len(r.stages) >= maxWords {
					return
				}
				m = &mean{}
				r.stages[name] = m
			}
			m.n++
			m.sum += ms
		})
	}
}

func observe(h *hdrhistogram.Histogram, d time.Duration) {
	_ = h.RecordValue(max(0, min(d, longest)).Microseconds()) // never out of range
}

// Progress is how far a load is.
type Progress struct {
	Requests, OK, Failed int64
	Took                 time.Duration
	P99                  time.Duration
}

func (r *records) progress() Progress {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := Progress{Requests: r.requests, OK: r.ok, Failed: r.requests - r.ok}
	if !r.started.IsZero() {
		p.Took = time.Since(r.started)
	}
	p.P99 = time.Duration(r.all.ValueAtQuantile(99)) * time.Microsecond
	return p
}
