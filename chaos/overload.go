//go:build linux

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/adloom/adloom/internal/loadgen"
)

// maxWait is --max-wait of the nodes: how long a request may wait for its turn.
const maxWait = 2 * time.Second

// runOverload asks for up to ten times what a node can do. Whatever comes, what is
// served must stay what the node can do, refusals must come at once, and health checks
// must be answered.
//
// A machine that others use changes its speed within a minute. So the capacity is
// measured again and again: each load comes in rounds, before and after which a closed
// loop keeps the node busy, and the median of the rounds counts. Beside it stands how much
// of the CPU a server takes that does nothing but refuse as many: that much is lost at the
// least.
func runOverload(ctx context.Context, b *bench) (err error) {
	const products = 130
	// As of a catalog whose photos do not fit into memory: each is decoded anew.
	w, err := b.build(ctx, plan{customers: 10, nodes: 1, flags: []string{"--max-wait", maxWait.String(), "--photo-cache", "0"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if err := b.warmUp(ctx, w, w.customers, products); err != nil {
		return err
	}
	b.table("asked, of capacity", "capacity/s", "asked/s", "accepted/s", "of capacity", "a bare server's refusals", "accepted p50 ms", "p99 ms", "refused", "refused p50 ms", "p99 ms",
		"neither", "sent late by p99 ms", "RSS MB", "/healthz p50 ms", "p99 ms", "max ms", sharesHead)
	var first, second step
	for i, times := range []float64{1, 2, 5, 10} {
		s, err := b.step(ctx, w, times, products, uint64(10*i))
		if err != nil {
			return err
		}
		switch i {
		case 0:
			first = s
		case 1:
			second = s
		}
		b.judge(s, first)
		if i > 1 { // at 1x nobody waits: what those who do hold is not there yet
			b.most(fmt.Sprintf("RSS, against 2x at %sx", figure(times)), slices.Max(s.rss)/slices.Max(second.rss), 1.25, "x")
		}
	}
	return nil
}

// step is one load of an overload: medians over its rounds, sums of what is counted,
// the worst of what may never be.
type step struct {
	times                            float64
	capacity, asked, accepted, share []float64 // of each round; share is in percent
	okP50, okP99, noP50, noP99, late []float64 // milliseconds
	refused, failed                  int64
	neither                          []string
	rss, healthP50, healthP99        []float64
	healthMax                        float64
	healthFailed                     int
	shares                           shares
}

func (b *bench) step(ctx context.Context, w *world, times float64, products int, seed uint64) (step, error) {
	s := step{times: times}
	before, err := b.busy(ctx, w, products)
	if err != nil {
		return s, err
	}
	for round := range b.times(4, 2) {
		watch, span := watchNode(ctx, w.nodes[0]), b.span(w)
		r, accepted, err := b.within(ctx, w.links(w.customers, products), times*before, b.lasts(15*time.Second, 4*time.Second), seed+uint64(round))
		s.shares = span.shares()
		seen := watch.end()
		if err != nil {
			return s, err
		}
		after, err := b.busy(ctx, w, products)
		if err != nil {
			return s, err
		}
		s.add(r, seen, accepted, before, after)
		before = after
	}
	bare := ""
	if refusals := median(s.asked) - median(s.accepted); times > 1 && refusals > 0 {
		share, err := b.bare(ctx, w, refusals, products)
		if err != nil {
			return s, err
		}
		bare = percent(share, 1)
	}
	b.row(figure(times)+"x", figures(s.capacity), median(s.asked), figures(s.accepted), percent(median(s.share), 100)+" ("+figures(s.share)+")", bare,
		median(s.okP50), figures(s.okP99), s.refused, median(s.noP50), figures(s.noP99), cmp.Or(strings.Join(s.neither, ", "), "0"), median(s.late),
		slices.Max(s.rss), median(s.healthP50), median(s.healthP99), s.healthMax, s.shares)
	return s, nil
}

// busy is what the node does now when a closed loop keeps it busy, in requests a second.
func (b *bench) busy(ctx context.Context, w *world, products int) (float64, error) {
	r, err := b.drive(ctx, w.links(w.customers, products), closed(8, b.lasts(5*time.Second, 2*time.Second)))
	return r.OKRate, err
}

func (s *step) add(r loadgen.Report, seen seen, accepted, before, after float64) {
	capacity := (before + after) / 2
	s.capacity = append(s.capacity, capacity)
	s.asked = append(s.asked, s.times*before)
	s.accepted = append(s.accepted, accepted)
	s.share = append(s.share, 100*accepted/max(capacity, 1e-9))
	s.okP50, s.okP99 = append(s.okP50, r.Latency.OK.P50), append(s.okP99, r.Latency.OK.P99)
	if r.Latency.Refused.N > 0 {
		s.noP50, s.noP99 = append(s.noP50, r.Latency.Refused.P50), append(s.noP99, r.Latency.Refused.P99)
	}
	s.late = append(s.late, r.Latency.Waited.P99)
	s.refused += r.Latency.Refused.N
	if s.failed += failures(r); failures(r) != 0 {
		s.neither = append(s.neither, neither(r))
	}
	s.rss = append(s.rss, seen.rssMax)
	s.healthP50, s.healthP99 = append(s.healthP50, seen.healthP50), append(s.healthP99, seen.healthP99)
	s.healthMax = max(s.healthMax, seen.healthMax)
	s.healthFailed += seen.healthFailed
}

// within asks at a rate and counts the good answers that came while it asked, a
// second: what comes later was waiting when the load ended, and came at no rate. What
// comes in the first two seconds is left out: the queue is still filling.
func (b *bench) within(ctx context.Context, from loadgen.Source, rate float64, length time.Duration, seed uint64) (r loadgen.Report, perSecond float64, err error) {
	const filling = 2 * time.Second
	begin := time.Now()
	start, end := begin.Add(filling), begin.Add(length)
	n := 0
	r, err = b.drive(ctx, from, func(c *loadgen.Config) {
		open(rate, length, seed)(c)
		c.Observe = func(x *loadgen.Result) {
			if x.OK() && x.Done.After(start) && x.Done.Before(end) {
				n++
			}
		}
	})
	return r, float64(n) / (length - filling).Seconds(), err
}

func (b *bench) judge(s, first step) {
	name := func(what string) string { return fmt.Sprintf("%s at %sx", what, figure(s.times)) }
	if s.times > 1 { // at 1x chance leaves the node without work now and then
		b.least(name("accepted, of capacity"), median(s.share), 95, " %")
		b.most(name("p99 of accepted"), median(s.okP99), 2*median(first.okP99)+milliseconds(maxWait), " ms")
	} else {
		b.least(name("accepted, of what was asked"), 100*median(s.accepted)/median(s.asked), 95, " %")
	}
	if s.refused > 0 {
		b.most(name("p99 of refusals"), median(s.noP99), 10, " ms")
	}
	b.most(name("slowest /healthz"), s.healthMax, 50, " ms")
	b.check(name("neither answer nor refusal"), cmp.Or(strings.Join(s.neither, ", "), "0"), "0", s.failed == 0 && s.healthFailed == 0)
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
