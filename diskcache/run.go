package diskcache

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	tempAge      = time.Hour   // an unfinished file this old has no writer any more
	rebuildAgain = time.Minute // between two rebuilds by one process
)

// Run is the janitor: until ctx ends it makes space, removes what dead writers left, and has the index rebuilt when it
// is lost. It returns nil once all it started has ended. One Run per process is enough; several do no harm.
func (c *Cache) Run(ctx context.Context) error {
	var rebuild sync.WaitGroup
	defer rebuild.Wait()
	rebuilding := make(chan struct{}, 1)
	ticker := time.NewTicker(c.cfg.Interval)
	defer ticker.Stop()
	for {
		c.report(ctx, c.removeTemps(time.Now()))
		if c.rebuildDue(ctx) {
			select {
			case rebuilding <- struct{}{}:
				rebuild.Go(func() {
					defer func() { <-rebuilding }()
					c.report(ctx, c.Rebuild(ctx))
					c.rebuiltAt.Store(time.Now().UnixNano())
				})
			default: // still at it
			}
		}
		_, err := c.Sweep(ctx)
		c.report(ctx, err)
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// rebuildDue says that the index lacks files. An index that cannot be asked cannot be rebuilt either.
func (c *Cache) rebuildDue(ctx context.Context) bool {
	last := c.rebuiltAt.Load()
	if c.index == nil {
		return last == 0 // count once
	}
	usable, err := c.index.state(ctx)
	if err != nil {
		return false // Sweep reports it
	}
	waited := time.Since(time.Unix(0, last)) >= rebuildAgain
	return !usable || c.lost.Load() && waited
}

// report is where errors of the janitor end. That it was told to end is none, nor that another process does the work.
func (c *Cache) report(ctx context.Context, err error) {
	if err == nil || ctx.Err() != nil || errors.Is(err, ErrRebuilding) {
		return
	}
	c.counters.janitorErrors.Add(1)
	if c.cfg.Report != nil {
		c.cfg.Report(err)
	}
}

// removeTemps removes unfinished files that are old at now.
func (c *Cache) removeTemps(now time.Time) error {
	dir := filepath.Join(c.cfg.Dir, tempFolder)
	entries, err := readDir(dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		if ours, _ := filepath.Match(tempPattern, e.Name()); !ours || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err == nil && now.Sub(info.ModTime()) > tempAge {
			err = os.Remove(filepath.Join(dir, e.Name()))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, fmt.Errorf("remove unfinished file: %w", err))
		}
	}
	return errors.Join(errs...)
}
