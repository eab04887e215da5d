//go:build linux

package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// cpuProducts are the products of the comparison: fifteen of each photo, so that the mean over the requests
// is that over the photos.
const cpuProducts = 195

// runCPU compares what the whole process takes for a request over HTTP, with new words
// and its photo on disk, with what the codecs alone take for the same photos.
func runCPU(ctx context.Context, b *bench) (err error) {
	w, err := b.build(ctx, plan{customers: 4, nodes: 1, flags: []string{"--photo-cache", "0"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()

	var floors []float64
	measureFloor := func() error {
		floor, err := b.floor(ctx, w)
		floors = append(floors, floor)
		return err
	}
	if err := measureFloor(); err != nil {
		return err
	}
	if err := b.warmUp(ctx, w, w.customers, cpuProducts); err != nil {
		return err
	}
	b.table("photo", "CPU ms a request, median", "rounds", "Redis round trips a render, and batches for the index of the disk cache", "ms in stages", sharesHead)
	before, err := w.redis.calls(ctx)
	if err != nil {
		return err
	}
	cold, trips, err := b.costs(ctx, w, "on disk")
	if err != nil {
		return err
	}
	if err := b.noteCalls(ctx, w, before); err != nil {
		return err
	}
	if err := measureFloor(); err != nil {
		return err
	}

	// The same node again, with a cache of photos in memory.
	if err := w.nodes[0].stop(syscall.SIGTERM); err != nil {
		return err
	}
	w.nodes[0].flags = nil
	if err := w.nodes[0].start(ctx); err != nil {
		return err
	}
	if err := b.warmUp(ctx, w, w.customers, cpuProducts); err != nil {
		return err
	}
	if _, _, err := b.costs(ctx, w, "in memory"); err != nil {
		return err
	}
	if err := measureFloor(); err != nil {
		return err
	}
	floor := median(floors)
	b.row("codecs alone (adloom bench, floor)", floor, figures(floors), "", "", "")
	b.most("CPU of a request over that of its codecs", cold/floor, 1.5, "x")
	b.most("Redis round trips of a render", trips, 2, "")
	return nil
}

// floor is the mean over the photos of what libjpeg-turbo takes for the link ad, in ms.
func (b *bench) floor(ctx context.Context, w *world) (float64, error) {
	args := append([]string{"-c", w.NodeCPU, w.Binary, "bench", "--runs", strconv.Itoa(b.times(15, 7))}, w.photos...)
	out, err := exec.CommandContext(ctx, "taskset", args...).Output()
	if err != nil {
		return 0, fmt.Errorf("adloom bench: %w", err)
	}
	rows := csv.NewReader(strings.NewReader(string(out)))
	rows.Comma, rows.FieldsPerRecord = '\t', -1
	all, err := rows.ReadAll()
	if err != nil {
		return 0, fmt.Errorf("adloom bench: %w", err)
	}
	sum, n := 0.0, 0
	for _, row := range all {
		if len(row) < 3 || row[0] != "floor" || row[1] != "link" {
			continue
		}
		ms, err := strconv.ParseFloat(row[2], 64)
		if err != nil {
			return 0, fmt.Errorf("adloom bench: expected the floor's CPU time; found %q (libjpeg-turbo is needed)", row)
		}
		sum, n = sum+ms, n+1
	}
	if n != len(w.photos) {
		return 0, fmt.Errorf("adloom bench: expected a floor for each of %d photos; found %d", len(w.photos), n)
	}
	return sum / float64(n), nil
}

// costs measures rounds of requests: CPU in ms and round trips, medians.
func (b *bench) costs(ctx context.Context, w *world, name string) (cpu, trips float64, err error) {
	var cpus, tripses, index []float64
	stages, span := "", b.span(w)
	for range b.times(7, 3) {
		before, err := w.costsSoFar(ctx)
		if err != nil {
			return 0, 0, err
		}
		r, err := b.drive(ctx, w.links(w.customers, cpuProducts), some(2, cpuProducts*b.times(2, 1)))
		if err != nil {
			return 0, 0, err
		}
		after, err := w.costsSoFar(ctx)
		if err != nil {
			return 0, 0, err
		}
		if r.OK != r.Requests {
			return 0, 0, fmt.Errorf("expected good answers; found %v, %v", r.Statuses, r.Errors)
		}
		renders := after.renders - before.renders
		if renders == 0 {
			return 0, 0, errors.New("expected renders to be counted in /metrics; found none")
		}
		cpus = append(cpus, float64((after.cpu-before.cpu).Microseconds())/1000/float64(r.Requests))
		batches := after.batches - before.batches
		tripses = append(tripses, (after.trips-before.trips-batches-asked)/renders)
		index = append(index, batches/renders)
		stages = stageMeans(r.Stages)
	}
	b.row(name, median(cpus), figures(cpus), figure(median(tripses))+" and "+figure(median(index)), stages, span.shares())
	return median(cpus), median(tripses), nil
}

// noteCalls tells which commands made up the round trips since before.
func (b *bench) noteCalls(ctx context.Context, w *world, before map[string]float64) error {
	after, err := w.redis.calls(ctx)
	if err != nil {
		return err
	}
	m, err := w.nodes[0].metrics(ctx)
	if err != nil {
		return err
	}
	renders := m.renders() - 2*cpuProducts // those of the warming
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if each := (after[name] - before[name]) / renders; each >= 0.01 && name != "info" {
			parts = append(parts, fmt.Sprintf("%s %.2f", name, each))
		}
	}
	b.note("Redis commands a render, those that scripts call included: %s.", strings.Join(parts, ", "))
	return nil
}

func stageMeans(stages map[string]float64) string {
	var parts []string
	for _, name := range []string{"template", "wait", "download", "render", "encode"} {
		if ms, ok := stages[name]; ok {
			parts = append(parts, name+" "+figure(ms))
		}
	}
	return strings.Join(parts, ", ")
}

// spent is what the first node and Redis have done so far.
type spent struct {
	cpu            time.Duration
	renders, trips float64
	batches        float64 // of names for the index of the disk cache, ten a second at most
}

// asked is how many round trips asking for all that takes.
const asked = 2

func (w *world) costsSoFar(ctx context.Context) (s spent, err error) {
	m, err := w.nodes[0].metrics(ctx)
	if err != nil {
		return s, err
	}
	u, err := w.nodes[0].usage()
	if err != nil {
		return s, err
	}
	s.cpu, s.renders = u.cpu, m.renders()
	if s.trips, err = w.redis.trips(ctx); err != nil {
		return s, err
	}
	calls, err := w.redis.calls(ctx)
	s.batches = calls["zmscore"] // which nothing else calls
	return s, err
}
