//go:build linux

package main

import (
	"context"
	"fmt"
	"time"
)

// holdings are what a node has when nothing happens.
type holdings struct {
	goroutines, files, rss float64
}

// quiet waits until the nodes have nothing to do, and returns what each holds then.
func (b *bench) quiet(ctx context.Context, w *world) ([]holdings, error) {
	opsClient.CloseIdleConnections()
	calm := b.lasts(30*time.Second, 12*time.Second)
	if err := pause(ctx, calm); err != nil {
		return nil, err
	}
	var all []holdings
	for _, n := range w.nodes {
		m, err := n.metrics(ctx)
		if err != nil {
			return nil, err
		}
		u, err := n.usage()
		if err != nil {
			return nil, err
		}
		all = append(all, holdings{m.sum("go_goroutines"), float64(u.files), u.rss})
	}
	return all, nil
}

// Margins of what a node may hold more after the soak.
const (
	moreGoroutines = 30
	moreFiles      = 30
	moreRSS        = 1.4
)

func (b *bench) compare(ctx context.Context, w *world, before, after []holdings) error {
	b.table("node, at rest", "goroutines before", "after", "open files before", "after", "RSS MB before", "after")
	for i, n := range w.nodes {
		x, y := before[i], after[i]
		b.row(n.name, x.goroutines, y.goroutines, x.files, y.files, x.rss, y.rss)
		name := func(what string) string { return fmt.Sprintf("%s of %s after the soak", what, n.name) }
		b.most(name("goroutines"), y.goroutines, x.goroutines+moreGoroutines, "")
		b.most(name("open files"), y.files, x.files+moreFiles, "")
		b.most(name("RSS"), y.rss/x.rss, moreRSS, "x")
	}
	held, err := w.redis.leases(ctx)
	if err != nil {
		return err
	}
	b.most("leases held at rest", float64(held), 0, "")
	for _, n := range w.nodes {
		m, err := n.metrics(ctx)
		if err != nil {
			return err
		}
		b.most("panics of "+n.name+" since it was started last", m.sum("adloom_panics_total"), 0, "")
	}
	return nil
}
