//go:build linux

package main

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"
)

// watch polls a node's health and memory until it is stopped.
type watch struct {
	stop context.CancelFunc
	done sync.WaitGroup

	mu     sync.Mutex
	health []time.Duration // of each /healthz
	failed int             // of them
	rss    []float64       // MB
}

const (
	healthEvery = 100 * time.Millisecond
	rssEvery    = time.Second
)

func watchNode(ctx context.Context, n *node) *watch {
	ctx, cancel := context.WithCancel(ctx)
	w := &watch{stop: cancel}
	// A connection of its own: it must not wait for one that something else holds.
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{}}
	w.done.Go(func() {
		defer client.CloseIdleConnections()
		every(ctx, healthEvery, func() { w.askHealth(ctx, client, n) })
	})
	w.done.Go(func() {
		every(ctx, rssEvery, func() {
			if u, err := n.usage(); err == nil { // a node that is gone has none
				w.mu.Lock()
				defer w.mu.Unlock()
				w.rss = append(w.rss, u.rss)
			}
		})
	})
	return w
}

func (w *watch) askHealth(ctx context.Context, client *http.Client, n *node) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, n.base()+"/healthz", nil)
	if err != nil {
		return
	}
	begin := time.Now()
	res, err := client.Do(r)
	took := time.Since(begin)
	if ctx.Err() != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.health = append(w.health, took)
	if err != nil {
		w.failed++
		return
	}
	_ = res.Body.Close() // two words
	if res.StatusCode != http.StatusOK {
		w.failed++
	}
}

func every(ctx context.Context, d time.Duration, f func()) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			f()
		}
	}
}

// seen is what a watch saw.
type seen struct {
	healthP50, healthP99, healthMax float64 // ms
	healthFailed                    int
	rssMax                          float64
}

// end stops the watch.
func (w *watch) end() seen {
	w.stop()
	w.done.Wait()
	s := seen{healthFailed: w.failed}
	if len(w.health) > 0 {
		slices.Sort(w.health)
		at := func(q float64) float64 { return milliseconds(w.health[int(q*float64(len(w.health)-1))]) }
		s.healthP50, s.healthP99, s.healthMax = at(0.5), at(0.99), at(1)
	}
	if len(w.rss) > 0 {
		s.rssMax = slices.Max(w.rss)
	}
	return s
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
