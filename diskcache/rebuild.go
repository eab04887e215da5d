package diskcache

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"
)

const (
	fillBatch   = 128 // names in one call: some tenths of a millisecond of Redis's time
	fillBatches = 3   // under way: one that Redis takes, one that waits, one that the walk fills
)

// ErrRebuilding means that another process of the node is rebuilding the index.
var ErrRebuilding = errors.New("another process rebuilds the index")

// Rebuild empties the index and fills it from the disk, with each file's modification time as its last use. It returns
// ErrRebuilding when another process of the node is at it. Without Redis it only counts the files.
//
// Files put or used meanwhile enter the index by themselves, and what the walk finds later never replaces a name that is
// there: it was noted after the index was emptied, so it is at least as new. A file that is put before the walk comes by,
// and noted before the index is emptied, is found by the walk; one that could not be noted sets lost.
func (c *Cache) Rebuild(ctx context.Context) error {
	if err := c.present(); err != nil {
		return err // the disk is not there, which does not mean that it is empty
	}
	if c.index == nil {
		return c.count(ctx)
	}
	lock, err := c.index.lock(ctx, LockKey(c.cfg.Node), rebuildLock)
	if errors.Is(err, errHeld) {
		return ErrRebuilding
	}
	if err != nil {
		return err
	}
	defer lock.release(ctx)
	c.lost.Store(false) // who fails to add from here on sets it again
	if err := c.refill(ctx, lock); err != nil {
		c.lost.Store(true)
		return err
	}
	c.counters.rebuilds.Add(1)
	_, err = c.index.state(ctx) // for the counters
	return err
}

func (c *Cache) refill(ctx context.Context, lock *lock) error {
	if err := c.index.clear(ctx); err != nil {
		return err
	}
	blocks, err := c.fill(ctx, lock)
	if err != nil {
		return err
	}
	if err := c.present(); err != nil {
		return err // it went away during the walk
	}
	return c.index.complete(ctx, lock, blocks)
}

// fill walks the disk and hands what it finds to a writer, so that the disk and Redis are busy at the same time. It is one
// writer, which waits for each answer: Redis has time for others between two calls. The batches go round.
func (c *Cache) fill(ctx context.Context, lock *lock) (blocks int64, err error) {
	empty, full := make(chan []indexed, fillBatches), make(chan []indexed, fillBatches)
	for range fillBatches {
		empty <- make([]indexed, 0, fillBatch)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		for batch := range full {
			added, err := c.index.fill(ctx, batch)
			if err != nil {
				return err
			}
			blocks += added
			empty <- batch[:0]
		}
		return nil
	})
	group.Go(func() error {
		defer close(full)
		return c.findFiles(ctx, lock, empty, full)
	})
	err = group.Wait()
	return blocks, err // not before the writer has ended, who counts them
}

// findFiles sends what is on disk. It stops when the writer has: then ctx has ended.
func (c *Cache) findFiles(ctx context.Context, lock *lock, empty <-chan []indexed, full chan<- []indexed) error {
	pace := pacer{c.cfg.RebuildRate}
	batch := <-empty
	send := func() error {
		sent := len(batch)
		full <- batch // has room for all that there are
		if err := lock.keep(ctx); err != nil {
			return err
		}
		if err := pace.wait(ctx, sent); err != nil {
			return err
		}
		select {
		case batch = <-empty:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := walk(ctx, c.cfg.Dir, func(f indexed) error {
		if batch = append(batch, f); len(batch) < fillBatch {
			return nil
		}
		return send()
	})
	if err == nil && len(batch) > 0 {
		full <- batch
	}
	return err
}

// count is a rebuild without an index.
func (c *Cache) count(ctx context.Context) error {
	files, blocks := int64(0), int64(0)
	pace := pacer{c.cfg.RebuildRate}
	err := walk(ctx, c.cfg.Dir, func(f indexed) error {
		files, blocks = files+1, blocks+f.blocks
		if files%fillBatch == 0 {
			return pace.wait(ctx, fillBatch)
		}
		return nil
	})
	if err == nil {
		c.counters.known(files, blocks)
		c.counters.rebuilds.Add(1)
	}
	return err
}

// clear empties the index. Redis frees what was in it on a thread of its own: to free a million names takes a second or two.
func (x *index) clear(ctx context.Context) error {
	if err := x.noted(x.rdb.Unlink(ctx, IndexKey(x.node), StateKey(x.node)).Err()); err != nil {
		return fmt.Errorf("empty the index: %w", err)
	}
	return nil
}

// complete declares that every file is in the index, if the lock was ours all along: a Redis that was emptied on the way
// has no lock any more. It is one step with giving back the lock.
func (x *index) complete(ctx context.Context, l *lock, blocks int64) error {
	err := x.rdb.Watch(ctx, func(tx *redis.Tx) error {
		holder, err := tx.Get(ctx, l.key).Result()
		if errors.Is(err, redis.Nil) || err == nil && holder != l.token {
			return errLockLost
		}
		if err != nil {
			return err
		}
		_, err = tx.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
			pipe.HIncrBy(ctx, StateKey(x.node), "blocks", blocks)
			pipe.HSet(ctx, StateKey(x.node), "complete", "1")
			pipe.Del(ctx, l.key)
			return nil
		})
		return err
	}, l.key)
	if err != nil {
		return fmt.Errorf("declare the index complete: %w", err)
	}
	return nil
}

// pacer spreads reading over time.
type pacer struct{ rate int }

// wait returns when n files may have been read at the rate.
func (p pacer) wait(ctx context.Context, n int) error {
	if p.rate == 0 {
		return ctx.Err()
	}
	return rest(ctx, time.Duration(n)*time.Second/time.Duration(p.rate))
}
