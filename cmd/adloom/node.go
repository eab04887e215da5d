package main

import (
	"context"
	"net/netip"
	"path/filepath"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"
	"go.uber.org/zap"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/internal/customers"
	"github.com/adloom/adloom/internal/lowpriority"
	"github.com/adloom/adloom/ops"
	"github.com/adloom/adloom/renderer"
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
	adminFlags
	traceFlags
	NodeName string `placeholder:"NAME" help:"Name of this node on pages and in logs. The host's name by default."`
	Redis    string `placeholder:"URL" help:"Redis of this node, such as redis://localhost:6379/0. One inside the process by default."`

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

	TrustedProxies []netip.Prefix `help:"Ranges of proxies that are believed when they say, by X-Forwarded-For, whom a request comes from, such as 10.0.0.0/8. None by default."`
	NamedCustomers int            `default:"100" help:"Customers that metrics name, the busiest; the rest is \"other\"."`
	AllowUnsigned  bool           `help:"Answer render URLs without a signature: anybody may then spend this node's time."`
}

// node is one process of the service, assembled.
type node struct {
	flags nodeFlags
	log   *zap.Logger
	cpus  int

	templates *store.Store
	customers *customers.Customers
	redis     *redis.Client
	photos    *diskcache.Cache
	kept      *diskcache.Cache
	results   *resultcache.Cache
	fetcher   *fetcher.Fetcher
	limiter   *throttle.Limiter
	gate      *throttle.Gate
	threads   *lowpriority.Threads
	engine    *renderer.Engine
	board     *ops.Board
	requests  *requestLog
	registry  *prometheus.Registry
	api       *api.API

	stop []func() // in order of making; called backwards
}

// newNode builds everything that answers requests. The caller closes it.
func newNode(f nodeFlags, requests requestLogFlags, log *zap.Logger, cpus int) (n *node, err error) {
	n = &node{flags: f, log: log, cpus: cpus, board: ops.NewBoard()}
	for _, build := range []func() error{n.stores, n.disks, n.limits, n.engines, func() error { return n.answers(requests) }} {
		if err := build(); err != nil {
			n.close()
			return n, err
		}
	}
	n.measure()
	return n, nil
}

// stores opens what is kept in the data folder, and Redis.
func (n *node) stores() (err error) {
	if n.templates, err = n.flags.templates(); err != nil {
		return err
	}
	if n.customers, err = n.flags.dataFlags.customers(); err != nil {
		return err
	}
	var stop func()
	if n.redis, stop, err = connectRedis(n.flags.Redis); err != nil {
		return err
	}
	n.stop = append(n.stop, stop)
	return nil
}

// disks makes the cache of photos, that of kept renders, and what fills them.
func (n *node) disks() (err error) {
	c := n.flags.photoDisk()
	c.Report = func(err error) { n.log.Error("cache janitor", zap.Error(err)) }
	if n.photos, err = diskcache.New(c, n.redis); err != nil {
		return err
	}
	if n.kept, err = diskcache.New(n.flags.disk(c), n.redis); err != nil {
		return err
	}
	n.stop = append(n.stop, janitor(n.photos), janitor(n.kept))
	if n.results, err = resultcache.New(n.flags.resultFlags.config(n.flags.engineFlags), n.kept); err != nil {
		return err
	}
	if n.fetcher, err = fetcher.New(n.flags.fetchFlags.config(), n.photos); err != nil {
		return err
	}
	n.stop = append(n.stop, n.fetcher.Close)
	return nil
}

// limits makes what refuses and what waits.
func (n *node) limits() (err error) {
	if n.limiter, err = throttle.New(n.flags.limits(n.customers, n.log), n.redis); err != nil {
		return err
	}
	n.stop = append(n.stop, n.limiter.Close)
	n.gate, err = throttle.NewGate(n.flags.gate(n.renders()))
	return err
}

// renders is how many CPU slots there are.
func (n *node) renders() int {
	if n.flags.Renders == 0 {
		return n.cpus
	}
	return n.flags.Renders
}

// engines makes what draws.
func (n *node) engines() error {
	n.threads = lowpriority.Start(n.renders())
	n.stop = append(n.stop, n.threads.Close)
	n.engine = n.flags.engine(n.flags.fetchFlags.limits(), n.flags.budgets())
	return nil
}

// answers makes what speaks HTTP, and who watches it.
func (n *node) answers(requests requestLogFlags) (err error) {
	n.requests, err = requests.open(n.name(), n.customers, throttle.NewLogBudget(n.redis, spendTimeout), n.log)
	if err != nil {
		return err
	}
	n.stop = append(n.stop, n.requests.close)
	watchers := []api.Watcher{n.requests, n.board}
	tracer, err := n.flags.tracer(n.name(), n.log)
	if err != nil {
		return err
	}
	if tracer != nil {
		watchers = append(watchers, tracer)
		n.stop = append(n.stop, func() {
			if err := tracer.Close(); err != nil {
				n.log.Warn("tracing", zap.Error(err))
			}
		})
	}
	n.registry = prometheus.NewRegistry()
	c := api.DefaultConfig()
	c.Timeout, c.AllowUnsigned, c.DesignBytes = n.flags.Timeout, n.flags.AllowUnsigned, n.flags.DesignCache
	c.TrustedProxies, c.NamedCustomers = n.flags.TrustedProxies, n.flags.NamedCustomers
	n.api, err = api.New(c, api.Parts{
		Templates: n.templates, Keys: n.customers, Pauses: pauses{n.customers}, Photos: n.fetcher, PhotoStates: photoStates{n.fetcher}, Limiter: n.limiter, Gate: n.gate, Threads: n.threads,
		Engine: n.engine, Results: n.results, Watchers: watchers, Log: n.log, Metrics: n.registry,
	})
	if err != nil {
		return err
	}
	n.stop = append(n.stop, n.api.Close)
	return nil
}

// pauses are those of the customers' settings.
type pauses struct{ list *customers.Customers }

func (p pauses) Paused(id, template string) (paused, whole bool) {
	customer, err := p.list.Customer(id)
	if err != nil {
		return false, false // nothing is known to be
	}
	_, whole, paused = customer.Pausing(template)
	return paused, whole
}

// photoStates tell explanations what the fetcher knows.
type photoStates struct{ fetcher *fetcher.Fetcher }

func (p photoStates) State(ctx context.Context, url string) (api.PhotoState, error) {
	s, err := p.fetcher.Lookup(ctx, url)
	if err != nil {
		return api.PhotoState{}, err
	}
	state := api.PhotoState{State: string(s.Freshness), Age: s.Age, Recheck: s.Recheck, Bytes: s.Size}
	if s.Failure != nil {
		state.Failure = s.Failure
	}
	return state, nil
}

// photoDisk is the configuration of the cache of photos.
func (f nodeFlags) photoDisk() diskcache.Config {
	c := diskcache.DefaultConfig()
	c.Dir = filepath.Join(f.Data, "cache")
	c.MaxBytes = f.CacheBytes
	c.LowFree, c.HighFree = diskcache.Mark{Fraction: f.CacheLowFree}, diskcache.Mark{Fraction: f.CacheHighFree}
	return c
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
