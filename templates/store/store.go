// Package store keeps templates in a folder of plain files, which a person can
// read and keep in git:
//
//	<dir>/<customer>/<template>/v1/template.json
//	                            v1/assets/ribbon.png
//	                            v2/…
//	                            published            the number of the published version
//
// A version is written aside and renamed into place, so it is there whole or not
// at all; its files are read-only, for it never changes afterwards. Several processes may share the folder.
package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/adloom/adloom/templates"
)

const (
	documentFile  = "template.json"
	assetsFolder  = "assets"
	publishedFile = "published"

	maxAsset  = 16 << 20 // bytes
	maxAssets = 64       // of one version
)

// Store is a folder of templates. It is safe for concurrent use.
type Store struct{ dir string }

// Open returns the store in dir, which it makes when it is missing.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open template store: %w", err)
	}
	return &Store{dir}, nil
}

// Template reads a version; 0 is the published one. It returns
// templates.ErrNotFound or, for a document that is wrong, templates.Mistakes.
func (s *Store) Template(ctx context.Context, customer, id string, version int) (*templates.Template, error) {
	if version == 0 {
		var err error
		if version, err = s.Published(ctx, customer, id); err != nil {
			return nil, err
		}
	}
	dir, err := s.folder(customer, id)
	if err != nil {
		return nil, err
	}
	doc, assets, err := Read(os.DirFS(filepath.Join(dir, versionName(version))))
	if err != nil {
		return nil, s.notFound(err, "%s/%s@%d", customer, id, version)
	}
	t, err := templates.Decode(doc, assets)
	if err != nil {
		return nil, fmt.Errorf("template %s/%s@%d: %w", customer, id, version, err)
	}
	t.Customer, t.ID, t.Version = customer, id, version
	return t, nil
}

// Published returns the published version of a template.
func (s *Store) Published(_ context.Context, customer, id string) (int, error) {
	dir, err := s.folder(customer, id)
	if err != nil {
		return 0, err
	}
	text, err := os.ReadFile(filepath.Join(dir, publishedFile))
	if err != nil {
		return 0, s.notFound(err, "%s/%s has no published version", customer, id)
	}
	version, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || version < 1 {
		return 0, fmt.Errorf("read %s of %s/%s: expected a version such as 3; found %q", publishedFile, customer, id, text)
	}
	return version, nil
}

// Versions lists the versions of a template, oldest first.
func (s *Store) Versions(_ context.Context, customer, id string) ([]int, error) {
	dir, err := s.folder(customer, id)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, s.notFound(err, "%s/%s", customer, id)
	}
	var versions []int
	for _, e := range entries {
		if n, ok := parseVersion(e.Name()); ok && e.IsDir() {
			versions = append(versions, n)
		}
	}
	slices.Sort(versions)
	return versions, nil
}

// Read reads the files of one version from a folder: template.json and assets/.
func Read(folder fs.FS) (doc []byte, assets map[string][]byte, err error) {
	if doc, err = fs.ReadFile(folder, documentFile); err != nil {
		return nil, nil, fmt.Errorf("read template: %w", err)
	}
	assets, err = ReadAssets(folder)
	return doc, assets, err
}

// ReadAssets reads the assets/ of a folder; none when there is no such folder.
func ReadAssets(folder fs.FS) (map[string][]byte, error) {
	entries, err := fs.ReadDir(folder, assetsFolder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read assets: %w", err)
	}
	assets := map[string][]byte{}
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") {
			continue // what file managers leave
		}
		if len(assets) == maxAssets {
			return nil, fmt.Errorf("read assets: expected at most %d files; found more", maxAssets)
		}
		info, err := e.Info()
		if err != nil {
			return nil, fmt.Errorf("read asset: %w", err)
		}
		if !templates.ValidAssetName(name) || !info.Mode().IsRegular() || info.Size() > maxAsset {
			return nil, fmt.Errorf("read asset: expected a plain file of at most %d bytes named like ribbon.png; found %s", maxAsset, name)
		}
		if assets[name], err = fs.ReadFile(folder, assetsFolder+"/"+name); err != nil {
			return nil, fmt.Errorf("read asset: %w", err)
		}
	}
	return assets, nil
}

// folder is where a template lives. Names come from URLs: they must not climb.
func (s *Store) folder(customer, id string) (string, error) {
	for _, name := range []string{customer, id} {
		if name == "" || strings.HasPrefix(name, ".") || !filepath.IsLocal(name) || strings.ContainsAny(name, `/\`) {
			return "", fmt.Errorf("%w: %q/%q", templates.ErrNotFound, customer, id)
		}
	}
	return filepath.Join(s.dir, customer, id), nil
}

func versionName(n int) string { return "v" + strconv.Itoa(n) }

func parseVersion(name string) (int, bool) {
	digits, ok := strings.CutPrefix(name, "v")
	n, err := strconv.Atoi(digits)
	return n, ok && err == nil && n > 0 && versionName(n) == name
}

// notFound turns a missing file into ErrNotFound. When the whole store is away, as
// with a disk that is not mounted, nothing can be said of a template.
func (s *Store) notFound(err error, format string, args ...any) error {
	if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		return err
	}
	if _, away := os.Stat(s.dir); away != nil {
		return fmt.Errorf("template store is away: %v", away)
	}
	return fmt.Errorf("%w: "+format, append([]any{templates.ErrNotFound}, args...)...)
}
