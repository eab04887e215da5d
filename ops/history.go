package ops

import "time"

const (
	stepSeconds = 10
	steps       = 360 // an hour
)

// History is the node's last hour in steps, oldest first. A step is null while the node did not run.
type History struct {
	End     time.Time  `json:"end"` // of the last step
	Step    int        `json:"step_s"`
	Rate    []*float64 `json:"rate"` // a second
	Good    []*float64 `json:"good"`
	Refused []*float64 `json:"refused"`
	Failed  []*float64 `json:"failed"`
	P99     []*float64 `json:"p99"`  // milliseconds
	Busy    []*float64 `json:"busy"` // share of the CPU slots
	Bytes   []*float64 `json:"bytes"`
}

// history is a ring of steps; the one that runs is not shown.
type history struct {
	at      [steps]int64 // number of the step
	done    [steps]step
	running step
	number  int64
	took    histogram
	busy    float64 // sum of what was looked at
	looks   int
}

type step struct {
	counts counts
	p99    time.Duration
	busy   float64
}

// turn ends the steps that are over at now.
func (h *history) turn(now int64) {
	number := now / stepSeconds
	if number == h.number {
		return
	}
	if h.number != 0 {
		h.running.p99 = h.took.quantile(.99)
		if h.looks > 0 {
			h.running.busy = h.busy / float64(h.looks)
		}
		i := h.number % steps
		h.at[i], h.done[i] = h.number, h.running
	}
	h.number, h.running, h.took, h.busy, h.looks = number, step{}, histogram{}, 0, 0
}

func (h *history) add(now int64, c counts, took time.Duration) {
	h.turn(now)
	h.running.counts.add(c)
	if c.refused == 0 {
		h.took.add(took)
	}
}

// look notes which share of the CPU slots is busy.
func (h *history) look(now int64, busy float64) {
	h.turn(now)
	h.busy += busy
	h.looks++
}

func (h *history) snapshot(now int64) History {
	h.turn(now)
	out := History{End: time.Unix(h.number*stepSeconds, 0).UTC(), Step: stepSeconds}
	for _, series := range out.series() {
		*series = make([]*float64, steps)
	}
	for i := range steps {
		number := h.number - steps + int64(i)
		if number < 0 || h.at[number%steps] != number {
			continue
		}
		s := &h.done[number%steps]
		per := func(n uint64) *float64 { return new(round(float64(n) / stepSeconds)) }
		out.Rate[i], out.Good[i] = per(uint64(s.counts.all)), per(uint64(s.counts.good))
		out.Refused[i], out.Failed[i] = per(uint64(s.counts.refused)), per(uint64(s.counts.failed))
		out.Bytes[i], out.P99[i], out.Busy[i] = per(s.counts.bytes), new(millis(s.p99)), new(round(s.busy))
	}
	return out
}

func (h *History) series() []*[]*float64 {
	return []*[]*float64{&h.Rate, &h.Good, &h.Refused, &h.Failed, &h.P99, &h.Busy, &h.Bytes}
}

// History returns the last hour.
func (b *Board) History() History {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.history.snapshot(b.now().Unix())
}

// Look notes which share of the CPU slots is busy now. It is called about once a second.
func (b *Board) Look(busy float64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.history.look(b.now().Unix(), busy)
}
