//go:build linux

package main

import (
	"context"
	"os"
	"time"

	"github.com/adloom/adloom/internal/loadgen"
)

// drive runs a load from a source.
func (b *bench) drive(ctx context.Context, from loadgen.Source, change func(*loadgen.Config)) (loadgen.Report, error) {
	config := loadgen.DefaultConfig()
	config.MaxInFlight = 5000
	config.Agent = "adloom-chaos"
	change(&config)
	load, err := loadgen.New(config)
	if err != nil {
		return loadgen.Report{}, err
	}
	report, err := load.Run(ctx, from)
	if err == nil {
		err = ctx.Err()
	}
	if b.Verbose {
		_ = report.Write(os.Stdout)
	}
	return report, err
}

// closed asks with so many at once for a time.
func closed(concurrency int, d time.Duration) func(*loadgen.Config) {
	return func(c *loadgen.Config) { c.Concurrency, c.Duration = concurrency, d }
}

// some makes n requests, so many at once.
func some(concurrency, n int) func(*loadgen.Config) {
	return func(c *loadgen.Config) { c.Concurrency, c.Limit = concurrency, int64(n) }
}

// open asks at a rate for a time, as visitors come.
func open(rate float64, d time.Duration, seed uint64) func(*loadgen.Config) {
	return func(c *loadgen.Config) {
		c.Rate, c.Poisson, c.Seed, c.Duration = max(rate, 0.01), true, seed, d
	}
}

// warmUp has each product rendered: photos are in the cache, templates in memory, the
// node's pools are filled.
func (b *bench) warmUp(ctx context.Context, w *world, from []customer, products int) error {
	for range 2 {
		if _, err := b.drive(ctx, w.links(from, products), some(2, max(products, 20*len(w.nodes)))); err != nil {
			return err
		}
	}
	return nil
}

// capacity is what nodes can do, in requests a second.
type capacity struct {
	found float64 // as measured
	alone float64 // if nobody else had used their CPU
}

// capacity measures it: the median of rounds in a closed loop that keeps them busy.
func (b *bench) capacity(ctx context.Context, w *world, from []customer, products int) (capacity, error) {
	var found, alone []float64
	for range b.times(3, 2) {
		span := b.span(w)
		r, err := b.drive(ctx, w.links(from, products), closed(8, b.lasts(10*time.Second, 4*time.Second)))
		if err != nil {
			return capacity{}, err
		}
		found = append(found, r.OKRate)
		alone = append(alone, span.shares().scaled(r.OKRate))
	}
	b.note("Capacity, closed loop of 8: %s/s (rounds: %s); with the whole CPU: %s/s (%s).",
		figure(median(found)), figures(found), figure(median(alone)), figures(alone))
	return capacity{median(found), median(alone)}, nil
}

// scaled is a rate as it would be if others had left the CPU alone.
func (s shares) scaled(rate float64) float64 { return rate / max(0.05, 1-s.others) }
