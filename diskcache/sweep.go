package diskcache

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// longestPause is how long serving has the disk for itself, at most, after a batch of removals.
const longestPause = 50 * time.Millisecond

// Swept is what one sweep removed.
type Swept struct {
	Files int
	Bytes int64 // in whole blocks of 4 KiB
}

// Sweep makes space once, if it is needed: oldest files first, by the index when that is complete, else by a walk. How
// much is settled at the start, so that space which does not come back at once is not asked for twice.
//
// All processes of a node see the same shortage. With an index one of them ends it, under a lock, and the others return
// at once; what is needed is looked at again once the lock is had. Walks agree on what is oldest, so two of them remove
// the same files.
func (c *Cache) Sweep(ctx context.Context) (Swept, error) {
	if err := c.present(); err != nil {
		return Swept{}, err
	}
	if c.index != nil {
		c.tell(ctx, c.notes.take()) // a disk may fill faster than the index is told
	}
	indexed, indexErr := c.indexUsable(ctx)
	need, err := c.need()
	if err != nil || need.met() {
		return Swept{}, errors.Join(indexErr, err)
	}
	var swept Swept
	if indexed {
		indexed, swept, err = c.sweepLocked(ctx)
	}
	if !indexed {
		indexErr, err = errors.Join(indexErr, err), nil
		swept, err = c.sweepWalk(ctx, need)
	}
	if swept.Files > 0 {
		c.refusal.retry()
	}
	return swept, errors.Join(indexErr, err)
}

func (c *Cache) indexUsable(ctx context.Context) (bool, error) {
	if c.index == nil {
		return false, nil
	}
	return c.index.state(ctx)
}

// sweepLocked makes space by the index, or finds that another process does. Done is false when the index could not be used.
func (c *Cache) sweepLocked(ctx context.Context) (done bool, swept Swept, err error) {
	lock, err := c.index.lock(ctx, SweepKey(c.cfg.Node), sweepLock)
	if errors.Is(err, errHeld) {
		return true, Swept{}, nil
	}
	if err != nil {
		return false, Swept{}, err
	}
	defer lock.release(ctx)
	if usable, err := c.index.state(ctx); err != nil || !usable {
		return false, Swept{}, err
	}
	need, err := c.need()
	if err != nil {
		return true, Swept{}, err
	}
	swept, err = c.sweepIndex(ctx, lock, need)
	return true, swept, err
}

// sweepIndex removes batch by batch, and after each leaves the disk to others for as long as the batch has taken.
func (c *Cache) sweepIndex(ctx context.Context, lock *lock, need need) (Swept, error) {
	var swept Swept
	for !need.met() {
		began := time.Now()
		files, err := c.index.evict(ctx, c.cfg.EvictBatch, need)
		if err != nil {
			c.lost.Store(true) // the answer may have been lost on its way, with names in it
			return swept, err
		}
		if len(files) == 0 {
			c.lost.Store(true) // space is short and the index knows no more files: there may be some it does not know
			return swept, nil
		}
		if err := c.removeBatch(ctx, files, &need, &swept); err != nil {
			return swept, err
		}
		if err := c.present(); err != nil {
			return swept, err // nothing was freed because nothing is there
		}
		if err := c.stillNeeded(&need); err != nil || need.met() {
			return swept, err
		}
		if err := rest(ctx, min(time.Since(began), longestPause)); err != nil {
			return swept, err
		}
		if err := lock.keep(ctx); err != nil {
			return swept, err
		}
	}
	return swept, nil
}

// removeBatch removes files that are out of the index already. What it cannot remove because of the disk, or because it
// was told to end, goes back into the index as it was; a file that will not go for reasons of its own is given up.
func (c *Cache) removeBatch(ctx context.Context, files []indexed, need *need, swept *Swept) error {
	var odd error
	for i, f := range files {
		freed, err := int64(0), ctx.Err()
		if err == nil {
			freed, err = c.remove(f.name, swept)
		}
		switch {
		case err == nil:
			need.removed(f.blocks, freed)
		case errors.Is(err, unix.EPERM) || errors.Is(err, unix.EBUSY):
			odd = err
		default:
			if backErr := c.index.putBack(ctx, files[i:]); backErr != nil {
				c.lost.Store(true)
				err = errors.Join(err, backErr)
			}
			return fmt.Errorf("evict, with %d of %d files to go: %w", len(files)-i, len(files), err)
		}
	}
	if odd != nil {
		return fmt.Errorf("evict: %w", odd)
	}
	return nil
}

// remove takes a file off the disk and counts it; one that is gone already is no error.
func (c *Cache) remove(n name, swept *Swept) (blocks int64, err error) {
	path := n.path(c.cfg.Dir)
	var info unix.Stat_t
	if err = ourFolders(path); err == nil {
		err = unix.Lstat(path, &info)
	}
	if err == nil && !isRegular(&info) {
		return 0, nil // not ours
	}
	if err == nil {
		err = unix.Unlink(path)
	}
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, unix.ENOTDIR) {
		return 0, nil
	}
	if err != nil {
		return 0, &os.PathError{Op: "remove", Path: path, Err: err}
	}
	blocks = blocksOf(info.Size)
	swept.Files++
	swept.Bytes += blocks * blockSize
	c.counters.evicted(blocks)
	return blocks, nil
}
