package diskcache

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Swept is what one sweep removed.
type Swept struct {
	Files int
	Bytes int64 // in whole blocks of 4 KiB
}

// need is how many blocks must go. They are two numbers because a name in the index whose file is gone counts for the
// cap, which is on what the index holds, but frees nothing.
type need struct {
	overCap   int64
	shortFree int64 // up to the high mark, when free space is below the low one
}

func (n need) blocks() int64 { return max(n.overCap, n.shortFree) }

// Sweep makes space once, if it is needed: oldest files first, by the index when that is complete, else by a walk. How
// much is settled at the start, so that space which does not come back at once is not asked for twice.
func (c *Cache) Sweep(ctx context.Context) (Swept, error) {
	indexed, indexErr := c.indexUsable(ctx)
	need, err := c.need()
	if err != nil || need.blocks() <= 0 {
		return Swept{}, errors.Join(indexErr, err)
	}
	if indexed {
		return c.sweepIndex(ctx, need)
	}
	swept, err := c.sweepWalk(ctx, need.blocks())
	return swept, errors.Join(indexErr, err)
}

func (c *Cache) indexUsable(ctx context.Context) (bool, error) {
	if c.index == nil {
		return false, nil
	}
	return c.index.state(ctx)
}

func (c *Cache) need() (need, error) {
	var n need
	if c.cfg.MaxBytes > 0 {
		n.overCap = c.counters.blocks.Load() - c.cfg.MaxBytes/blockSize
	}
	free, total, err := c.cfg.Statfs(c.cfg.Dir)
	if err != nil {
		return n, fmt.Errorf("read the free space of the cache's disk: %w", err)
	}
	if high := c.cfg.HighFree.of(total); free < c.cfg.LowFree.of(total) && free < high {
		n.shortFree = int64((high - free + blockSize - 1) / blockSize)
	}
	return n, nil
}

func (c *Cache) sweepIndex(ctx context.Context, need need) (Swept, error) {
	var swept Swept
	for need.blocks() > 0 {
		files, err := c.index.evict(ctx, c.cfg.EvictBatch, need.blocks())
		if err != nil {
			c.lost.Store(true) // the answer may have been lost on its way, with names in it
			return swept, err
		}
		if len(files) == 0 {
			c.lost.Store(true) // space is short and the index knows no more files: there may be some it does not know
			return swept, nil
		}
		for i, f := range files {
			freed, err := int64(0), ctx.Err()
			if err == nil {
				freed, err = c.remove(f.name, &swept)
			}
			if err != nil {
				c.lost.Store(true) // the names from here on are out of the index, but not off the disk
				return swept, fmt.Errorf("evict, with %d of %d files to go: %w", len(files)-i, len(files), err)
			}
			need.overCap -= f.blocks
			need.shortFree -= freed
		}
	}
	return swept, nil
}

// sweepWalk finds the oldest files that together are enough. Memory grows with what is wanted, not with what there is.
func (c *Cache) sweepWalk(ctx context.Context, wanted int64) (Swept, error) {
	var swept Swept
	var oldest newestFirst
	sum, files, blocks := int64(0), int64(0), int64(0)
	err := walk(ctx, c.cfg.Dir, func(f indexed) error {
		files, blocks = files+1, blocks+f.blocks
		heap.Push(&oldest, f)
		sum += f.blocks
		for len(oldest) > 0 && sum-oldest[0].blocks >= wanted {
			sum -= heap.Pop(&oldest).(indexed).blocks
		}
		return nil
	})
	if err != nil {
		return swept, err
	}
	c.counters.known(files, blocks)
	for _, f := range oldest {
		if _, err := c.remove(f.name, &swept); err != nil {
			return swept, fmt.Errorf("evict: %w", err)
		}
	}
	return swept, nil
}

// remove takes a file off the disk and counts it; one that is gone already is no error.
func (c *Cache) remove(n name, swept *Swept) (blocks int64, err error) {
	path := n.path(c.cfg.Dir)
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		return 0, nil // not ours
	}
	if err == nil {
		err = os.Remove(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	blocks = blocksOf(info.Size())
	swept.Files++
	swept.Bytes += blocks * blockSize
	c.counters.evicted(blocks)
	return blocks, nil
}

// newestFirst is a heap whose top is the file used last.
type newestFirst []indexed

func (h newestFirst) Len() int           { return len(h) }
func (h newestFirst) Less(i, j int) bool { return h[i].used.After(h[j].used) }
func (h newestFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *newestFirst) Push(x any)        { *h = append(*h, x.(indexed)) }
func (h *newestFirst) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
