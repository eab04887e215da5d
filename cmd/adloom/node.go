package main

import (
	"context"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/redis/go-redis/v9"
	"go.uber.org/zap"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/internal/customers"
	"github.com/adloom/adloom/internal/lowpriority"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/resultcache"
	"github.com/adloom/adloom/templates/store"
	"github.com/adloom/adloom/throttle"
)

// nodeFlags set what one node may use.
type nodeFlags struct {
	dataFlags
	engineFlags
	fetchFlags
	memoryFlags
	resultFlags
	Redis string `placeholder:"URL" help:"Redis of this node, such as redis://localhost:6379/0. One inside the process by default."`

	Renders     int           `default:"0" help:"Renders that use a CPU at once. 0: one for each CPU."`
	Memory      int64         `default:"2147483648" help:"Bytes that running renders may take together, estimated from their photos' headers."`
	PhotoMemory int64         `default:"536870912" help:"Bytes of photos that requests may hold while they wait for a CPU."`
	Queue       int           `default:"256" help:"Requests in the process at once, waiting and downloading ones included."`
	HardLimit   int           `default:"64" help:"Requests with a lease at once, on this node."`
	Start       int           `name:"start-limit" default:"32" help:"Leases on this node from which each customer's own limit counts."`
	Customer    int           `name:"customer-limit" default:"16" help:"Leases of one customer, once the start limit is passed."`
	MaxWait     time.Duration `default:"2s" help:"How long a request waits for a lease before it is refused with 429."`
	Timeout     time.Duration `default:"15s" help:"A whole request, waiting and downloads included."`

	SlowDownload  time.Duration `default:"3s" help:"Photos of a request that took longer count as a slow download of its customer."`
	SlowRender    time.Duration `default:"1s" help:"A picture that took longer to draw counts as a slow render of its customer."`
	SlowDownloads int           `default:"100" help:"Slow downloads of a customer in the last minutes from which it alone is refused until they are fewer. -1: no limit."`
	SlowRenders   int           `default:"100" help:"Slow renders, likewise."`

	CacheBytes    int64   `default:"0" help:"Bytes of cached photos on disk. 0: as far as --cache-low-free allows."`
	CacheLowFree  float64 `default:"0.10" help:"Share of the disk below whose free space photos are evicted."`
	CacheHighFree float64 `default:"0.15" help:"Share of the disk up to which they are evicted."`

	AllowUnsigned bool `help:"Answer render URLs without a signature: anybody may then spend this node's time."`
}

// node is one process of the service, assembled.
type node struct {
	handler   http.Handler
	api       *api.API
	engine    *renderer.Engine
	templates *store.Store
	customers *customers.Customers

	stop []func() // in order of making; called backwards
}

// newNode builds everything that answers requests. The caller closes it.
func newNode(f nodeFlags, log *zap.Logger, sample, cpus int) (n *node, err error) {
	n = &node{}
	defer func() {
		if err != nil {
			n.close()
		}
	}()
	if n.templates, err = f.templates(); err != nil {
		return n, err
	}
	if n.customers, err = f.dataFlags.customers(); err != nil {
		return n, err
	}
	rdb, stop, err := connectRedis(f.Redis)
	if err != nil {
		return n, err
	}
	n.stop = append(n.stop, stop)

	cache, kept, err := f.disks(rdb, log)
	if err != nil {
		return n, err
	}
	n.stop = append(n.stop, janitor(cache), janitor(kept))
	results, err := resultcache.New(f.resultFlags.config(f.engineFlags), kept)
	if err != nil {
		return n, err
	}
	photos, err := fetcher.New(f.fetchFlags.config(), cache)
	if err != nil {
		return n, err
	}
	n.stop = append(n.stop, photos.Close)

	limiter, err := throttle.New(f.limits(n.customers, log), rdb)
	if err != nil {
		return n, err
	}
	n.stop = append(n.stop, limiter.Close)
	renders := f.Renders
	if renders == 0 {
		renders = cpus
	}
	gate, err := throttle.NewGate(f.gate(renders))
	if err != nil {
		return n, err
	}
	threads := lowpriority.Start(renders)
	n.stop = append(n.stop, threads.Close)
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m := measures{registry}
	m.photos(photos)
	m.limits(limiter, gate)
	m.results(results)
	m.labelled("files", "photos").disk(cache)
	m.labelled("files", "results").disk(kept)

	n.engine = f.engine(f.fetchFlags.limits(), f.budgets())
	apiConfig := api.DefaultConfig()
	apiConfig.Timeout, apiConfig.AllowUnsigned, apiConfig.DesignBytes = f.Timeout, f.AllowUnsigned, f.DesignCache
	n.api, err = api.New(apiConfig, api.Parts{
		Templates: n.templates, Keys: n.customers, Photos: photos, Limiter: limiter, Gate: gate, Threads: threads,
		Engine: n.engine, Results: results, Watchers: []api.Watcher{reqlog.New(log.Named("request"), sample)}, Log: log, Metrics: registry,
	})
	if err != nil {
		return n, err
	}
	n.stop = append(n.stop, n.api.Close)
	n.handler = n.api.Handler()
	return n, nil
}

// disks returns the cache of photos and that of kept renders.
func (f nodeFlags) disks(rdb *redis.Client, log *zap.Logger) (photos, kept *diskcache.Cache, err error) {
	c := diskcache.DefaultConfig()
	c.Dir = filepath.Join(f.Data, "cache")
	c.MaxBytes = f.CacheBytes
	c.LowFree, c.HighFree = diskcache.Mark{Fraction: f.CacheLowFree}, diskcache.Mark{Fraction: f.CacheHighFree}
	c.Report = func(err error) { log.Error("cache janitor", zap.Error(err)) }
	if photos, err = diskcache.New(c, rdb); err != nil {
		return nil, nil, err
	}
	kept, err = diskcache.New(f.disk(c), rdb)
	return photos, kept, err
}

// gate is the configuration of this process's gate.
func (f nodeFlags) gate(renders int) throttle.GateConfig {
	c := throttle.DefaultGateConfig()
	c.Slots, c.MaxBytes, c.MaxQueue, c.MaxHeld = renders, f.Memory, f.Queue, f.PhotoMemory
	return c
}

// limits is the limiter's configuration, with each customer's own limits.
func (f nodeFlags) limits(list *customers.Customers, log *zap.Logger) throttle.Config {
	c := throttle.DefaultConfig()
	c.HardLimit, c.StartLimit, c.CustomerLimit, c.MaxWait = f.HardLimit, f.Start, f.Customer, f.MaxWait
	c.Lease = f.Timeout + 5*time.Second // no request outlives its lease
	c.SlowDownload, c.SlowRender, c.SlowDownloads, c.SlowRenders = f.SlowDownload, f.SlowRender, f.SlowDownloads, f.SlowRenders
	c.Limits = func(id string) throttle.Limits {
		customer, _ := list.Customer(id) // an unreadable file: the node's own limits
		return throttle.Limits(customer.Limits)
	}
	c.Notify = func(err error) {
		if err != nil {
			log.Error("redis away: limits count in this process alone", zap.Error(err))
			return
		}
		log.Info("redis answers again")
	}
	return c
}

// janitor keeps the cache within its bounds until stop is called.
func janitor(cache *diskcache.Cache) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		_ = cache.Run(ctx) // ends with ctx
	})
	return func() {
		cancel()
		running.Wait()
	}
}

func (n *node) close() {
	for i := len(n.stop) - 1; i >= 0; i-- {
		n.stop[i]()
	}
	n.stop = nil
}
