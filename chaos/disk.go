//go:build linux

package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// cached are some of the files in the nodes' cache.
func (t *troubles) cached(share float64) ([]string, error) {
	var files []string
	err := filepath.WalkDir(filepath.Join(t.w.data, "cache"), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // evicted meanwhile
		}
		if err == nil && d.Type().IsRegular() && t.chance.Float64() < share {
			files = append(files, path)
		}
		return err
	})
	return files, err
}

// gone passes over files that somebody else removed first.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func deleteFiles(_ context.Context, t *troubles) error {
	files, err := t.cached(0.5)
	for _, file := range files {
		err = errors.Join(err, gone(os.Remove(file)))
	}
	return err
}

// truncateFiles cuts files at any place, as a crash of the machine might leave them.
func truncateFiles(_ context.Context, t *troubles) error {
	files, err := t.cached(0.3)
	for _, file := range files {
		info, statErr := os.Stat(file)
		if statErr != nil {
			err = errors.Join(err, gone(statErr))
			continue
		}
		err = errors.Join(err, gone(os.Truncate(file, t.chance.Int64N(info.Size()+1))))
	}
	return err
}

// strewFiles leaves things in the cache's folders that no node put there, some under
// names that a node might look for.
func strewFiles(_ context.Context, t *troubles) error {
	files, err := t.cached(0.2)
	for i, file := range files {
		switch dir := filepath.Dir(file); i % 4 {
		case 0: // another program's bytes in a photo's place
			err = errors.Join(err, gone(os.WriteFile(file, []byte("This is not the file that you are looking for.\n"), 0o644)))
		case 1:
			err = errors.Join(err, gone(os.WriteFile(filepath.Join(dir, "README.txt"), []byte("hello\n"), 0o644)))
		case 2:
			err = errors.Join(err, os.MkdirAll(filepath.Join(dir, "lost+found"), 0o755))
		case 3:
			link := filepath.Join(dir, strings.Repeat("0", 40))
			if linkErr := os.Symlink("/etc/passwd", link); linkErr != nil && !errors.Is(linkErr, fs.ErrExist) {
				err = errors.Join(err, gone(linkErr))
			}
		}
	}
	return err
}

// fillDisk writes until the nodes' file system takes no more.
func fillDisk(ctx context.Context, t *troubles) (err error) {
	ballast := filepath.Join(t.w.data, "ballast")
	file, err := os.Create(ballast)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(ballast)) }()
	if _, copyErr := io.Copy(file, rand.Reader); !errors.Is(copyErr, unix.ENOSPC) {
		return fmt.Errorf("expected the disk to be full; found %w", copyErr)
	}
	_ = deleteFiles(ctx, t) // photos are to be written now
	// What that freed is taken too.
	if _, copyErr := io.Copy(file, rand.Reader); !errors.Is(copyErr, unix.ENOSPC) {
		return fmt.Errorf("expected the disk to be full; found %w", copyErr)
	}
	_ = pause(ctx, t.while())
	return nil
}

// lockDisk makes the nodes' file system read-only, as a kernel does with one that fails.
func lockDisk(ctx context.Context, t *troubles) error {
	_ = deleteFiles(ctx, t) // photos are to be written then
	remount := func(flags uintptr) error {
		err := unix.Mount("", t.w.data, "", unix.MS_REMOUNT|flags, "")
		for i := 0; errors.Is(err, unix.EBUSY) && i < 200; i++ { // somebody writes at this moment
			err = unix.Mount("", t.w.data, "", unix.MS_REMOUNT|flags, "")
		}
		return err
	}
	if err := remount(unix.MS_RDONLY); err != nil && !errors.Is(err, unix.EBUSY) {
		return err
	}
	_ = pause(ctx, t.while())
	return remount(0)
}
