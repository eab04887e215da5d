// Package reqlog keeps records of sampled requests: the first failures and refusals of
// each second and one in a hundred of those beyond, and one success in so many, chosen
// by the hash of the request's ID. A kept record carries its weight, how many it stands
// for, so that sums over the log stay true.
package reqlog

import (
	"hash/fnv"
	"sync/atomic"
	"time"

	"go.uber.org/zap"
)

// Log samples records and writes them. It is safe for concurrent use.
type Log struct {
	zap   *zap.Logger
	every uint64
	now   func() time.Time

	failures      burst
	kept, dropped atomic.Uint64
}

// New returns a log that keeps one success in every; 1 keeps all, 0 none.
func New(logger *zap.Logger, every int) *Log {
	return &Log{zap: logger, every: uint64(max(every, 0)), now: time.Now}
}

// Add keeps or drops a record.
func (l *Log) Add(r *Record) {
	weight := l.weight(r)
	if weight == 0 {
		l.dropped.Add(1)
		return
	}
	l.kept.Add(1)
	fields := []zap.Field{
		zap.String("request_id", r.RequestID), zap.String("customer", r.Customer), zap.String("template", r.Template),
		zap.Int("version", r.Version), zap.Int("status", r.Status), zap.Int("bytes", r.Bytes), zap.Uint64("weight", weight),
		zap.Float64("total_ms", ms(r.Total)), zap.String("user_agent", r.Agent),
	}
	if r.Cache != "" {
		fields = append(fields, zap.String("cache", r.Cache))
	}
	if r.Reason != "" {
		fields = append(fields, zap.String("reason", r.Reason))
	}
	for _, s := range r.Stages {
		fields = append(fields, zap.Float64(s.Name+"_ms", ms(s.Took)))
	}
	if r.Degraded {
		fields = append(fields, zap.Bool("degraded", true))
	}
	if len(r.Cut) > 0 {
		fields = append(fields, zap.Strings("text_cut", r.Cut))
	}
	if r.Missing != "" {
		fields = append(fields, zap.String("missing_glyphs", r.Missing))
	}
	if r.Error == "" {
		l.zap.Info("render", fields...)
		return
	}
	fields = append(fields, zap.String("error", r.Error), zap.String("detail", r.Detail))
	l.zap.Warn("render", fields...)
}

// weight is how many requests a record stands for; 0 drops it.
func (l *Log) weight(r *Record) uint64 {
	every := l.every
	if r.Error != "" || r.Degraded || r.Missing != "" {
		if l.failures.within(l.now(), failuresPerSecond) {
			return 1
		}
		every = failureEvery
	}
	if every == 0 || hash(r.RequestID)%every != 0 {
		return 0
	}
	return every
}

// hash is FNV-1a.
func hash(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}

// Counts tells how many records were kept and dropped.
func (l *Log) Counts() (kept, dropped uint64) { return l.kept.Load(), l.dropped.Load() }

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
