package diskcache

import (
	"context"
	"encoding/binary"
	"path/filepath"
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

// AddNames puts n made-up files of 200 kB into the index.
func (c *Cache) AddNames(ctx context.Context, n int) error {
	var batch []indexed
	for i := range n {
		f := indexed{blocks: blocksOf(200_000 + int64(i)), used: 1_700_000_000 + int64(i)*7919%10_000_000}
		binary.BigEndian.PutUint64(f.name[:], uint64(i)*0x9e3779b97f4a7c15)
		if batch = append(batch, f); len(batch) == fillBatch || i == n-1 {
			if _, err := c.index.fill(ctx, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	return nil
}
