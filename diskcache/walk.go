package diskcache

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// walk calls visit for each of our files, in no useful order, and stops at its first error. What vanishes meanwhile is
// skipped, as is what is not ours. Memory holds one folder at a time.
func walk(ctx context.Context, dir string, visit func(indexed) error) error {
	return eachFolder(dir, func(outer string) error {
		return eachFolder(filepath.Join(dir, outer), func(inner string) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return eachFile(dir, outer, inner, visit)
		})
	})
}

func eachFolder(dir string, visit func(name string) error) error {
	entries, err := readDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() && isFolder(e.Name()) {
			if err := visit(e.Name()); err != nil {
				return err
			}
		}
	}
	return nil
}

func eachFile(dir, outer, inner string, visit func(indexed) error) error {
	entries, err := readDir(filepath.Join(dir, outer, inner))
	if err != nil {
		return err
	}
	for _, e := range entries {
		n, ours := parseName(outer, inner, e.Name())
		if !ours || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("walk the cache: %w", err)
		}
		if err := visit(indexed{name: n, blocks: blocksOf(info.Size()), used: info.ModTime()}); err != nil {
			return err
		}
	}
	return nil
}

// readDir takes a folder that is gone for an empty one.
func readDir(dir string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("walk the cache: %w", err)
	}
	return entries, nil
}
