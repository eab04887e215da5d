package diskcache

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	rebuildBatch = 256
	lockTime     = time.Minute // renewed with each batch, so a dead rebuilder holds others up no longer
)

var (
	// ErrRebuilding means that another process of the node is rebuilding the index.
	ErrRebuilding = errors.New("another process rebuilds the index")

	// errLockLost ends a rebuild whose lock is gone: Redis was emptied meanwhile, or another took over.
	errLockLost = errors.New("the lock of the rebuild is gone")
)

// Rebuild empties the index and fills it from the disk, with each file's modification time as its last use. It returns
// ErrRebuilding when another process of the node is at it. Without Redis it only counts the files.
//
// Files put or used meanwhile enter the index by themselves: adding never takes a last use back, whoever is first.
// The lock is renewed and given back in two steps, look and act. Between them it may pass to another process, and then
// two rebuild at once, which costs time but no correctness; completeness is declared in one step with the lock.
func (c *Cache) Rebuild(ctx context.Context) error {
	if c.index == nil {
		return c.count(ctx)
	}
	token := rand.Text()
	release, err := c.index.lock(ctx, token)
	if err != nil {
		return err
	}
	defer release()
	c.lost.Store(false) // who fails to add from here on sets it again
	if err := c.index.clear(ctx); err != nil {
		return err
	}
	if err := c.refill(ctx, token); err != nil {
		c.lost.Store(true)
		return err
	}
	if err := c.index.complete(ctx, token); err != nil {
		c.lost.Store(true)
		return err
	}
	c.counters.rebuilds.Add(1)
	_, err = c.index.state(ctx) // for the counters
	return err
}

func (c *Cache) count(ctx context.Context) error {
	files, blocks := int64(0), int64(0)
	pace := pacer{c.cfg.RebuildRate}
	err := walk(ctx, c.cfg.Dir, func(f indexed) error {
		files, blocks = files+1, blocks+f.blocks
		if files%rebuildBatch == 0 {
			return pace.wait(ctx, rebuildBatch)
		}
		return nil
	})
	if err == nil {
		c.counters.known(files, blocks)
		c.counters.rebuilds.Add(1)
	}
	return err
}

func (c *Cache) refill(ctx context.Context, token string) error {
	pace := pacer{c.cfg.RebuildRate}
	batch := make([]indexed, 0, rebuildBatch)
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		if err := c.index.renew(ctx, token); err != nil {
			return err
		}
		if _, err := c.index.addAll(ctx, batch); c.index.noted(err) != nil {
			return err
		}
		read := len(batch)
		batch = batch[:0]
		return pace.wait(ctx, read)
	}
	err := walk(ctx, c.cfg.Dir, func(f indexed) error {
		if batch = append(batch, f); len(batch) < rebuildBatch {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// lock takes the lock and returns its release.
func (x *index) lock(ctx context.Context, token string) (release func(), err error) {
	taken, err := x.rdb.SetNX(ctx, LockKey(x.node), token, lockTime).Result()
	if err = x.noted(err); err != nil {
		return nil, fmt.Errorf("lock the index: %w", err)
	}
	if !taken {
		return nil, ErrRebuilding
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), x.timeout)
		defer cancel()
		if x.holds(ctx, token) == nil {
			_ = x.noted(x.rdb.Del(ctx, LockKey(x.node)).Err()) // else it expires
		}
	}, nil
}

func (x *index) holds(ctx context.Context, token string) error {
	holder, err := x.rdb.Get(ctx, LockKey(x.node)).Result()
	if errors.Is(err, redis.Nil) || err == nil && holder != token {
		return errLockLost
	}
	return x.noted(err)
}

func (x *index) renew(ctx context.Context, token string) error {
	if err := x.holds(ctx, token); err != nil {
		return fmt.Errorf("renew the lock of the index: %w", err)
	}
	if err := x.noted(x.rdb.PExpire(ctx, LockKey(x.node), lockTime).Err()); err != nil {
		return fmt.Errorf("renew the lock of the index: %w", err)
	}
	return nil
}

func (x *index) clear(ctx context.Context) error {
	if err := x.noted(x.rdb.Del(ctx, IndexKey(x.node), StateKey(x.node)).Err()); err != nil {
		return fmt.Errorf("empty the index: %w", err)
	}
	return nil
}

// complete declares that every file is in the index, if the lock was ours all along: a Redis that was emptied on the
// way has no lock any more.
func (x *index) complete(ctx context.Context, token string) error {
	err := x.rdb.Watch(ctx, func(tx *redis.Tx) error {
		holder, err := tx.Get(ctx, LockKey(x.node)).Result()
		if errors.Is(err, redis.Nil) || err == nil && holder != token {
			return errLockLost
		}
		if err != nil {
			return err
		}
		_, err = tx.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
			pipe.HSet(ctx, StateKey(x.node), "complete", "1")
			pipe.Del(ctx, LockKey(x.node))
			return nil
		})
		return err
	}, LockKey(x.node))
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
	timer := time.NewTimer(time.Duration(n) * time.Second / time.Duration(p.rate))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
