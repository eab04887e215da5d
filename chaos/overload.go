//go:build linux

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/adloom/adloom/internal/loadgen"
)

// maxWait is --max-wait of the nodes: how long a request may wait for its turn.
const maxWait = 2 * time.Second

// runOverload finds what a node can do and then asks for up to ten times as much.
// Whatever comes, what is served must stay what the node can do, refusals must come at
// once, and health checks must be answered.
func runOverload(ctx context.Context, b *bench) (err error) {
	const products = 130
	w, err := b.build(ctx, plan{customers: 10, nodes: 1, flags: []string{"--max-wait", maxWait.String()}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if err := b.warmUp(ctx, w, w.customers, products); err != nil {
		return err
	}
	capacity, err := b.capacity(ctx, w, w.customers, products)
	if err != nil {
		return err
	}
	b.table("asked, of capacity", "asked/s", "accepted/s", "of capacity", "with the whole CPU", "accepted p50 ms", "p99 ms", "refused", "refused p50 ms", "p99 ms",
		"neither", "sent late by p99 ms", "RSS MB", "/healthz p50 ms", "p99 ms", "max ms", sharesHead)
	var first step
	for i, times := range []float64{1, 2, 5, 10} {
		s, err := b.step(ctx, w, capacity, times, products, uint64(i))
		if err != nil {
			return err
		}
		if i == 0 {
			first = s
		}
		b.judge(s, first)
	}
	return nil
}

// step is one load of an overload.
type step struct {
	times    float64
	report   loadgen.Report
	accepted float64 // good answers a second, while requests were sent
	share    float64 // of the capacity, both as if nobody else had used the CPU
	seen     seen
}

func (b *bench) step(ctx context.Context, w *world, c capacity, times float64, products int, seed uint64) (step, error) {
	length := b.lasts(60*time.Second, 8*time.Second)
	watch, span := watchNode(ctx, w.nodes[0]), b.span(w)
	r, inTime, err := b.within(ctx, w.links(w.customers, products), times*c.found, length, seed)
	shares := span.shares()
	s := step{times, r, inTime, shares.scaled(inTime) / c.alone, watch.end()}
	if err != nil {
		return s, err
	}
	ok, refused := r.Latency.OK, r.Latency.Refused
	b.row(figure(times)+"x", times*c.found, s.accepted, percent(s.accepted, c.found), percent(s.share, 1), ok.P50, ok.P99, refused.N, refused.P50, refused.P99,
		neither(r), r.Latency.Waited.P99, s.seen.rssMax, s.seen.healthP50, s.seen.healthP99, s.seen.healthMax, shares)
	return s, nil
}

// within asks at a rate and counts the good answers that came while it asked, a
// second: what comes later was waiting when the load ended, and came at no rate.
func (b *bench) within(ctx context.Context, from loadgen.Source, rate float64, length time.Duration, seed uint64) (r loadgen.Report, perSecond float64, err error) {
	end := time.Now().Add(length)
	n := 0
	r, err = b.drive(ctx, from, func(c *loadgen.Config) {
		open(rate, length, seed)(c)
		c.Observe = func(x *loadgen.Result) {
			if x.OK() && x.Done.Before(end) {
				n++
			}
		}
	})
	return r, float64(n) / length.Seconds(), err
}

func (b *bench) judge(s, first step) {
	name := func(what string) string { return fmt.Sprintf("%s at %sx", what, figure(s.times)) }
	b.least(name("accepted, of capacity, with the whole CPU"), 100*s.share, 95, " %")
	if s.times > 1 {
		b.most(name("p99 of accepted"), s.report.Latency.OK.P99, 2*first.report.Latency.OK.P99+milliseconds(maxWait), " ms")
		b.most(name("RSS, against 1x"), s.seen.rssMax/first.seen.rssMax, 1.25, "x")
	}
	if s.report.Latency.Refused.N > 0 {
		b.most(name("p99 of refusals"), s.report.Latency.Refused.P99, 10, " ms")
	}
	b.most(name("slowest /healthz"), s.seen.healthMax, 50, " ms")
	b.check(name("neither answer nor refusal"), neither(s.report), "0", failures(s.report) == 0 && s.seen.healthFailed == 0)
}

// failures are requests that got neither a picture nor a refusal.
func failures(r loadgen.Report) int64 { return r.Requests - r.OK - r.Latency.Refused.N + r.Unsent }

// neither says what those got.
func neither(r loadgen.Report) string {
	other := map[string]int64{}
	for status, n := range r.Statuses {
		if status != "200" && status != "304" && status != "429" && status != "503" {
			other[status] = n
		}
	}
	for kind, n := range r.Errors {
		other[kind] = n
	}
	if r.Unsent > 0 {
		other["unsent"] = r.Unsent
	}
	return cmp.Or(words(other), "0")
}

func percent(part, whole float64) string { return figure(100*part/max(whole, 1e-9)) + " %" }
