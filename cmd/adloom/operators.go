package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/adloom/adloom/api/admin"
	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/ops"
	"github.com/adloom/adloom/ops/web"
)

// measure registers what the parts count.
func (n *node) measure() {
	n.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m := measures{n.registry}
	m.photos(n.fetcher)
	m.limits(n.limiter, n.gate, n.flags.limits(n.customers, n.log), n.flags.gate(n.renders()))
	m.results(n.results)
	m.requestLog(n.requests)
	m.labelled("files", "photos").disk(n.photos)
	m.labelled("files", "results").disk(n.kept)
	m.memory(n.memoryCaches, n.api)
	m.facts(n.flags.codecList(), runtime.Version())
}

func (n *node) memoryCaches() []ops.CacheState {
	return memoryCaches(n.engine, n.flags.budgets(), n.api)
}

// serveOperators opens the operators' part on a listener, and returns what to tell whoever starts the node.
func (n *node) serveOperators(listener net.Listener) (greeting string, err error) {
	token, file, err := n.flags.token(n.flags.Data)
	if err != nil {
		return "", err
	}
	watched := n.watched()
	if n.flags.PrometheusURL != "" {
		table, err := newNodeTable(n.flags.PrometheusURL, n.log)
		if err != nil {
			return "", err
		}
		watched.nodes = table.all
		n.stop = append(n.stop, table.close)
	}
	console := watched.console(n.board, n.flags.Data, n.log)
	handlers, err := admin.New(admin.Parts{
		Token: token, Console: console, Pages: web.Files(), Metrics: n.api.Metrics(), Ready: n.api.Ready(), Explain: n.api.ExplainHandler(), Log: n.log,
		Client: n.api.Client,
	})
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { console.Run(ctx) })
	n.stop = append(n.stop, func() {
		cancel()
		running.Wait()
	}, serveAdmin(listener, handlers, n.log))
	where := "the token that was given"
	if file != "" {
		where = "the token in " + file
	}
	return fmt.Sprintf("Operators: http://%s/ops/ (sign in with %s)\n", loopback(listener.Addr()), where), nil
}

// watched are the parts that the console looks at.
func (n *node) watched() *watched {
	return &watched{
		name: n.name(), started: time.Now(), cpus: n.cpus, redis: redisAddress(n.flags.Redis),
		api: n.api, list: n.customers, limiter: n.limiter, gate: n.gate, config: n.flags.gate(n.renders()),
		memory: n.memoryCaches,
		disks: func() []ops.Disk {
			photos := n.flags.photoDisk()
			return []ops.Disk{disk("photos", n.photos, photos.MaxBytes), disk("results", n.kept, n.flags.disk(photos).MaxBytes)}
		},
		hosts: n.hosts, log: n.logState, codecs: n.flags.codecList(),
	}
}

// name tells nodes apart.
func (n *node) name() string {
	if n.flags.NodeName != "" {
		return n.flags.NodeName
	}
	host, err := os.Hostname()
	if err != nil {
		return "node"
	}
	return host
}

// redisAddress is for people: it has no password.
func redisAddress(address string) string {
	if address == "" {
		return "inside the process"
	}
	u, err := url.Parse(address)
	if err != nil {
		return "unknown"
	}
	u.User, u.RawQuery = nil, ""
	return u.String()
}

func disk(files string, cache *diskcache.Cache, limit int64) ops.Disk {
	s, room := cache.Stats(), space(cache)
	return ops.Disk{Files: files, Count: s.Files, Bytes: s.Bytes, Limit: limit, Free: int64(room.Free), Size: int64(room.Total),
		Hits: s.Hits, Misses: s.Misses, Evicted: s.EvictedFiles, Refusing: s.Refusing}
}

// hosts are the shops in trouble, and those that are asked now.
func (n *node) hosts() []ops.Host {
	worst, _ := n.fetcher.Hosts()
	out := make([]ops.Host, len(worst))
	for i, h := range worst {
		out[i] = ops.Host{Host: h.Host, State: string(h.Circuit), Failures: h.Failures, Reason: string(h.Reason), Again: float64(h.Again.Milliseconds()),
			Running: h.Running, Waiting: h.Waiting}
	}
	return out
}

// logState is what the console shows of the request log.
func (n *node) logState() ops.Log {
	s := n.requests.Stats()
	state := ops.Log{Kept: s.Kept, Dropped: s.Buffer}
	if n.requests.elastic != nil {
		e := n.requests.elastic.Stats()
		state.Elastic = &ops.Elastic{Up: e.Up, Waiting: e.Waiting, Dropped: e.Dropped}
	}
	return state
}
