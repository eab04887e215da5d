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
)

const (
	keptDesigns   = 500
	keptBroken    = 1000
	keptPublished = 10_000
	publishedFor  = time.Second     // how long a published version is believed
	loadTimeout   = 5 * time.Second // for the source
)

// name is a template; with a version above 0, one version of it.
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
	log    *zap.Logger
	flight singleflight.Group
	now    func() time.Time

	compiled *lru.Cache[name, *renderer.Design]
	bytes    atomic.Int64 // of those
	budget   int64        // of bytes; the last used one stays

	broken    *lru.Cache[name, error] // versions that cannot be drawn, which does not change
	published *lru.Cache[name, published]
}

type published struct {
	version int
	asked   time.Time
}

func newDesigns(source Templates, engine *renderer.Engine, budget int64, log *zap.Logger) (*designs, error) {
	d := &designs{source: source, engine: engine, budget: budget, log: log, now: time.Now}
	var err1, err2, err3 error
	d.compiled, err1 = lru.NewWithEvict(keptDesigns, func(_ name, old *renderer.Design) { d.bytes.Add(-old.Bytes()) })
	d.published, err2 = lru.New[name, published](keptPublished)
	d.broken, err3 = lru.New[name, error](keptBroken)
	return d, errors.Join(err1, err2, err3)
}

// get returns a design; n.version 0 asks for the published one.
func (d *designs) get(ctx context.Context, n name) (*renderer.Design, error) {
	if n.version == 0 {
		version, err := d.current(ctx, n)
		if err != nil {
			return nil, err
		}
		n.version = version
	}
	if design, ok := d.compiled.Get(n); ok {
		return design, nil
	}
	if err, ok := d.broken.Get(n); ok {
		return nil, err
	}
	// All who ask for n while it is not there wait for one load. It runs on a
	// context of its own: the first one's departure must not fail the others.
	flight := d.flight.DoChan(n.String(), func() (any, error) {
		if design, ok := d.compiled.Get(n); ok {
			return design, nil // filled between our look and this flight
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), loadTimeout)
		defer cancel()
		return d.load(ctx, n)
	})
	select {
	case result := <-flight:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*renderer.Design), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (d *designs) load(ctx context.Context, n name) (design *renderer.Design, err error) {
	// singleflight would end the process with it.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("template %v: panic: %v\n%s", n, p, debug.Stack())
		}
	}()
	t, err := d.source.Template(ctx, n.customer, n.id, n.version)
	if err != nil {
		return nil, err
	}
	if design, err = d.engine.Compile(ctx, t); err != nil {
		err = fmt.Errorf("template %v: %w", n, err)
		if mistakes := (templates.Mistakes)(nil); errors.As(err, &mistakes) {
			d.broken.Add(n, err)
		}
		return nil, err
	}
	d.warn(n, design)
	d.bytes.Add(design.Bytes())
	d.compiled.Add(n, design)
	for d.bytes.Load() > d.budget && d.compiled.Len() > 1 {
		d.compiled.RemoveOldest()
	}
	return design, nil
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

func (d *designs) current(ctx context.Context, n name) (int, error) {
	known, ok := d.published.Get(n)
	if ok && d.now().Sub(known.asked) < publishedFor {
		return known.version, nil
	}
	version, err := d.source.Published(ctx, n.customer, n.id)
	switch {
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
