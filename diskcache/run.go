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

// Run is the janitor: until ctx ends it makes space, removes what dead writers left, has the index rebuilt when it is
// lost, and tells the index what is put and used. It returns nil once all it started has ended and the index has been told
// the last. One Run per process is enough; several do no harm. Without one, each Put tells the index itself.
func (c *Cache) Run(ctx context.Context) error {
	var work sync.WaitGroup
	defer work.Wait()
	work.Go(func() { c.flushNotes(ctx) })
	rebuilding := make(chan struct{}, 1)
	ticker := time.NewTicker(c.cfg.Interval)
	defer ticker.Stop()
	for {
		c.report(ctx, "temps", c.removeTemps(time.Now()))
		if c.rebuildDue(ctx) {
			select {
			case rebuilding <- struct{}{}:
				work.Go(func() {
					defer func() { <-rebuilding }()
					c.report(ctx, "rebuild", c.Rebuild(ctx))
					c.rebuiltAt.Store(time.Now().UnixNano())
				})
			default: // still at it
			}
		}
		_, err := c.Sweep(ctx)
		c.report(ctx, "sweep", err)
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		case <-c.hurry:
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
func (c *Cache) report(ctx context.Context, task string, err error) {
	if ctx.Err() != nil || errors.Is(err, ErrRebuilding) {
		return
	}
	if err != nil {
		c.counters.janitorErrors.Add(1)
	}
	c.reporter.outcome(task, err)
}

// removeTemps removes unfinished files that are old at now.
func (c *Cache) removeTemps(now time.Time) error {
	dir := filepath.Join(c.cfg.Dir, tempFolder)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // Sweep reports it
	}
	if err != nil {
		return fmt.Errorf("look for unfinished files: %w", err)
	}
	var errs []error
	for _, e := range entries {
		if ours, _ := filepath.Match(tempPrefix+"*"+tempSuffix, e.Name()); !ours || !e.Type().IsRegular() {
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
