package fetcher

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime/debug"
	"time"

	"github.com/adloom/adloom/internal/flight"
	"github.com/adloom/adloom/internal/imageinfo"
)

// Cache keeps photos between fetches. It must be safe for concurrent use.
type Cache interface {
	// Get opens what was put under key; a miss is fs.ErrNotExist. The caller closes.
	Get(ctx context.Context, key string) (io.ReadCloser, error)

	// Put stores all of body under key or nothing.
	Put(ctx context.Context, key string, body io.Reader) error
}

// Photo is a picture as the shop sent it. It is shared between all who asked for it and must not be changed.
type Photo struct {
	URL       string // normalised
	Data      []byte
	Info      imageinfo.Info
	FromCache bool // no body was downloaded for it
}

// Fetcher gets photos. It is safe for concurrent use; Close ends it.
type Fetcher struct {
	cfg       Config
	cache     Cache
	transport *http.Transport
	client    *http.Client
	flights   flight.Group[*Photo]
	refreshes refreshes
	origins   *origins
	failures  *failures
	buffers   buffers
	counters  *counters
}

// New returns a fetcher that keeps photos in cache; a nil cache keeps none.
func New(cfg Config, cache Cache) (*Fetcher, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	failures, err := newFailures(cfg.Negative)
	if err != nil {
		return nil, err
	}
	f := &Fetcher{cfg: cfg, cache: cache, transport: newTransport(cfg), counters: newCounters()}
	f.origins = newOrigins(&f.cfg, f.counters)
	f.failures = failures
	f.buffers = buffers{max: cfg.MaxBuffered, counters: f.counters}
	f.refreshes.max = cfg.Refreshes
	f.client = &http.Client{Transport: f.transport, CheckRedirect: f.checkRedirect}
	return f, nil
}

// Fetch returns the photo at rawURL. When ctx ends first, the error is that of ctx; when the photo cannot be had it is an
// *Error; after Close it is ErrClosed. Many calls for one URL at the same time cost one download.
func (f *Fetcher) Fetch(ctx context.Context, rawURL string) (*Photo, error) {
	f.counters.fetches.Add(1)
	if ctx.Err() != nil {
		return nil, f.left(ctx, rawURL)
	}
	u, err := normalise(rawURL)
	if err != nil {
		return nil, f.counters.failed(&Error{URL: redacted(rawURL), Reason: BadURL, Err: err})
	}
	key := u.String()
	photo, joined, err := f.flights.Do(ctx, key, func(ctx context.Context) (*Photo, func(), error) {
		return f.fly(ctx, u, key)
	})
	if joined {
		f.counters.joined.Add(1)
	}
	switch {
	case errors.Is(err, flight.ErrLeft):
		return nil, f.left(ctx, key)
	case errors.Is(err, flight.ErrClosed):
		return nil, ErrClosed
	}
	return photo, err
}

// left is the error of a call whose own context ended.
func (f *Fetcher) left(ctx context.Context, url string) error {
	f.counters.left.Add(1)
	if cause := context.Cause(ctx); cause != ctx.Err() {
		return fmt.Errorf("wait for photo %s: %w: %w", url, ctx.Err(), cause)
	}
	return fmt.Errorf("wait for photo %s: %w", url, ctx.Err())
}

// fly is one flight: load under the total time limit, a panic turned into an error, the failure counted once.
func (f *Fetcher) fly(ctx context.Context, u *url.URL, key string) (photo *Photo, save func(), err error) {
	f.counters.inFlight.Add(1)
	defer f.counters.inFlight.Add(-1)
	ctx, cancel := context.WithTimeoutCause(ctx, f.cfg.Timeout,
		faultf(Timeout, "expected the whole photo within %v", f.cfg.Timeout))
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			photo, save = nil, nil
			err = faultf(Internal, "panic: %v\n%s", p, debug.Stack())
		}
		if cause := faultOf(err); cause != nil {
			err = f.counters.failed(cause.at(key))
		}
	}()
	return f.load(ctx, u, key)
}

// Close cancels the downloads in flight and in the background, waits until they have ended, and releases idle
// connections. It may be called more than once.
func (f *Fetcher) Close() {
	f.flights.Close()
	f.refreshes.close() // nobody starts one any more
	f.transport.CloseIdleConnections()
}

// Stats returns the counters so far.
func (f *Fetcher) Stats() Stats { return f.counters.snapshot() }
