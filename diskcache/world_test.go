package diskcache_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/adloom/adloom/diskcache"
	"github.com/redis/go-redis/v9"
)

// disk is a free space that a test sets.
type disk struct {
	mu          sync.Mutex
	free, total uint64
	err         error
}

func (d *disk) statfs(string) (diskcache.Space, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return diskcache.Space{Free: d.free, Total: d.total}, d.err
}

func (d *disk) set(free uint64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.free = free
}

// config is a cache in a new folder on a disk that is empty enough.
func config(t *testing.T) (diskcache.Config, *disk) {
	t.Helper()
	d := &disk{free: 1 << 30, total: 1 << 30}
	cfg := diskcache.DefaultConfig()
	cfg.Dir = t.TempDir()
	cfg.Statfs = d.statfs
	cfg.IndexTimeout = 5 * time.Second // a loaded machine is no Redis that hangs
	return cfg, d
}

func open(t *testing.T, cfg diskcache.Config, rdb redis.UniversalClient) *diskcache.Cache {
	t.Helper()
	c, err := diskcache.New(cfg, rdb)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func put(t *testing.T, c *diskcache.Cache, key, body string) {
	t.Helper()
	if err := c.Put(t.Context(), key, strings.NewReader(body)); err != nil {
		t.Fatal(err)
	}
}

// get returns the body, or false on a miss.
func get(t *testing.T, c *diskcache.Cache, key string) (string, bool) {
	t.Helper()
	r, err := c.Get(t.Context(), key)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false
	}
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), true
}

// fill puts file0 to file<n-1>, each one block, the lower the older, and has them indexed so.
func fill(t *testing.T, c *diskcache.Cache, n int) {
	t.Helper()
	for i := range n {
		put(t, c, key(i), "x")
		age(t, c, key(i), time.Duration(n-i)*time.Hour)
	}
	if err := c.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func key(i int) string { return fmt.Sprintf("file%d", i) }

func age(t *testing.T, c *diskcache.Cache, key string, by time.Duration) {
	t.Helper()
	then := time.Now().Add(-by)
	if err := os.Chtimes(c.Path(key), then, then); err != nil {
		t.Fatal(err)
	}
}

// left returns the numbers of those of file0 to file<n-1> that are on disk.
func left(t *testing.T, c *diskcache.Cache, n int) string {
	t.Helper()
	var numbers []string
	for i := range n {
		if _, err := os.Stat(c.Path(key(i))); err == nil {
			numbers = append(numbers, fmt.Sprint(i))
		}
	}
	return strings.Join(numbers, " ")
}

// files returns all regular files below dir.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

const block = 4096

func sweep(t *testing.T, c *diskcache.Cache, wantFiles int) {
	t.Helper()
	swept, err := c.Sweep(t.Context())
	if err != nil || swept.Files != wantFiles {
		t.Fatalf("swept %+v, %v; want %d files", swept, err, wantFiles)
	}
}
