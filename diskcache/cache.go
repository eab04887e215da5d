package diskcache

import (
	"context"
	"crypto/rand"
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
	"golang.org/x/sys/unix"
)

const tempFolder = "tmp"

// Cache keeps files. It is safe for concurrent use, also by several processes. It holds nothing that must be closed,
// not even an open folder, which would keep a disk from being unmounted.
type Cache struct {
	cfg      Config
	index    *index // nil when there is no Redis
	counters counters
	refusal  refusal
	reporter reporter
	notes    notes

	device uint64        // the disk that holds Dir
	below  uint64        // the disk that its mount point is on; the same when it is not mounted apart
	temp   string        // how the paths of our unfinished files begin
	temps  atomic.Uint64 // how many there were

	lost      atomic.Bool   // the index lacks a file that we know of
	rebuiltAt atomic.Int64  // unix nanoseconds of our last rebuild's end
	hurry     chan struct{} // wakes the janitor: the disk is full
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
	temps := filepath.Join(cfg.Dir, tempFolder)
	if err := os.MkdirAll(temps, 0o755); err != nil {
		return nil, fmt.Errorf("make the cache folder: %w", err)
	}
	device, err := deviceOf(cfg.Dir)
	if err != nil {
		return nil, fmt.Errorf("look at the cache folder: %w", err)
	}
	below, err := deviceBelow(cfg.Dir, device)
	if err != nil {
		return nil, fmt.Errorf("look below the cache folder: %w", err)
	}
	c := &Cache{
		cfg: cfg, device: device, below: below, hurry: make(chan struct{}, 1), notes: newNotes(),
		temp: filepath.Join(temps, tempPrefix+rand.Text()+"-"), reporter: reporter{tell: cfg.Report},
	}
	if rdb != nil {
		c.index = newIndex(rdb, cfg, &c.counters)
	}
	return c, nil
}

// Get opens the file put under key; a miss is fs.ErrNotExist, also when something that is not ours is in its place. The
// caller closes. A file that is evicted or replaced while it is open stays readable as it was.
func (c *Cache) Get(ctx context.Context, key string) (io.ReadCloser, error) {
	n := nameOf(key)
	path := n.path(c.cfg.Dir)
	file, err := openFile(path)
	if err != nil {
		c.counters.misses.Add(1)
		if errors.Is(err, unix.ENOTDIR) || errors.Is(err, unix.ELOOP) || errors.Is(err, unix.ENXIO) {
			return nil, fmt.Errorf("open cached file: %w: %w", err, fs.ErrNotExist)
		}
		return nil, fmt.Errorf("open cached file: %w", err)
	}
	var info unix.Stat_t
	if err := unix.Fstat(int(file.Fd()), &info); err != nil || !isRegular(&info) {
		c.counters.misses.Add(1)
		return nil, errors.Join(fmt.Errorf("open cached file: no regular file: %w", fs.ErrNotExist), file.Close())
	}
	c.counters.hits.Add(1)
	if now := time.Now(); now.Sub(usedAt(&info)) >= c.cfg.TouchEvery {
		c.touch(ctx, n, path, blocksOf(info.Size), now)
	}
	return file, nil
}

// openFile opens what is no link for reading. When a file was last read is not noted on disk: that may wait for the disk's
// journal, which a crowd of writers and removers can hold up for seconds.
func openFile(path string) (*os.File, error) {
	const flags = os.O_RDONLY | syscall.O_NOFOLLOW | syscall.O_NONBLOCK
	file, err := os.OpenFile(path, flags|noAtime, 0)
	if errors.Is(err, fs.ErrPermission) { // only a file's owner may ask for that
		return os.OpenFile(path, flags, 0)
	}
	return file, err
}

// touch notes the use on disk first, so that whoever comes next, in any process, need not. That a link was put in the
// file's place meanwhile changes nothing for what it leads to.
func (c *Cache) touch(ctx context.Context, n name, path string, blocks int64, now time.Time) {
	used, err := unix.TimeToTimespec(now)
	if err != nil {
		return
	}
	if unix.UtimesNanoAt(unix.AT_FDCWD, path, []unix.Timespec{used, used}, unix.AT_SYMLINK_NOFOLLOW) != nil {
		return // evicted meanwhile, or a disk that cannot be written; the file serves all the same
	}
	c.note(ctx, indexed{name: n, blocks: blocks})
}

// Stats returns the counters so far.
func (c *Cache) Stats() Stats {
	s := c.counters.snapshot()
	s.Refusing = c.refusal.now()
	return s
}
