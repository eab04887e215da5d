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
	const processes, atOnce, hard, products = 4, 64, 64, 26
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
	sampler := sampleLeases(ctx, w)
	defer sampler.end()

	var load errgroup.Group
	loops, stop := context.WithCancel(ctx)
	defer stop()
	var answers atomic.Int64
	for i := range w.nodes {
		from := w.links(w.customers, products)
		from.nodes = w.nodes[i : i+1]
		load.Go(func() error {
			r, err := b.drive(loops, from, closed(atOnce, time.Hour))
			answers.Add(r.OK)
			if loops.Err() != nil {
				return nil // as it should
			}
			return err
		})
	}
	length := b.lasts(20*time.Second, 6*time.Second)
	if err := pause(ctx, length); err != nil {
		return err
	}
	held, err := w.redis.leases(ctx)
	if err != nil {
		return err
	}
	killed := time.Now()
	if err := w.nodes[0].stop(syscall.SIGKILL); err != nil {
		return err
	}
	if err := pause(ctx, length); err != nil {
		return err
	}
	stop()
	if err := load.Wait(); err != nil {
		return err
	}
	// What is left belongs to the dead and to requests that were broken off.
	err = until(ctx, life+5*time.Second, func() error {
		n, err := w.redis.leases(ctx)
		if err == nil && n > 0 {
			err = fmt.Errorf("%d leases are held", n)
		}
		return err
	})
	free := time.Since(killed) - length
	most, samples := sampler.end()
	b.table("processes", "requests at once, each", "good answers", "leases, most of samples", "samples", "held when one was killed", "all free, after the load ended")
	b.row(processes, atOnce, answers.Load(), most, samples, held, free.Round(100*time.Millisecond))
	b.most("leases at once", float64(most), hard, "")
	b.check("leases of the dead are free", free.Round(100*time.Millisecond), "within "+life.String(), err == nil && free <= life)
	return nil
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
