package ops

import "time"

// Times are seconds since 1970 here: a ring needs to know which of its places are old, and nothing else.

const (
	rateSeconds = 5       // over which a rate is counted, and what has passed of the one that runs
	ringSeconds = 8       // more than these, and a power of two
	half        = 150     // seconds: a window is one to two of these
	sparkPoints = 60      // minutes of a sparkline
	stageTotal  = "total" // the whole request
	maxReasons  = 16      // to refuse; there are fewer
)

// stageNames are the stages that are kept, the whole request first.
var stageNames = [...]string{stageTotal, "template", "cache", "wait", "download", "render", "encode", "shared"}

func stageIndex(name string) int {
	for i, n := range stageNames {
		if n == name {
			return i
		}
	}
	return -1
}

// counts are requests by how they ended.
type counts struct {
	all, good, refused, failed, degraded uint32
	bytes                                uint64
}

func (c *counts) add(o counts) {
	c.all += o.all
	c.good += o.good
	c.refused += o.refused
	c.failed += o.failed
	c.degraded += o.degraded
	c.bytes += o.bytes
}

// byReason are refusals by reason, which a board numbers.
type byReason [maxReasons]uint32

// seconds are the counts of the last few seconds.
type seconds struct {
	at      [ringSeconds]int64
	counts  [ringSeconds]counts
	reasons [ringSeconds]byReason
}

func (s *seconds) add(now int64, c counts, reason int) {
	i := now % ringSeconds
	if s.at[i] != now {
		s.at[i], s.counts[i], s.reasons[i] = now, counts{}, byReason{}
	}
	s.counts[i].add(c)
	if reason >= 0 {
		s.reasons[i][reason]++
	}
}

// lately sums up the last whole seconds and the one that runs: who looks now must not wait for its end.
func (s *seconds) lately(now int64) (sum counts, reasons byReason) {
	for i, at := range s.at {
		if at <= now && at >= now-rateSeconds {
			sum.add(s.counts[i])
			reasons.add(&s.reasons[i])
		}
	}
	return sum, reasons
}

// span is of how many seconds lately tells.
func span(now time.Time) float64 { return rateSeconds + float64(now.Nanosecond())/1e9 }

func (r *byReason) add(other *byReason) {
	for i, n := range other {
		r[i] += n
	}
}

// spark counts requests by minute.
type spark struct {
	at     [sparkPoints]int64
	counts [sparkPoints]uint32
}

func (s *spark) add(now int64) {
	minute := now / 60
	i := minute % sparkPoints
	if s.at[i] != minute {
		s.at[i], s.counts[i] = minute, 0
	}
	s.counts[i]++
}

// rates are requests a second by minute, oldest first; the minute that runs is the last.
func (s *spark) rates(now int64) []float64 {
	minute := now / 60
	out := make([]float64, sparkPoints)
	for i := range out {
		m := minute - sparkPoints + 1 + int64(i)
		if at := m % sparkPoints; m >= 0 && s.at[at] == m {
			span := 60.0
			if m == minute {
				span = float64(max(now%60, 1))
			}
			out[i] = round(float64(s.counts[at]) / span)
		}
	}
	return out
}

// window keeps latencies and refusals of the last minutes: of the half that runs, and of the one before.
type window struct {
	from   int64 // when the half that runs began
	halves [2]halfWindow
}

type halfWindow struct {
	stages  [len(stageNames)]*histogram
	reasons byReason
}

// turn makes room for now.
func (w *window) turn(now int64) {
	from := now - now%half
	switch {
	case from == w.from:
		return
	case from == w.from+half:
		w.halves[1] = w.halves[0]
	default:
		w.halves[1] = halfWindow{}
	}
	w.from, w.halves[0] = from, halfWindow{}
}

func (w *window) took(now int64, stage int, d time.Duration) {
	w.turn(now)
	h := &w.halves[0].stages[stage]
	if *h == nil {
		*h = &histogram{}
	}
	(*h).add(d)
}

func (w *window) refused(now int64, reason int) {
	w.turn(now)
	w.halves[0].reasons[reason]++
}

// stage merges both halves of one stage.
func (w *window) stage(now int64, stage int) *histogram {
	w.turn(now)
	var h histogram
	h.merge(w.halves[0].stages[stage])
	h.merge(w.halves[1].stages[stage])
	return &h
}

// refusals are the counts by reason.
func (w *window) refusals(now int64) byReason {
	w.turn(now)
	sum := w.halves[0].reasons
	sum.add(&w.halves[1].reasons)
	return sum
}
