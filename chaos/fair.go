//go:build linux

package main

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/adloom/adloom/internal/loadgen"
)

// runFair lets one of ten customers ask for ten times its share, which is a tenth of
// the capacity, while the nine ask for half of theirs.
func runFair(ctx context.Context, b *bench) (err error) {
	const products = 130
	w, err := b.build(ctx, plan{customers: 10, nodes: 1})
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
	share := capacity.found / 10
	hog, nine := w.customers[:1], w.customers[1:]
	b.table("round", "who", "asked/s", "good/s", "good", "p50 ms", "p99 ms", "refusals", sharesHead)
	var alone, beside []float64
	good, asked := int64(0), int64(0)
	for round := range b.times(5, 2) {
		length := b.lasts(15*time.Second, 6*time.Second)
		span := b.span(w)
		modest := open(9*0.5*share, length, uint64(round))
		r, err := b.drive(ctx, w.links(nine, products), modest)
		if err != nil {
			return err
		}
		b.party(round, "the nine alone", 9*0.5*share, r, span.shares())
		alone = append(alone, r.Latency.OK.P99)

		span = b.span(w)
		var crowd loadgen.Report
		var both errgroup.Group
		both.Go(func() (err error) {
			crowd, err = b.drive(ctx, w.links(hog, products), open(10*share, length, uint64(round)+100))
			return err
		})
		r, err = b.drive(ctx, w.links(nine, products), modest)
		if err = errors.Join(err, both.Wait()); err != nil {
			return err
		}
		b.party(round, "the nine", 9*0.5*share, r, span.shares())
		b.party(round, "the tenth", 10*share, crowd, "")
		beside = append(beside, r.Latency.OK.P99)
		good, asked = good+r.OK, asked+r.Requests+r.Unsent
	}
	b.note("p99 of the nine, alone: %s ms; beside the tenth: %s ms.", figures(alone), figures(beside))
	b.check("good answers of the nine", percent(float64(good), float64(asked)), "100 %", good == asked)
	b.most("p99 of the nine, median of rounds, against theirs alone", median(beside)/max(median(alone), 0.01), 2, "x")
	return nil
}

// party prints what one side of a round got.
func (b *bench) party(round int, who string, rate float64, r loadgen.Report, shares any) {
	b.row(round+1, who, rate, r.OKRate, percent(float64(r.OK), float64(r.Requests+r.Unsent)), r.Latency.OK.P50, r.Latency.OK.P99, words(r.Refusals), shares)
}
