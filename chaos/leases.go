//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

// runLeases has four processes of one node ask Redis for leases as fast as they can,
// kills one, and waits for its leases.
func runLeases(ctx context.Context, b *bench) (err error) {
	const processes, hard, products = 4, 64, 26
	const timeout = 5 * time.Second
	const life = timeout + 5*time.Second // of a lease: no request outlives it
	w, err := b.build(ctx, plan{customers: 10, nodes: processes,
		flags: []string{"--timeout", timeout.String(), "--hard-limit", fmt.Sprint(hard), "--photo-cache", "33554432", "--idle-memory", "33554432"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if err := b.warmUp(ctx, w, w.customers, products); err != nil {
		return err
	}
	b.table("then", "good answers", "leases, most of the samples", "samples", "held then", "all free after", "granted without Redis", sharesHead)
	free, err := b.scramble(ctx, w, "all clients left", func() error { return nil })
	if err != nil {
		return err
	}
	// What runs is broken off; a lease that is not given back then was lost.
	b.check("leases are free after all clients left", free.Round(10*time.Millisecond), "within 3s", free <= 3*time.Second)
	free, err = b.scramble(ctx, w, "one process was killed, and all clients left", func() error { return w.nodes[0].stop(syscall.SIGKILL) })
	if err != nil {
		return err
	}
	b.check("leases of the dead are free", free.Round(10*time.Millisecond), "within "+life.String(), free <= life+time.Second)
	return nil
}

// scramble has all nodes asked in tight loops, then lets something happen and ends the
// loops. It returns how long it took until no lease was held.
func (b *bench) scramble(ctx context.Context, w *world, what string, then func() error) (free time.Duration, err error) {
	const atOnce, products, hard = 64, 26, 64
	sampler, span := sampleLeases(ctx, w), b.span(w)
	defer sampler.end()
	loops, stop := context.WithCancel(ctx)
	defer stop()
	var load errgroup.Group
	var answers atomic.Int64
	for i := range w.nodes {
		from := w.links(w.customers, products)
		from.nodes = w.nodes[i : i+1]
		load.Go(func() error {
			r, err := b.drive(loops, from, closed(atOnce, time.Hour))
			answers.Add(r.OK)
			if loops.Err() != nil {
				return nil // it was ended, as it should be
			}
			return err
		})
	}
	if err := pause(ctx, b.lasts(20*time.Second, 6*time.Second)); err != nil {
		return 0, err
	}
	shares := span.shares()
	begin := time.Now()
	held, err := w.redis.leases(ctx)
	err = errors.Join(err, then())
	stop()
	if err = errors.Join(err, load.Wait()); err != nil {
		return 0, err
	}
	err = until(ctx, time.Minute, func() error {
		n, err := w.redis.leases(ctx)
		if err == nil && n > 0 {
			err = fmt.Errorf("%d leases are held", n)
		}
		return err
	})
	free = time.Since(begin)
	open := 0.0
	for _, n := range w.nodes {
		if m, err := n.metrics(ctx); err == nil { // one may be dead
			open += m.sum("adloom_leases_failed_open_total")
		}
	}
	most, samples := sampler.end()
	b.row(what, answers.Load(), most, samples, held, free.Round(10*time.Millisecond), open, shares)
	b.most("leases at once, until "+what, float64(most), hard, "")
	return free, err
}

// sampler counts leases again and again.
type sampler struct {
	stop    context.CancelFunc
	done    chan struct{}
	most    int64
	samples int
}

func sampleLeases(ctx context.Context, w *world) *sampler {
	ctx, cancel := context.WithCancel(ctx)
	s := &sampler{stop: cancel, done: make(chan struct{})}
	go func() {
		defer close(s.done)
		every(ctx, 5*time.Millisecond, func() {
			if n, err := w.redis.leases(ctx); err == nil {
				s.most = max(s.most, n)
				s.samples++
			}
		})
	}()
	return s
}

// end stops the sampling. It may be called again.
func (s *sampler) end() (most int64, samples int) {
	s.stop()
	<-s.done
	return s.most, s.samples
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
