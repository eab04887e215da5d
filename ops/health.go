package ops

import (
	"fmt"
	"time"
)

// since remembers when each trouble began, so that the page can tell.
type since map[string]time.Time

const (
	bad  = "bad"  // requests fail, or soon will
	warn = "warn" // something works less well than it should

	longWait = 1000 // milliseconds for the oldest of those who wait for a CPU

	// Failures are told of from so many a second, and so large a share of all.
	failing      = 0.5
	failingShare = 0.05
)

// troubles says what is wrong with the node, the worst first, whose fault it is and what helps.
func (s since) troubles(state *State) []Trouble {
	found := []Trouble{}
	now := map[string]bool{}
	add := func(wrong bool, level, what, format string, args ...any) {
		if !wrong {
			return
		}
		now[what] = true
		if s[what].IsZero() {
			s[what] = state.Time
		}
		found = append(found, Trouble{Level: level, What: what, Text: fmt.Sprintf(format, args...) + " Since " + moment(s[what], state.Time) + " UTC."})
	}
	add(state.Node.Draining, warn, "draining", "This node is draining: /readyz says 503, and load balancers send it nothing more.")
	add(!state.Redis.Up, bad, "redis", "Redis (%s) does not answer: limits count in this process alone, and nothing is evicted by age across processes. Look at the Redis of this node. It said: %s.", state.Redis.Address, state.Redis.Error)
	for _, d := range state.Disks {
		add(d.Refusing, bad, "disk_"+d.Files, "The disk refuses to take %s: the node serves on without keeping new ones. Look at free space and mount; --data names the folder.", d.Files)
	}
	full := state.Leases.Limit > 0 && state.Leases.Held >= state.Leases.Limit
	add(full, warn, "leases", "All %d leases of the node are out: it has all it can do. More nodes help, or a lower limit for whoever leads the table of customers.", state.Leases.Limit)
	add(state.Slots.Waiting > 0 && state.Slots.Oldest > longWait, warn, "slots", "Renders wait %.1f s for a CPU: the node has more than it can draw. More nodes help; the table of templates says which cost most.", state.Slots.Oldest/1000)
	add(state.Redis.Up && !state.Redis.Listening, warn, "listening", "Waiting requests ask Redis for their turn, as announcements are not heard. This ends by itself once Redis lets the node subscribe.")
	if e := state.Log.Elastic; e != nil {
		add(!e.Up, warn, "elastic", "Elasticsearch does not take the request log: %d records wait, %d were dropped so far. Requests are not slower for it.", e.Waiting, e.Dropped)
	}
	t := state.Totals
	add(t.Failed >= failing && t.Failed >= failingShare*t.Rate, warn, "failing", "Of %.1f requests a second %.1f fail, refusals not counted. The table of templates says which fail and why; what is not there was signed by nobody, and stands in the request log.", t.Rate, t.Failed)
	open := 0
	for _, h := range state.Hosts {
		if h.State != "closed" {
			open++
		}
	}
	add(open > 0, warn, "hosts", "Shops in trouble: %d. The node leaves them alone for a while; their photos come from the cache where it has them.", open)
	for what := range s {
		if !now[what] {
			delete(s, what)
		}
	}
	return found
}

// moment is a time of day, with the day when that is another one.
func moment(t, now time.Time) string {
	t, now = t.UTC(), now.UTC()
	if t.YearDay() != now.YearDay() || t.Year() != now.Year() {
		return t.Format("2006-01-02 15:04:05")
	}
	return t.Format("15:04:05")
}
