//go:build linux

package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/adloom/adloom/internal/loadgen"
)

// hammered is how often a second the shop in trouble is asked for.
const hammered = 100

// runShops has good customers ask for half of what the node can do, while another one
// asks for products of a shop in trouble. Each round begins with the good ones alone.
func runShops(ctx context.Context, b *bench) (err error) {
	w, err := b.build(ctx, plan{customers: 10, nodes: 1})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if err := b.warmUp(ctx, w, w.customers, shopProducts); err != nil {
		return err
	}
	capacity, err := b.capacity(ctx, w, w.customers[1:], shopProducts)
	if err != nil {
		return err
	}
	b.table("round", "beside", "good", "p50 ms", "p99 ms", "max ms", "refusals", "the shop's customer got", sharesHead)
	p99s, good, asked := map[string][]float64{}, map[string]int64{}, map[string]int64{}
	for round := range b.times(3, 1) {
		for _, address := range append([]string{""}, badHosts()...) {
			r, err := b.beside(ctx, w, address, capacity.found/2, round)
			if err != nil {
				return err
			}
			p99s[address] = append(p99s[address], r.Latency.OK.P99)
			good[address], asked[address] = good[address]+r.OK, asked[address]+r.Requests+r.Unsent
		}
	}
	alone := max(median(p99s[""]), 0.01)
	b.note("p99 beside nothing: %s ms.", figures(p99s[""]))
	for _, address := range badHosts() {
		name := behaviours()[address]
		b.check("good answers beside: "+name, percent(float64(good[address]), float64(asked[address])), "100 %", good[address] == asked[address])
		b.most("p99 against that beside nothing, medians: "+name, median(p99s[address])/alone, 2, "x")
	}
	return nil
}

// shopProducts are what the good customers show; all are in the cache.
const shopProducts = 130

// beside runs the good customers' load while another one asks for a bad shop's, or for
// nothing if the address is empty.
func (b *bench) beside(ctx context.Context, w *world, address string, rate float64, round int) (loadgen.Report, error) {
	length, seed := b.lasts(10*time.Second, 6*time.Second), uint64(round)
	attacker, others := w.customers[:1], w.customers[1:]
	span := b.span(w)
	var bad loadgen.Report
	var both errgroup.Group
	name, got := "nothing", ""
	if address != "" {
		name = behaviours()[address]
		both.Go(func() (err error) {
			bad, err = b.drive(ctx, w.links(attacker, 1_000_000).at(w.shop, address), open(hammered, length, seed+100))
			return err
		})
	}
	r, err := b.drive(ctx, w.links(others, shopProducts), open(rate, length, seed))
	if err = errors.Join(err, both.Wait()); err != nil {
		return r, err
	}
	if address != "" {
		got = strings.TrimSuffix(words(bad.Statuses)+": "+words(bad.Refusals), ": ")
	}
	b.row(round+1, name, percent(float64(r.OK), float64(r.Requests+r.Unsent)), r.Latency.OK.P50, r.Latency.OK.P99, r.Latency.OK.Max, words(r.Refusals), got, span.shares())
	return r, nil
}
