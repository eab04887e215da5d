package diskcache

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	tempFolder  = "tmp"
	tempPattern = "put-*.part"
)

// Cache keeps files. It is safe for concurrent use, also by several processes. It holds nothing that must be closed.
type Cache struct {
	cfg      Config
	index    *index // nil when there is no Redis
	counters counters

	lost      atomic.Bool  // the index lacks a file that we know of
	rebuiltAt atomic.Int64 // unix nanoseconds of our last rebuild's end
}

// New returns the cache in cfg.Dir, with its index in rdb. A nil rdb means no index: the janitor then walks the disk
// when space is needed. The client should have ContextTimeoutEnabled, or its own read timeout holds instead of
// cfg.IndexTimeout.
func New(cfg Config, rdb redis.UniversalClient) (*Cache, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if cfg.Statfs == nil {
		cfg.Statfs = statfs
	}
	if err := os.MkdirAll(filepath.Join(cfg.Dir, tempFolder), 0o755); err != nil {
		return nil, fmt.Errorf("make the cache folder: %w", err)
	}
	c := &Cache{cfg: cfg}
	if rdb != nil {
		c.index = newIndex(rdb, cfg, &c.counters)
	}
	return c, nil
}

// Get opens the file put under key; a miss is fs.ErrNotExist. The caller closes. A file that is evicted or replaced
// while it is open stays readable as it was.
func (c *Cache) Get(ctx context.Context, key string) (io.ReadCloser, error) {
	n := nameOf(key)
	file, err := os.OpenFile(n.path(c.cfg.Dir), os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		c.counters.misses.Add(1)
		return nil, fmt.Errorf("open cached file: %w", err)
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		c.counters.misses.Add(1)
		return nil, errors.Join(fmt.Errorf("open cached file: no regular file: %w", fs.ErrNotExist), file.Close())
	}
	c.counters.hits.Add(1)
	if now := time.Now(); now.Sub(info.ModTime()) >= c.cfg.TouchEvery {
		c.touch(ctx, n, info.Size(), now)
	}
	return file, nil
}

// touch notes the use on disk first, so that whoever comes next, in any process, need not.
func (c *Cache) touch(ctx context.Context, n name, size int64, now time.Time) {
	if err := os.Chtimes(n.path(c.cfg.Dir), now, now); err != nil {
		return // evicted meanwhile, or a disk that cannot be written; the file serves all the same
	}
	if c.index == nil {
		return
	}
	if known, err := c.index.touch(ctx, n); err == nil && !known {
		c.indexFile(ctx, n, blocksOf(size))
	}
}

// Put stores all of body under key, or nothing: after an error the old file, if any, is still there and nothing else is
// left behind. When the index cannot be told, the file is stored all the same.
func (c *Cache) Put(ctx context.Context, key string, body io.Reader) error {
	size, err := c.store(ctx, nameOf(key), body)
	if err != nil {
		c.counters.writeErrors.Add(1)
		return fmt.Errorf("store cached file: %w", err)
	}
	c.counters.puts.Add(1)
	c.counters.written.Add(uint64(size))
	return nil
}

func (c *Cache) store(ctx context.Context, n name, body io.Reader) (size int64, err error) {
	temp, size, err := c.writeTemp(body)
	if err != nil {
		return 0, err
	}
	if err := ctx.Err(); err != nil {
		return 0, errors.Join(err, os.Remove(temp))
	}
	path := n.path(c.cfg.Dir)
	oldBlocks, replaced := int64(0), false
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
		oldBlocks, replaced = blocksOf(info.Size()), true
	}
	if err := moveInto(temp, path); err != nil {
		return 0, errors.Join(err, os.Remove(temp))
	}
	if c.index == nil || !c.indexFile(ctx, n, blocksOf(size)) {
		c.counters.grow(replaced, blocksOf(size)-oldBlocks)
	}
	return size, nil
}

// writeTemp returns the path of a new file that holds all of body, synced.
func (c *Cache) writeTemp(body io.Reader) (path string, size int64, err error) {
	file, err := os.CreateTemp(filepath.Join(c.cfg.Dir, tempFolder), tempPattern)
	if err != nil {
		return "", 0, err
	}
	if size, err = io.Copy(file, body); err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", 0, errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), size, nil
}

// moveInto renames and makes the folder when the name is the first of it.
func moveInto(temp, path string) error {
	err := os.Rename(temp, path)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.Rename(temp, path)
}

// indexFile tells the index, also for a caller that has left. True means that it is complete and has said how much it
// holds; an error means that a rebuild is due.
func (c *Cache) indexFile(ctx context.Context, n name, blocks int64) bool {
	complete, err := c.index.add(context.WithoutCancel(ctx), indexed{name: n, blocks: blocks})
	if err != nil {
		c.lost.Store(true)
	}
	return err == nil && complete
}

// Stats returns the counters so far.
func (c *Cache) Stats() Stats { return c.counters.snapshot() }
