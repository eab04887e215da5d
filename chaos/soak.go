//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/adloom/adloom/internal/loadgen"
)

// soakNodes are the processes of the soak: while one is down, the other must serve.
const soakNodes = 2

// runSoak asks for half of what the nodes can do while processes are killed, Redis and
// the disk fail and shops close, one trouble after the other, and judges every answer.
// Then it waits until all is quiet, and compares what the nodes hold with what they
// held before.
func runSoak(ctx context.Context, b *bench) (err error) {
	w, err := b.build(ctx, plan{customers: 10, nodes: soakNodes, diskMB: 96, flags: []string{"--timeout", "10s"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	seed := b.Seed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	length := b.Soak
	if length == 0 {
		length = b.lasts(30*time.Minute, 90*time.Second)
		if !b.Short && len(b.Scenario) > 0 && b.Scenario[0] == "all" {
			length = 15 * time.Minute
		}
	}
	b.note("Seed %d, %s.", seed, length)
	if err := b.warmUp(ctx, w, w.customers, soakProducts); err != nil {
		return err
	}
	judge, err := b.newJudge(ctx, w)
	if err != nil {
		return err
	}
	capacity, err := b.capacity(ctx, w, w.customers, soakProducts)
	if err != nil {
		return err
	}
	// Caches fill with the load; what is held before is held after such a load.
	if _, err := b.drive(ctx, w.links(w.customers, soakProducts), open(capacity.found/2, b.lasts(time.Minute, 8*time.Second), seed)); err != nil {
		return err
	}
	before, err := b.quiet(ctx, w)
	if err != nil {
		return err
	}

	// Every request with its moment, to be laid beside the nodes' logs.
	file, err := os.Create(filepath.Join(w.dir, "answers.tsv"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	lines := loadgen.NewTSV(file)
	chance := rand.New(rand.NewPCG(seed, 1))
	var load errgroup.Group
	span := b.span(w)
	var report loadgen.Report
	troubled, stop := context.WithCancel(ctx)
	load.Go(func() (err error) {
		defer stop() // troubles end with the load
		report, err = b.drive(ctx, judge.requests(chance.Uint64()), func(c *loadgen.Config) {
			open(capacity.found/2, length, seed)(c)
			c.Checksum, c.Observe = true, func(r *loadgen.Result) { judge.add(r); lines.Add(r) }
		})
		return err
	})
	troubles := &troubles{b: b, w: w, judge: judge, chance: rand.New(rand.NewPCG(seed, 2)), begin: time.Now()}
	err = errors.Join(troubles.run(troubled, length), load.Wait())
	shares := span.shares()
	if err = errors.Join(err, lines.Close()); err != nil {
		return err
	}
	after, err := b.quiet(ctx, w)
	if err != nil {
		return err
	}
	b.table("soak", "asked/s", "answers", "good", "refused", "p50 ms", "p99 ms", "max ms", "refusals", "other", sharesHead)
	b.row(length, capacity.found/2, report.Requests, report.OK, report.Latency.Refused.N, report.Latency.OK.P50, report.Latency.OK.P99, report.Latency.OK.Max,
		words(report.Refusals), neither(report), shares)
	troubles.tell()
	judge.tell(b)
	return b.compare(ctx, w, before, after)
}

// judged is what an answer was taken for.
type judged string

const (
	rightPicture judged = "right pictures"
	clearRefusal judged = "refusals with a known type"
	shopTrouble  judged = "photo unavailable while shops were in trouble"
	nodeDown     judged = "no answer from a node that was down"
	wrong        judged = "wrong"
)

// known are the types of problems that refuse without blaming the request.
func known(problem string) bool {
	switch problem {
	case "limited", "out_of_time", "templates_away":
		return true
	}
	return false
}

// describe is what stands in the report of an answer that is wrong.
func describe(r *loadgen.Result, why string) string {
	what := fmt.Sprintf("status %d", r.Status)
	if r.Err != nil {
		what = fmt.Sprintf("%s (%v), status %d, %d bytes", r.Kind, r.Err, r.Status, r.Bytes)
	} else if r.Problem != "" {
		what += " " + strings.Trim(r.Problem+"/"+r.Reason, "/")
	}
	return fmt.Sprintf("%s: %s at %s, due %s, took %s", why, what, r.Target.URL.Host, r.Due.Format("15:04:05.000"), r.Latency().Round(time.Millisecond))
}
