package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/internal/customers"
	"github.com/adloom/adloom/ops"
	"github.com/adloom/adloom/throttle"
)

// watched are the parts of a node that its console looks at.
type watched struct {
	name    string
	started time.Time
	cpus    int
	redis   string // its address, for people
	api     *api.API
	list    *customers.Customers
	limiter *throttle.Limiter
	gate    *throttle.Gate
	config  throttle.GateConfig
	memory  func() []ops.CacheState
	disks   func() []ops.Disk
	hosts   func() []ops.Host
	log     func() ops.Log
	codecs  []ops.Codec
	nodes   func(ctx context.Context) []ops.NodeRow // may be nil
}

// console returns what operators see and do. What they do is recorded in the data folder.
func (w *watched) console(board *ops.Board, data string, log *zap.Logger) *ops.Console {
	return ops.NewConsole(board, ops.Sources{
		Node:      ops.Node{Name: w.name, Version: version(), Go: runtime.Version(), CPUs: w.cpus, Started: w.started},
		Draining:  w.api.Draining,
		Busy:      func() float64 { return float64(w.gate.Stats().Running) / float64(w.config.Slots) },
		Live:      w.live,
		Customers: w.customers,
		Nodes:     w.nodes,
	}, acts{w.list, w.api}, ops.NewAudit(filepath.Join(data, "audit.jsonl"), log.Named("audit")), log)
}

// live asks the parts. Redis has its own short timeout.
func (w *watched) live(ctx context.Context) ops.Live {
	gate, limiter := w.gate.Stats(), w.limiter.Stats()
	live := ops.Live{
		Slots:  ops.Slots{Busy: gate.Running, Total: w.config.Slots, Waiting: gate.Waiting, Oldest: float64(gate.OldestAge.Milliseconds()), Inside: gate.Inside},
		Memory: ops.Memory{RSS: residentBytes(), Heap: heap(), Reserved: gate.Bytes, Held: gate.Held, Limit: w.config.MaxBytes},
		Caches: w.memory(), Disks: w.disks(), Hosts: w.hosts(), Codecs: w.codecs, Log: w.log(),
		Redis: ops.Redis{Up: limiter.RedisErr == nil, Address: w.redis, FailedOpen: limiter.FailedOpen, Listening: limiter.Listening},
	}
	i, err := w.limiter.Inspect(ctx, nil)
	live.Leases = ops.Leases{Held: i.Leases, Limit: i.HardLimit, Start: i.StartLimit, Waiting: i.Waiting}
	if err != nil { // this process's, as Redis does not say
		live.Leases.Held, live.Leases.Waiting = limiter.Held, limiter.Waiting
	}
	if err := errors.Join(limiter.RedisErr, err); err != nil {
		live.Redis.Up, live.Redis.Error = false, err.Error()
	}
	return live
}

// customers joins settings, leases and counters.
func (w *watched) customers(ctx context.Context, ids []string) map[string]ops.CustomerLive {
	out := make(map[string]ops.CustomerLive, len(ids))
	if len(ids) == 0 {
		return out
	}
	i, _ := w.limiter.Inspect(ctx, ids) // without Redis the limits, and the page says so elsewhere
	for _, state := range i.Customers {
		live := ops.CustomerLive{
			Running: state.Leases, Limit: state.Limits.Concurrency, Waiting: state.Waiting, PausedTemplates: []string{},
			SlowDownloads: ops.Slow{Minutes: filled(state.SlowDownloads), Limit: state.Limits.SlowDownloads},
			SlowRenders:   ops.Slow{Minutes: filled(state.SlowRenders), Limit: state.Limits.SlowRenders},
		}
		if state.Refused != "" {
			live.Left = map[string]float64{string(state.Refused): float64(state.RetryAfter.Milliseconds())}
		}
		customer, err := w.list.Customer(state.Customer)
		live.Unknown = errors.Is(err, customers.ErrNotFound)
		if err == nil {
			live.Limits = ops.Limits(customer.Limits)
			if p := customer.Paused; p != nil {
				live.Paused = &ops.Pause{Since: p.Since, Why: p.Why}
			}
			live.PausedTemplates = slices.AppendSeq(live.PausedTemplates, maps.Keys(customer.PausedTemplates))
			slices.Sort(live.PausedTemplates)
		}
		out[state.Customer] = live
	}
	return out
}

// filled is never null in JSON.
func filled(minutes []int) []int {
	if minutes == nil {
		return []int{}
	}
	return minutes
}

// acts does what operators ask for.
type acts struct {
	list *customers.Customers
	api  *api.API
}

func (a acts) Limit(id string, change ops.LimitsChange) (was ops.Limits, err error) {
	_, err = a.list.Limit(id, func(l *customers.Limits) {
		was = ops.Limits(*l)
		*l = customers.Limits(change.Of(was))
	})
	return was, operatorError(err)
}

func (a acts) Pause(id, template, why string) error {
	_, err := a.list.Pause(id, template, why)
	return operatorError(err)
}

func (a acts) Resume(id, template string) error {
	_, err := a.list.Resume(id, template)
	return operatorError(err)
}

func (a acts) Drain() error {
	a.api.Drain()
	return nil
}

func (a acts) Undrain() error {
	if err := a.api.Undrain(); err != nil {
		return fmt.Errorf("%w: %w", ops.ErrBadAction, err)
	}
	return nil
}

// operatorError tells the operator's mistakes from the machine's.
func operatorError(err error) error {
	switch {
	case errors.Is(err, customers.ErrNotFound):
		return fmt.Errorf("%w: %w", ops.ErrNoSuchCustomer, err)
	case errors.Is(err, customers.ErrInvalid):
		return fmt.Errorf("%w: %w", ops.ErrBadAction, err)
	}
	return err
}

// residentBytes is the memory of the process that is in RAM; 0 where the system does not say.
func residentBytes() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// heap is the memory of Go's objects.
func heap() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
