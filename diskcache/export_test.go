package diskcache

import (
	"context"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"slices"
	"time"
)

// Path returns where the file of a key is.
func (c *Cache) Path(key string) string { return nameOf(key).path(c.cfg.Dir) }

// TempDir returns where unfinished files are.
func (c *Cache) TempDir() string { return filepath.Join(c.cfg.Dir, tempFolder) }

// RebuildDue says whether the janitor would have the index rebuilt.
func (c *Cache) RebuildDue(ctx context.Context) bool { return c.rebuildDue(ctx) }

// RemoveTemps removes what is unfinished and old at now.
func (c *Cache) RemoveTemps(now time.Time) error { return c.removeTemps(now) }

// AddNames fills the index with n made-up files of 200 kB, as a rebuild does.
func (c *Cache) AddNames(ctx context.Context, n int) error {
	for batch := range slices.Chunk(madeUp(n), fillBatch) {
		if _, err := c.index.fill(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

// NoteNames notes the use of the first n of them.
func (c *Cache) NoteNames(ctx context.Context, n int) error {
	for batch := range slices.Chunk(madeUp(n), flushAt) {
		if err := c.index.add(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

func madeUp(n int) []indexed {
	files := make([]indexed, n)
	for i := range files {
		files[i] = indexed{blocks: blocksOf(200_000 + int64(i)), used: 1_700_000_000 + int64(i)*7919%10_000_000}
		binary.BigEndian.PutUint64(files[i].name[:], uint64(i)*0x9e3779b97f4a7c15)
	}
	return files
}

// Pick times the choice of the n oldest as a sweep makes it, and puts them back.
func (c *Cache) Pick(ctx context.Context, n int) (time.Duration, error) {
	var all []indexed
	start := time.Now()
	for len(all) < n {
		files, err := c.index.evict(ctx, c.cfg.EvictBatch, need{files: int64(n - len(all))})
		if err != nil {
			return 0, err
		}
		if len(files) == 0 {
			return 0, fmt.Errorf("picked %d files, want %d", len(all), n)
		}
		all = append(all, files...)
	}
	took := time.Since(start)
	for batch := range slices.Chunk(all, fillBatch) {
		if err := c.index.putBack(ctx, batch); err != nil {
			return 0, err
		}
	}
	return took, nil
}

// Lost says whether the index is known to lack something.
func (c *Cache) Lost() bool { return c.lost.Load() }

// RefusesNow says whether a Put would fail without being tried.
func (c *Cache) RefusesNow() bool {
	c.refusal.mu.Lock()
	defer c.refusal.mu.Unlock()
	return c.refusal.cause != nil && time.Now().Before(c.refusal.until)
}
