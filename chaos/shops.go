//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/adloom/adloom/internal/loadgen"
)

// runShops has good customers ask for half of what the node can do, photos in the
// cache and photos that are not, while another customer asks for products of a shop in
// trouble, a hundred a second.
func runShops(ctx context.Context, b *bench) (err error) {
	const products, hammered = 130, 100
	w, err := b.build(ctx, plan{customers: 10, nodes: 1})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	attacker, others := w.customers[:1], w.customers[1:]
	if err := b.warmUp(ctx, w, w.customers, products); err != nil {
		return err
	}
	capacity, err := b.capacity(ctx, w, others, products)
	if err != nil {
		return err
	}
	length := b.lasts(20*time.Second, 6*time.Second)
	half := func(seed uint64) func(*loadgen.Config) { return open(capacity/2, length, seed) }
	b.table("beside", "good", "p50 ms", "p99 ms", "max ms", "refusals", "the shop's customer got", sharesHead)
	var alone []float64
	baseline := func(seed uint64) error {
		span := w.span()
		r, err := b.drive(ctx, w.links(others, products), half(seed))
		if err != nil {
			return err
		}
		b.row("nothing", percent(float64(r.OK), float64(r.Requests)), r.Latency.OK.P50, r.Latency.OK.P99, r.Latency.OK.Max, words(r.Refusals), "", span.shares())
		alone = append(alone, r.Latency.OK.P99)
		return nil
	}
	type beside struct {
		shop   string
		report loadgen.Report
	}
	var all []beside
	for i, address := range badHosts() {
		if i%2 == 0 {
			if err := baseline(uint64(i)); err != nil {
				return err
			}
		}
		span := w.span()
		var bad loadgen.Report
		var both errgroup.Group
		both.Go(func() (err error) {
			bad, err = b.drive(ctx, w.links(attacker, 1_000_000).at(w.shop, address), open(hammered, length, uint64(i)))
			return err
		})
		r, err := b.drive(ctx, w.links(others, products), half(uint64(i)))
		if err = errors.Join(err, both.Wait()); err != nil {
			return err
		}
		b.row(behaviours()[address], percent(float64(r.OK), float64(r.Requests)), r.Latency.OK.P50, r.Latency.OK.P99, r.Latency.OK.Max, words(r.Refusals),
			fmt.Sprintf("%s (%s)", words(bad.Statuses), words(bad.Refusals)), span.shares())
		all = append(all, beside{behaviours()[address], r})
	}
	if err := baseline(99); err != nil {
		return err
	}
	b.note("p99 beside nothing: %s ms.", figures(alone))
	for _, x := range all {
		b.check("good answers beside: "+x.shop, percent(float64(x.report.OK), float64(x.report.Requests)), "100 %", x.report.OK == x.report.Requests)
		b.most("p99 against that beside nothing: "+x.shop, x.report.Latency.OK.P99/max(median(alone), 0.01), 2, "x")
	}
	return nil
}
