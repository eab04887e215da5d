package resultcache

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync/atomic"
	"time"
)

// Store keeps bytes under keys. It must be safe for concurrent use.
type Store interface {
	// Get opens what was put under key; a miss is fs.ErrNotExist. The caller closes.
	Get(ctx context.Context, key string) (io.ReadCloser, error)

	// Put stores all of body under key or nothing.
	Put(ctx context.Context, key string, body io.Reader) error
}

// Picture is a render as it was answered. It is shared and must not be changed.
type Picture struct {
	Data []byte
	ETag string    // of the bytes, with its quotes
	Made time.Time // when it was drawn
}

// Cache keeps pictures in a Store. It is safe for concurrent use and holds nothing
// that must be closed.
type Cache struct {
	cfg     Config
	store   Store
	writing chan struct{} // a token for each picture that is being written

	hits, stale, misses, puts, dropped, broken, failed atomic.Uint64
}

// Stats counts since New.
type Stats struct {
	Hits    uint64 // pictures found fresh
	Stale   uint64 // found, but no longer fresh
	Misses  uint64 // not found
	Puts    uint64 // pictures written
	Dropped uint64 // not written, because too many were being written or one was too large
	Broken  uint64 // found and not whole, or another's
	Failed  uint64 // reads and writes that the store refused
}

// New returns a cache of the pictures in store.
func New(cfg Config, store Store) (*Cache, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Cache{cfg: cfg, store: store, writing: make(chan struct{}, cfg.Writes)}, nil
}

// Get returns the picture under key and whether it is fresh; nil when there is none
// that may be served at all.
func (c *Cache) Get(ctx context.Context, key string) (p *Picture, fresh bool) {
	if c.off() {
		return nil, false
	}
	p, err := c.read(ctx, key)
	if err != nil {
		counter := &c.failed
		switch {
		case errors.Is(err, fs.ErrNotExist):
			counter = &c.misses
		case errors.Is(err, errNotWhole):
			counter = &c.broken
		}
		counter.Add(1)
		return nil, false
	}
	switch age := c.Age(p); {
	case age < c.cfg.Fresh:
		c.hits.Add(1)
		return p, true
	case age < c.cfg.MaxStale:
		c.stale.Add(1)
		return p, false
	}
	c.misses.Add(1)
	return nil, false
}

// off says that no picture is kept.
func (c *Cache) off() bool { return c.cfg.Fresh == 0 && c.cfg.MaxStale == 0 }

// Age is how long ago a picture was drawn. One from the future, as after a clock was
// set back, ages likewise.
func (c *Cache) Age(p *Picture) time.Duration { return c.cfg.Now().Sub(p.Made).Abs() }

func (c *Cache) read(ctx context.Context, key string) (*Picture, error) {
	body, err := c.store.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return decode(body, c.cfg.Engine, key, c.cfg.MaxBytes)
}

// Put keeps a picture, unless too many are being written already. It returns when
// the picture is written; whoever waits for an answer should not call it.
func (c *Cache) Put(ctx context.Context, key string, p *Picture) {
	if c.off() {
		return
	}
	select {
	case c.writing <- struct{}{}:
		defer func() { <-c.writing }()
	default:
		c.dropped.Add(1)
		return
	}
	switch err := c.put(ctx, key, p); {
	case err == nil:
		c.puts.Add(1)
	case errors.Is(err, errTooLarge):
		c.dropped.Add(1)
	default:
		c.failed.Add(1)
	}
}

var errTooLarge = errors.New("picture is too large to be kept")

func (c *Cache) put(ctx context.Context, key string, p *Picture) error {
	if len(p.Data) > c.cfg.MaxBytes {
		return errTooLarge
	}
	if err := c.store.Put(ctx, key, encode(p, c.cfg.Engine, key)); err != nil {
		return fmt.Errorf("keep picture: %w", err)
	}
	return nil
}

// Stats returns the counters so far.
func (c *Cache) Stats() Stats {
	return Stats{
		Hits: c.hits.Load(), Stale: c.stale.Load(), Misses: c.misses.Load(), Puts: c.puts.Load(),
		Dropped: c.dropped.Load(), Broken: c.broken.Load(), Failed: c.failed.Load(),
	}
}
