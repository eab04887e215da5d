package diskcache

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// walk calls visit for each of our files, folder by folder, and stops at its first error. What vanishes meanwhile is
// skipped, as is what is not ours. It runs aside, and so does visit.
//
// The folders are not read to find the folders in them: there are 256 names that they can have. A file costs one call of
// the system, relative to its folder, and memory holds one folder at a time.
func walk(ctx context.Context, dir string, visit func(indexed) error) error {
	err := aside(func(b *breather) error {
		w := walker{now: time.Now().Unix(), entries: make([]byte, 32<<10), visit: visit}
		root, err := openFolder(unix.AT_FDCWD, dir)
		if err != nil {
			return err
		}
		defer unix.Close(root)
		return eachFolder(root, func(outer string, fd int) error {
			return eachFolder(fd, func(inner string, fd int) error {
				if err := b.breathe(ctx); err != nil {
					return err
				}
				return w.files(fd, outer, inner)
			})
		})
	})
	if err != nil {
		return fmt.Errorf("walk the cache: %w", err)
	}
	return nil
}

// eachFolder calls visit for the folders that names make, and closes them.
func eachFolder(parent int, visit func(name string, fd int) error) error {
	for b := range 256 {
		name := hex.EncodeToString([]byte{byte(b)})
		fd, err := openFolder(parent, name)
		if errors.Is(err, unix.ENOENT) || errors.Is(err, unix.ENOTDIR) || errors.Is(err, unix.ELOOP) {
			continue // none, or not ours
		}
		if err != nil {
			return err
		}
		err = visit(name, fd)
		unix.Close(fd)
		if err != nil {
			return err
		}
	}
	return nil
}

// openFolder follows no link, but in what leads to the cache itself.
func openFolder(parent int, name string) (fd int, err error) {
	flags := unix.O_RDONLY | unix.O_DIRECTORY | unix.O_CLOEXEC
	if parent != unix.AT_FDCWD {
		flags |= unix.O_NOFOLLOW
	}
	fd, err = retried(func() (int, error) { return unix.Openat(parent, name, flags, 0) })
	if err != nil {
		return -1, &os.PathError{Op: "open", Path: name, Err: err}
	}
	return fd, nil
}

type walker struct {
	now     int64
	entries []byte
	names   []string
	visit   func(indexed) error
}

// files visits the files of one folder.
func (w *walker) files(folder int, outer, inner string) error {
	for {
		n, err := retried(func() (int, error) { return unix.ReadDirent(folder, w.entries) })
		if err != nil {
			return &os.PathError{Op: "read", Path: filepath.Join(outer, inner), Err: err}
		}
		if n <= 0 {
			return nil
		}
		_, _, w.names = unix.ParseDirent(w.entries[:n], -1, w.names[:0])
		for _, file := range w.names {
			if err := w.file(folder, outer, inner, file); err != nil {
				return err
			}
		}
	}
}

func (w *walker) file(folder int, outer, inner, file string) error {
	n, ours := parseName(outer, inner, file)
	if !ours {
		return nil
	}
	var info unix.Stat_t
	_, err := retried(func() (int, error) { return 0, unix.Fstatat(folder, file, &info, unix.AT_SYMLINK_NOFOLLOW) })
	if errors.Is(err, unix.ENOENT) || err == nil && !isRegular(&info) {
		return nil
	}
	if err != nil {
		return &os.PathError{Op: "stat", Path: filepath.Join(outer, inner, file), Err: err}
	}
	used := min(max(usedAt(&info).Unix(), 1), w.now) // a file from the future would outlive all
	return w.visit(indexed{name: n, blocks: blocksOf(info.Size), used: used})
}
