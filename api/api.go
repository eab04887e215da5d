// Package api speaks HTTP to ad networks and load balancers: the render endpoint and
// health. It is, with package admin below it, the only place that knows status codes;
// what an error means stands in one table, errors.go.
package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.uber.org/zap"

	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/internal/flight"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/resultcache"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/throttle"
)

// Config is how the endpoints behave.
type Config struct {
	// Timeout bounds a render request, waiting included. Default 15 s.
	Timeout time.Duration
	// AllowUnsigned lets render URLs without a signature through. A wrong
	// signature is refused all the same.
	AllowUnsigned bool
	// DesignBytes bounds the pictures of compiled templates kept in memory; the last
	// used one stays. Default 512 MiB.
	DesignBytes int64
	// TrustedProxies are the ranges of proxies that are believed when they say, by
	// X-Forwarded-For, whom a request comes from. None by default.
	TrustedProxies []netip.Prefix
	// NamedCustomers is how many customers metrics name. Default 100.
	NamedCustomers int
}

// DefaultConfig returns the defaults that the fields of Config name.
func DefaultConfig() Config {
	return Config{Timeout: 15 * time.Second, DesignBytes: 512 << 20, NamedCustomers: 100}
}

// Validate names every mistake.
func (c Config) Validate() error {
	if c.Timeout <= 0 {
		return fmt.Errorf("api.Config.Timeout: expected more than 0, found %v", c.Timeout)
	}
	if c.DesignBytes < 0 {
		return fmt.Errorf("api.Config.DesignBytes: expected at least 0, found %d", c.DesignBytes)
	}
	if c.NamedCustomers < 1 {
		return fmt.Errorf("api.Config.NamedCustomers: expected at least 1, found %d", c.NamedCustomers)
	}
	return nil
}

// Parts are what the API stands on. All are required but PhotoStates.
type Parts struct {
	Templates   Templates
	Keys        Keys
	Pauses      Pauses
	Photos      Photos
	PhotoStates PhotoStates // for explanations; may be nil
	Limiter     Limiter
	Gate        *throttle.Gate
	Threads     Threads
	Engine      *renderer.Engine
	Results     *resultcache.Cache
	Watchers    []Watcher // may be empty
	Log         *zap.Logger
	Metrics     *prometheus.Registry
}

// Templates is where templates come from.
type Templates interface {
	// Template returns a version, or templates.ErrNotFound.
	Template(ctx context.Context, customer, id string, version int) (*templates.Template, error)
	// Published returns the version that answers when a URL names none.
	Published(ctx context.Context, customer, id string) (int, error)
}

// Pauses knows what an operator has paused: all of a customer, or the template. Kept
// pictures of it are sent while they are fresh, or instead of the refusal.
type Pauses interface {
	Paused(customer, template string) (paused, whole bool)
}

// Watcher is told of each request when it ends, and must be quick. It does not change
// the record.
type Watcher interface{ Add(r *reqlog.Record) }

// Keys knows the keys that may sign a customer's URLs; none for an unknown customer.
type Keys interface {
	Keys(customer string) ([]renderurl.Key, error)
}

// Photos downloads.
type Photos interface {
	Fetch(ctx context.Context, url string) (*fetcher.Photo, error)
	// Doubt is told of a photo that was fetched and could not be decoded.
	Doubt(ctx context.Context, url string)
}

// Threads run what computes for long. There are as many as Gate has slots.
type Threads interface{ Do(f func()) }

// Limiter gives out leases, or refuses with a *throttle.LimitedError.
type Limiter interface {
	Acquire(ctx context.Context, customer string) (*throttle.Lease, error)
	// Look returns the refusal that Acquire gave a customer a moment ago, if it would
	// give it again.
	Look(customer string) error
}

// API answers HTTP requests. It is safe for concurrent use.
type API struct {
	cfg     Config
	parts   Parts
	designs *designs
	flights flight.Group[*outcome]
	metrics *metrics
	phase   atomic.Int32
}

// Phases of an API. The last has no end.
const (
	serving int32 = iota
	draining
	leaving
)

// ErrLeaving says that the process ends, so that no load balancer is to send it anything again.
var ErrLeaving = errors.New("the process ends")

// New returns the API and registers its metrics.
func New(cfg Config, parts Parts) (*API, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	designs, err := newDesigns(parts, cfg.DesignBytes)
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	metrics := newMetrics(cfg.NamedCustomers)
	if err := errors.Join(metrics.register(parts.Metrics)...); err != nil {
		return nil, fmt.Errorf("api: register metrics: %w", err)
	}
	return &API{cfg: cfg, parts: parts, designs: designs, metrics: metrics}, nil
}

// Handler serves what is public. Health never waits behind renders. Metrics are not
// public: they name customers.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/r/", a.endpoint(a.render))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") })
	mux.Handle("GET /readyz", a.Ready())
	mux.Handle("/", a.endpoint(func(http.ResponseWriter, *http.Request, *exchange) error { return errNoSuchPath }))
	return mux
}

// Close ends the renders that are still running and waits for the pictures that are
// being kept. It is called when no request comes any more.
func (a *API) Close() { a.flights.Close() }

// Drain makes /readyz answer 503, so that load balancers send no more requests.
// What comes in is still served. Undrain ends it.
func (a *API) Drain() { a.phase.CompareAndSwap(serving, draining) }

// Undrain makes /readyz answer 200 again. It returns ErrLeaving when Leave was called.
func (a *API) Undrain() error {
	a.phase.CompareAndSwap(draining, serving)
	if a.phase.Load() == leaving {
		return ErrLeaving
	}
	return nil
}

// Leave is a Drain that nothing ends: the process is about to.
func (a *API) Leave() { a.phase.Store(leaving) }

// Designs tells of the templates that are ready to draw.
func (a *API) Designs() DesignStats { return a.designs.stats() }

// Draining says that Drain or Leave was called.
func (a *API) Draining() bool { return a.phase.Load() != serving }

// Ready answers 503 while the API drains, else 200.
func (a *API) Ready() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if a.Draining() {
			plain(w, http.StatusServiceUnavailable, "draining")
			return
		}
		plain(w, http.StatusOK, "ready")
	})
}

// Metrics serves what Prometheus scrapes.
func (a *API) Metrics() http.Handler {
	return promhttp.HandlerFor(a.parts.Metrics, promhttp.HandlerOpts{})
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n")) // the client may be gone
}
