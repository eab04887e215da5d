package loadgen

import (
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// Report is what came of a load.
type Report struct {
	// Loop is open, closed or replay.
	Loop string `json:"loop"`
	// LatencyFrom is the moment that latencies count from: due or sent.
	LatencyFrom string `json:"latency_from"`
	// Rate or Concurrency that was asked for.
	Rate        float64 `json:"rate,omitempty"`
	Concurrency int     `json:"concurrency,omitempty"`
	// Ended is why: input, limit, duration or stopped.
	Ended string `json:"ended"`
	// Took is the time until the last answer, Sending that until the last request.
	Took    float64 `json:"took_s"`
	Sending float64 `json:"sending_s"`

	Requests int64 `json:"requests"` // that came to an end
	OK       int64 `json:"ok"`       // answered 2xx or 304, whole
	Late     int64 `json:"late"`     // sent more than 10 ms after they were due
	Unsent   int64 `json:"unsent"`   // due before the end, and never sent
	Stopped  int64 `json:"stopped"`  // under way when the load was stopped; in no other number
	Retries  int64 `json:"retries"`  // after refusals

	Statuses map[string]int64 `json:"statuses"`
	Refusals map[string]int64 `json:"refusals"` // 429 and 503, by type/reason of their problem
	Errors   map[string]int64 `json:"errors"`   // without a whole answer, by kind
	Cache    map[string]int64 `json:"cache"`    // answers that say how a cache met them
	// HitRatio is the share of those that no render was needed for.
	HitRatio float64 `json:"hit_ratio"`

	Bytes     int64   `json:"bytes"`
	PerSecond float64 `json:"requests_per_s"` // that came to an end
	OKRate    float64 `json:"ok_per_s"`

	Latency Latencies `json:"latency_ms"`
	// Stages are the means of Server-Timing, over good answers, in ms.
	Stages map[string]float64 `json:"stages_ms"`
	// Input is what was read, if it was read from somewhere.
	Input *Input `json:"input,omitempty"`
}

// Latencies are percentiles of different requests.
type Latencies struct {
	All     Percentiles `json:"all"`
	OK      Percentiles `json:"ok"`
	Refused Percentiles `json:"refused"`
	// Waited is the part of All that passed before a request was sent.
	Waited Percentiles `json:"waited"`
}

// Percentiles are milliseconds, exact to three digits.
type Percentiles struct {
	N    int64   `json:"n"`
	Mean float64 `json:"mean"`
	P50  float64 `json:"p50"`
	P90  float64 `json:"p90"`
	P99  float64 `json:"p99"`
	P999 float64 `json:"p999"`
	Max  float64 `json:"max"`
}

func percentiles(h *hdrhistogram.Histogram) Percentiles {
	ms := func(us int64) float64 { return float64(us) / 1000 }
	return Percentiles{N: h.TotalCount(), Mean: h.Mean() / 1000, P50: ms(h.ValueAtQuantile(50)), P90: ms(h.ValueAtQuantile(90)),
		P99: ms(h.ValueAtQuantile(99)), P999: ms(h.ValueAtQuantile(99.9)), Max: ms(h.Max())}
}

// report sums up. sent is when the last request was sent.
func (r *records) report(sent, now time.Time) Report {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := Report{
		Loop: "open", LatencyFrom: "due", Rate: r.cfg.Rate, Concurrency: r.cfg.Concurrency,
		Took: now.Sub(r.started).Seconds(), Sending: sent.Sub(r.started).Seconds(),
		Requests: r.requests, OK: r.ok, Late: r.late, Unsent: r.left, Stopped: r.stopped, Retries: r.retries,
		Statuses: r.statuses, Refusals: r.refusals, Errors: r.errors, Cache: r.caches, Bytes: r.bytes,
		Latency: Latencies{All: percentiles(r.all), OK: percentiles(r.success), Refused: percentiles(r.refused), Waited: percentiles(r.waited)},
		Stages:  make(map[string]float64, len(r.stages)),
	}
	switch {
	case r.cfg.Concurrency > 0:
		p.Loop, p.LatencyFrom = "closed", "sent"
	case r.cfg.Replay > 0:
		p.Loop = "replay"
	}
	for name, m := range r.stages {
		p.Stages[name] = m.sum / float64(m.n)
	}
	known := int64(0)
	for _, n := range r.caches {
		known += n
	}
	if known > 0 {
		p.HitRatio = float64(known-r.caches["miss"]-r.caches[others]) / float64(known)
	}
	if seconds := r.last.Sub(r.started).Seconds(); seconds > 0 {
		p.PerSecond, p.OKRate = float64(r.requests)/seconds, float64(r.ok)/seconds
	}
	return p
}
