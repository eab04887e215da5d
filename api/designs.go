package api

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"go.uber.org/zap"
	"golang.org/x/sync/singleflight"

	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/throttle"
)

const (
	keptDesigns   = 500
	keptBroken    = 1000
	keptPublished = 10_000
	publishedFor  = time.Second            // how long a published version is believed
	patience      = 250 * time.Millisecond // for an answer that is known, though perhaps no longer true
	sourceTimeout = 5 * time.Second        // for an answer of the source
	loadTimeout   = 20 * time.Second       // for that, a CPU slot and the compiling
)

// name is a version of a template; with version 0, the template.
type name struct {
	customer, id string
	version      int
}

func (n name) String() string { return fmt.Sprintf("%s/%s@%d", n.customer, n.id, n.version) }

// designs keeps compiled templates in memory. A version never changes, so it is
// loaded once; which version is published is asked again after publishedFor, and
// the last known answer serves on while the source is away.
type designs struct {
	source Templates
	engine *renderer.Engine
	gate   *throttle.Gate
	log    *zap.Logger
	flight singleflight.Group
	now    func() time.Time

	compiled *lru.Cache[name, *renderer.Design]
	bytes    atomic.Int64 // of those
	budget   int64        // of bytes; the last used one stays

	hits, compiles, failures atomic.Uint64

	broken    *lru.Cache[name, error] // versions that cannot be drawn, which does not change
	published *lru.Cache[name, published]
}

type published struct {
	version int
	asked   time.Time
}

func newDesigns(parts Parts, budget int64) (*designs, error) {
	d := &designs{source: parts.Templates, engine: parts.Engine, gate: parts.Gate, budget: budget, log: parts.Log, now: time.Now}
	var err1, err2, err3 error
	d.compiled, err1 = lru.NewWithEvict(keptDesigns, func(_ name, old *renderer.Design) { d.bytes.Add(-old.Bytes()) })
	d.published, err2 = lru.New[name, published](keptPublished)
	d.broken, err3 = lru.New[name, error](keptBroken)
	return d, errors.Join(err1, err2, err3)
}

// DesignStats is about templates in memory, and those that were asked for since the start.
type DesignStats struct {
	Kept         int
	Bytes, Limit int64
	Hits         uint64 // found in memory
	Compiled     uint64
	Failed       uint64 // could not be drawn
}

func (d *designs) stats() DesignStats {
	return DesignStats{Kept: d.compiled.Len(), Bytes: d.bytes.Load(), Limit: d.budget,
		Hits: d.hits.Load(), Compiled: d.compiles.Load(), Failed: d.failures.Load()}
}

// sourceError means that the source of templates is away: nobody knows whether there
// is such a template.
type sourceError struct{ err error }

func (e *sourceError) Error() string { return "templates are away: " + e.err.Error() }
func (e *sourceError) Unwrap() error { return e.err }

// away tells an absent source from an absent template.
func away(err error) error {
	if err == nil || errors.Is(err, templates.ErrNotFound) || errors.As(err, new(templates.Mistakes)) {
		return err
	}
	return &sourceError{err}
}

// get returns the design of a version.
func (d *designs) get(ctx context.Context, n name) (*renderer.Design, error) {
	if design, ok := d.compiled.Get(n); ok {
		d.hits.Add(1)
		return design, nil
	}
	if err, ok := d.broken.Get(n); ok {
		return nil, err
	}
	loaded, err := d.once(ctx, n, func(ctx context.Context) (any, error) {
		if design, ok := d.compiled.Get(n); ok {
			return design, nil // filled between our look and this flight
		}
		return d.load(ctx, n)
	})
	if err != nil {
		return nil, err
	}
	return loaded.(*renderer.Design), nil
}

// once has all who ask for n while it is not there wait for one call of load. It runs
// on a context of its own: the first one's departure must not fail the others.
func (d *designs) once(ctx context.Context, n name, load func(ctx context.Context) (any, error)) (any, error) {
	flight := d.flight.DoChan(n.String(), func() (loaded any, err error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), loadTimeout)
		defer cancel()
		// singleflight would end the process with it.
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("template %v: panic: %v\n%s", n, p, debug.Stack())
			}
		}()
		return load(ctx)
	})
	select {
	case result := <-flight:
		return result.Val, result.Err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (d *designs) load(ctx context.Context, n name) (*renderer.Design, error) {
	t, err := d.fetch(ctx, n)
	if err != nil {
		return nil, err
	}
	design, err := d.compile(ctx, n, t)
	if err != nil {
		d.failures.Add(1)
		err = fmt.Errorf("template %v: %w", n, err)
		if mistakes := (templates.Mistakes)(nil); errors.As(err, &mistakes) {
			d.broken.Add(n, err)
		}
		return nil, err
	}
	d.compiles.Add(1)
	d.warn(n, design)
	d.bytes.Add(design.Bytes())
	d.compiled.Add(n, design)
	for d.bytes.Load() > d.budget && d.compiled.Len() > 1 {
		d.compiled.RemoveOldest()
	}
	return design, nil
}

func (d *designs) fetch(ctx context.Context, n name) (*templates.Template, error) {
	ctx, cancel := context.WithTimeout(ctx, sourceTimeout)
	defer cancel()
	t, err := d.source.Template(ctx, n.customer, n.id, n.version)
	return t, away(err)
}

// compile takes a CPU slot of the customer's, like the renders.
func (d *designs) compile(ctx context.Context, n name, t *templates.Template) (*renderer.Design, error) {
	release, err := d.gate.Run(ctx, n.customer, 0)
	if err != nil {
		return nil, err
	}
	defer release()
	return d.engine.Compile(ctx, t)
}

// warn logs what is wrong with each picture of a design. Texts that differ from
// product to product are reported with their requests.
func (d *designs) warn(n name, design *renderer.Design) {
	for _, s := range design.Substitutes {
		d.log.Warn("font missing", zap.Stringer("template", n), zap.String("layer", s.Layer), zap.String("wanted", s.Wanted), zap.String("used", s.Used))
	}
	for _, s := range design.Texts {
		if !s.Whole || len(s.Missing) > 0 {
			d.log.Warn("text cut or without glyphs", zap.Stringer("template", n), zap.String("layer", s.Layer), zap.Bool("text_cut", !s.Whole), zap.String("missing_glyphs", string(s.Missing)))
		}
	}
}

// current returns the published version. While the source is away, or does not answer
// within patience, the last one known serves on.
func (d *designs) current(ctx context.Context, n name) (int, error) {
	known, ok := d.published.Get(n)
	if ok && d.now().Sub(known.asked).Abs() < publishedFor {
		return known.version, nil
	}
	waiting := ctx
	if ok {
		var cancel context.CancelFunc
		waiting, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	version, err := d.once(waiting, n, func(ctx context.Context) (any, error) { return d.ask(ctx, n) })
	switch {
	case err == nil:
		return version.(int), nil
	case ok && ctx.Err() == nil && errors.Is(err, waiting.Err()):
		return known.version, nil
	}
	return 0, err
}

func (d *designs) ask(ctx context.Context, n name) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, sourceTimeout)
	defer cancel()
	version, err := d.source.Published(ctx, n.customer, n.id)
	known, ok := d.published.Get(n)
	switch err = away(err); {
	case err == nil:
		d.published.Add(n, published{version, d.now()})
		return version, nil
	case ok && !errors.Is(err, templates.ErrNotFound):
		d.log.Warn("published version unknown, the last one serves on", zap.Stringer("template", n), zap.Error(err))
		d.published.Add(n, published{known.version, d.now()})
		return known.version, nil
	}
	return 0, err
}
