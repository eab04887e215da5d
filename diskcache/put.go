package diskcache

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

const (
	tempPrefix = "put-"
	tempSuffix = ".part"
)

// Put stores all of body under key, or nothing: after an error the old file, if any, is still there and nothing else is
// left behind. When the index cannot be told, the file is stored all the same. While the disk refuses writes, most calls
// fail at once with a *RefusedError, without reading body.
func (c *Cache) Put(ctx context.Context, key string, body io.Reader) error {
	if err := c.refusal.ask(); err != nil {
		c.counters.refused.Add(1)
		return fmt.Errorf("store cached file: %w", err)
	}
	size, err := c.store(ctx, nameOf(key), body)
	c.settle(err)
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
	var old unix.Stat_t
	if unix.Lstat(path, &old) == nil && isRegular(&old) {
		oldBlocks, replaced = blocksOf(old.Size), true
	}
	if err := c.moveInto(temp, path, replaced); err != nil {
		return 0, errors.Join(onDisk(err), os.Remove(temp))
	}
	c.counters.grow(replaced, blocksOf(size)-oldBlocks)
	c.note(ctx, indexed{name: n, blocks: blocksOf(size)})
	return size, nil
}

// writeTemp returns the path of a new file that holds all of body, synced if the config says so.
func (c *Cache) writeTemp(body io.Reader) (path string, size int64, err error) {
	file, err := c.createTemp()
	if err != nil {
		return "", 0, onDisk(err)
	}
	if size, err = io.Copy(file, body); err == nil {
		err = file.end(c.cfg.Sync)
	} else {
		err = errors.Join(err, file.end(false))
	}
	if err != nil {
		return "", 0, errors.Join(err, os.Remove(file.path))
	}
	return file.path, size, nil
}

// createTemp opens a file with a name that no other process makes. A folder that somebody removed is made again.
func (c *Cache) createTemp() (*tempFile, error) {
	if c.below != c.device {
		if device, err := deviceOf(filepath.Dir(c.temp)); err == nil { // else the file cannot be opened either
			if err := c.mounted(device); err != nil {
				return nil, err
			}
		}
	}
	for again := true; ; again = false {
		path := c.temp + strconv.FormatUint(c.temps.Add(1), 36) + tempSuffix
		fd, err := retried(func() (int, error) {
			return unix.Open(path, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, 0o600)
		})
		if err == nil {
			return &tempFile{fd: fd, path: path}, nil
		}
		if !errors.Is(err, unix.ENOENT) || !again {
			return nil, &os.PathError{Op: "open", Path: path, Err: err}
		}
		if err := c.restore(); err != nil {
			return nil, err
		}
	}
}

// moveInto renames, and makes the folders when the name is the first in them. A link in a folder's place is not followed.
func (c *Cache) moveInto(temp, path string, replaced bool) error {
	if err := ourFolders(path); err != nil && !errors.Is(err, unix.ENOENT) {
		return err
	} else if err != nil {
		inner := filepath.Dir(path)
		for _, folder := range []string{filepath.Dir(inner), inner} { // not those above: they are the disk's
			if err := os.Mkdir(folder, 0o755); err != nil && !errors.Is(err, unix.EEXIST) {
				return err
			}
		}
	}
	if replaced && !c.cfg.Sync && exchange(temp, path) == nil {
		_ = os.Remove(temp) // the old file; else it goes with the unfinished ones
		return nil
	}
	return rename(temp, path)
}

// ourFolders fails when one of the two folders that hold path is none, or not there.
func ourFolders(path string) error {
	inner := filepath.Dir(path)
	for _, folder := range []string{filepath.Dir(inner), inner} {
		var info unix.Stat_t
		err := unix.Lstat(folder, &info)
		if err == nil && uint32(info.Mode)&unix.S_IFMT != unix.S_IFDIR {
			err = unix.ENOTDIR
		}
		if err != nil {
			return &os.PathError{Op: "look at", Path: folder, Err: err}
		}
	}
	return nil
}

func rename(from, to string) error {
	if err := unix.Rename(from, to); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}
