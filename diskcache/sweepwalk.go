package diskcache

import (
	"container/heap"
	"context"
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// sweepWalk finds the oldest files that together are enough. Memory grows with what is wanted, not with what there is.
// How far the files are over the cap is what the walk finds, for what was known without an index may be wrong.
func (c *Cache) sweepWalk(ctx context.Context, need need) (Swept, error) {
	var swept Swept
	var oldest newestFirst
	sum, files, blocks := int64(0), int64(0), int64(0)
	enough := func(sum int64, files int) bool { return sum >= need.blocks() && int64(files) >= need.files }
	err := walk(ctx, c.cfg.Dir, func(f indexed) error {
		files, blocks = files+1, blocks+f.blocks
		heap.Push(&oldest, f)
		sum += f.blocks
		for len(oldest) > 0 && enough(sum-oldest[0].blocks, len(oldest)-1) {
			sum -= heap.Pop(&oldest).(indexed).blocks
		}
		return nil
	})
	if err != nil {
		return swept, err
	}
	c.counters.known(files, blocks)
	if need.overCap > 0 {
		need.overCap = blocks - c.cfg.MaxBytes/blockSize
	}
	for len(oldest) > 0 && enough(sum-oldest[0].blocks, len(oldest)-1) {
		sum -= heap.Pop(&oldest).(indexed).blocks
	}
	return swept, c.removeAll(ctx, oldest, &swept)
}

// removeAll removes in batches, with pauses like those of a sweep by the index.
func (c *Cache) removeAll(ctx context.Context, files []indexed, swept *Swept) error {
	var odd error
	for i, f := range files {
		if i%c.cfg.EvictBatch == c.cfg.EvictBatch-1 {
			if err := rest(ctx, longestPause/5); err != nil {
				return err
			}
		}
		_, err := c.remove(f.name, swept)
		if errors.Is(err, unix.EPERM) || errors.Is(err, unix.EBUSY) {
			odd = err
			continue
		}
		if err != nil {
			return fmt.Errorf("evict: %w", err)
		}
	}
	if odd != nil {
		return fmt.Errorf("evict: %w", odd)
	}
	return nil
}

// newestFirst is a heap whose top is the file used last.
type newestFirst []indexed

func (h newestFirst) Len() int           { return len(h) }
func (h newestFirst) Less(i, j int) bool { return h[i].used > h[j].used }
func (h newestFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *newestFirst) Push(x any)        { *h = append(*h, x.(indexed)) }
func (h *newestFirst) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
