package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/adloom/adloom/internal/atomicfile"
	"github.com/adloom/adloom/templates"
)

// Push adds a version, which nobody sees before it is published. A document that
// is wrong is refused with templates.Mistakes. Pushing what the newest version
// already says gives that version.
func (s *Store) Push(ctx context.Context, customer, id string, doc []byte, assets map[string][]byte) (int, error) {
	if _, err := templates.Decode(doc, assets); err != nil {
		return 0, err
	}
	if len(assets) > maxAssets {
		return 0, fmt.Errorf("push assets: expected at most %d files; found %d", maxAssets, len(assets))
	}
	for name, data := range assets {
		if !templates.ValidAssetName(name) || len(data) > maxAsset {
			return 0, fmt.Errorf("push asset: expected a file of at most %d bytes named like ribbon.png; found %q with %d", maxAsset, name, len(data))
		}
	}
	dir, err := s.folder(customer, id)
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, fmt.Errorf("push template: %w", err)
	}
	versions, err := s.Versions(ctx, customer, id)
	if err != nil {
		return 0, err
	}
	newest := 0
	if len(versions) > 0 {
		newest = versions[len(versions)-1]
		oldDoc, oldAssets, err := Read(os.DirFS(filepath.Join(dir, versionName(newest))))
		if err == nil && bytes.Equal(doc, oldDoc) && maps.EqualFunc(assets, oldAssets, bytes.Equal) {
			return newest, nil
		}
	}
	removeLeftovers(dir)
	aside, err := os.MkdirTemp(dir, asidePrefix)
	if err != nil {
		return 0, fmt.Errorf("push template: %w", err)
	}
	version, err := writeVersion(dir, aside, newest+1, doc, assets)
	if err != nil {
		return 0, fmt.Errorf("push template: %w", errors.Join(err, os.RemoveAll(aside)))
	}
	return version, nil
}

const (
	asidePrefix = ".push-"
	leftoverAge = time.Hour
)

// removeLeftovers deletes what pushes left that were cut short long ago.
func removeLeftovers(dir string) {
	left, err := filepath.Glob(filepath.Join(dir, asidePrefix+"*"))
	if err != nil {
		return // the pattern is right
	}
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > leftoverAge {
			_ = os.RemoveAll(path) // the next push tries again
		}
	}
}

func writeVersion(dir, aside string, version int, doc []byte, assets map[string][]byte) (int, error) {
	if err := os.Chmod(aside, 0o755); err != nil {
		return 0, err
	}
	if err := atomicfile.WriteBytes(filepath.Join(aside, documentFile), 0o444, doc); err != nil {
		return 0, err
	}
	if len(assets) > 0 {
		folder := filepath.Join(aside, assetsFolder)
		if err := os.Mkdir(folder, 0o755); err != nil {
			return 0, err
		}
		for _, name := range slices.Sorted(maps.Keys(assets)) {
			if err := atomicfile.WriteBytes(filepath.Join(folder, name), 0o444, assets[name]); err != nil {
				return 0, err
			}
		}
	}
	if err := atomicfile.SyncDir(aside); err != nil {
		return 0, err
	}
	// A rename onto a version that another process has just made fails, since that
	// folder is not empty: the next number is tried.
	for ; ; version++ {
		err := os.Rename(aside, filepath.Join(dir, versionName(version)))
		if err == nil {
			return version, atomicfile.SyncDir(dir)
		}
		if !errors.Is(err, fs.ErrExist) && !errors.Is(err, syscall.ENOTEMPTY) {
			return 0, err
		}
	}
}

// Publish makes a version the one that URLs without a version show. Publishing an
// older one rolls back.
func (s *Store) Publish(ctx context.Context, customer, id string, version int) error {
	if _, err := s.Template(ctx, customer, id, version); err != nil {
		return err
	}
	dir, err := s.folder(customer, id)
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(filepath.Join(dir, publishedFile), 0o644, []byte(strconv.Itoa(version)+"\n"))
}
