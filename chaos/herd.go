//go:build linux

package main

import (
	"context"
	"errors"
	"io"

	"github.com/adloom/adloom/internal/loadgen"
)

// crowd is how many come at once.
const crowd = 1000

// runHerd sends a thousand at once for one photo that nobody has asked for yet, with
// different words; and a thousand for one URL.
func runHerd(ctx context.Context, b *bench) (err error) {
	w, err := b.build(ctx, plan{customers: 10, nodes: 1})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if err := b.warmUp(ctx, w, w.customers, 13); err != nil {
		return err
	}
	b.table("for one", "at once", "good", "refused", "failed", "downloads", "renders", "good p50 ms", "p99 ms", "max ms", "refused p99 ms", "X-Cache")
	const photo, page = 1_000_001, 1_000_002 // products that the warming has not seen
	words := w.links(w.customers, 1)
	words.photo = func(int) string { return w.shop.photo(good, photo) }
	downloads, _, err := b.herd(ctx, w, "photo", words)
	if err != nil {
		return err
	}
	b.most("downloads of one photo", downloads, 1, "")

	single := w.links(w.customers, 1)
	single.photo = func(int) string { return w.shop.photo(good, page) }
	target, err := single.target(0, "One for all")
	if err != nil {
		return err
	}
	downloads, renders, err := b.herd(ctx, w, "URL", &repeated{target})
	if err != nil {
		return err
	}
	b.most("downloads of one URL", downloads, 1, "")
	b.most("renders of one URL", renders, 1, "")
	return nil
}

func (b *bench) herd(ctx context.Context, w *world, what string, from loadgen.Source) (downloads, renders float64, err error) {
	n := w.nodes[0]
	before, err := n.metrics(ctx)
	if err != nil {
		return 0, 0, err
	}
	asked := w.shop.asked(good)
	r, err := b.drive(ctx, from, some(crowd, crowd))
	if err != nil {
		return 0, 0, err
	}
	after, err := n.metrics(ctx)
	if err != nil {
		return 0, 0, err
	}
	downloads, renders = float64(w.shop.asked(good)-asked), after.renders()-before.renders()
	b.row(what, crowd, r.OK, r.Latency.Refused.N, neither(r), downloads, renders, r.Latency.OK.P50, r.Latency.OK.P99, r.Latency.OK.Max, r.Latency.Refused.P99, words(r.Cache))
	b.check("neither answer nor refusal, for one "+what, neither(r), "0", failures(r) == 0)
	b.least("good answers, for one "+what, float64(r.OK), 1, "")
	return downloads, renders, nil
}

// repeated is one request again and again.
type repeated struct{ target loadgen.Target }

func (r *repeated) Next() (loadgen.Target, error) {
	if r.target.URL == nil {
		return r.target, io.EOF
	}
	return r.target, nil
}
