package diskcache

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// errNotThere means that where the cache was there is another disk, or none: it was unmounted.
var errNotThere = errors.New("the disk of the cache is not there")

// settle draws the conclusions from how a write ended: whether others may try, what is told, whether space is wanted.
func (c *Cache) settle(err error) {
	switch {
	case err == nil:
		if c.refusal.worked() {
			c.reporter.outcome("write", nil)
		}
	case refuses(err):
		c.refusal.failed(err)
		c.reporter.outcome("write", fmt.Errorf("the disk of the cache refuses writes: %w", err))
		if errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) {
			signal(c.hurry)
		}
	}
}

// present says whether the folder is there, and makes it again when only somebody has removed it: then the index knows
// files that are gone.
func (c *Cache) present() error {
	var info unix.Stat_t
	err := unix.Stat(filepath.Join(c.cfg.Dir, tempFolder), &info)
	if err == nil {
		err = c.mounted(uint64(info.Dev))
	}
	if err == nil {
		return nil
	}
	c.lost.Store(true)
	if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look at the cache folder: %w", err)
	}
	return c.restore()
}

// restore makes the folder again, but only on the disk that it was on: on another, as below the mount point of one that
// is not mounted, files would fill what is not ours and be hidden later.
func (c *Cache) restore() error {
	for dir := c.cfg.Dir; ; dir = filepath.Dir(dir) {
		device, err := deviceOf(dir)
		if errors.Is(err, fs.ErrNotExist) && dir != filepath.Dir(dir) {
			continue
		}
		if err != nil {
			return fmt.Errorf("look for the disk of the cache: %w", err)
		}
		if device != c.device {
			return fmt.Errorf("%w: expected device %#x at %s, found %#x at %s", errNotThere, c.device, c.cfg.Dir, device, dir)
		}
		return os.MkdirAll(filepath.Join(c.cfg.Dir, tempFolder), 0o755)
	}
}

// mounted tells the disk from what is below its mount point, where a cache that was once started without the disk has
// left a folder like ours. A disk that was mounted anew may have another number than before, so that is no sign.
func (c *Cache) mounted(device uint64) error {
	if device != c.device && device == c.below {
		return fmt.Errorf("%w: expected device %#x at %s, found %#x, which is below its mount point", errNotThere, c.device, c.cfg.Dir, device)
	}
	return nil
}

// deviceBelow returns the disk of the first folder above dir that is on another, else dir's own.
func deviceBelow(dir string, own uint64) (uint64, error) {
	dir, err := filepath.Abs(dir)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return 0, err
	}
	for dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
		if device, err := deviceOf(dir); err != nil || device != own {
			return device, err
		}
	}
	return own, nil
}

func deviceOf(path string) (uint64, error) {
	var info unix.Stat_t
	if err := unix.Stat(path, &info); err != nil {
		return 0, &os.PathError{Op: "stat", Path: path, Err: err}
	}
	return uint64(info.Dev), nil
}

func isRegular(info *unix.Stat_t) bool { return uint32(info.Mode)&unix.S_IFMT == unix.S_IFREG }

func usedAt(info *unix.Stat_t) time.Time { return time.Unix(info.Mtim.Unix()) }
