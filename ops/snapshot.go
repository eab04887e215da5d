package ops

import (
	"cmp"
	"slices"
	"time"
)

const shownCustomers = 200

// Counted is what a board knows at one moment.
type Counted struct {
	Totals    Rates
	Stages    []Latency
	Customers []Customer // the busiest; or those that were asked for
	Templates Templates
}

// Snapshot returns the state of the node and of its busiest customers.
func (b *Board) Snapshot() Counted {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := b.now()
	now := at.Unix()
	sum, _ := b.node.seconds.lately(now)
	out := Counted{Totals: sum.rates(span(at)), Stages: b.node.latencies(now), Templates: b.topTemplates(now, ""), Customers: []Customer{}}
	for _, id := range b.busiest(now) {
		out.Customers = append(out.Customers, b.customer(id, at))
	}
	return out
}

// CustomerDetail is one customer as its own page shows it.
type CustomerDetail struct {
	Customer
	Stages    []Latency `json:"stages"`
	Templates Templates `json:"templates"`

	asked bool // for anything, lately
}

// Customer returns what is known of one customer, which is nothing when it has not asked lately.
func (b *Board) Customer(id string) CustomerDetail {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := b.now()
	now := at.Unix()
	d := CustomerDetail{Customer: b.customer(id, at), Stages: []Latency{}, Templates: b.topTemplates(now, id)}
	if k := b.customers.of[id]; k != nil {
		d.asked, d.Stages = true, k.value.latencies(now)
	}
	return d
}

// busiest lists customers by their requests of the last seconds, then by when they asked last.
func (b *Board) busiest(now int64) []string {
	type busy struct {
		id   string
		n    uint32
		used int64
	}
	all := make([]busy, 0, len(b.customers.of))
	for id, k := range b.customers.of {
		sum, _ := k.value.seconds.lately(now)
		all = append(all, busy{id, sum.all, k.used})
	}
	slices.SortFunc(all, func(x, y busy) int {
		return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(y.used, x.used), cmp.Compare(x.id, y.id))
	})
	ids := make([]string, min(shownCustomers, len(all)))
	for i := range ids {
		ids[i] = all[i].id
	}
	return ids
}

func (b *Board) customer(id string, at time.Time) Customer {
	now := at.Unix()
	c := Customer{ID: id, Refusals: []Refusal{}, Spark: []float64{}}
	k := b.customers.of[id]
	if k == nil {
		return c
	}
	t := k.value
	sum, lately := t.seconds.lately(now)
	c.Rates, c.Quantiles, c.Spark = sum.rates(span(at)), t.window.stage(now, 0).quantiles(), t.spark.rates(now)
	for i, n := range t.window.refusals(now) {
		if n > 0 {
			c.Refusals = append(c.Refusals, Refusal{Reason: b.reasons[i], Count: n, Rate: round(float64(lately[i]) / span(at))})
		}
	}
	slices.SortFunc(c.Refusals, func(x, y Refusal) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Reason, y.Reason))
	})
	return c
}

func (t *tally) latencies(now int64) []Latency {
	out := []Latency{}
	for i, name := range stageNames {
		if h := t.window.stage(now, i); h.n > 0 {
			out = append(out, Latency{Stage: name, Count: h.n, Quantiles: h.quantiles()})
		}
	}
	return out
}
