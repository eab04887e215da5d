package diskcache_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/internal/redistest"
	"golang.org/x/sys/unix"
)

func exists(path string) bool { _, err := os.Lstat(path); return err == nil }

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(path, 0o755); err != nil {
		t.Fatal(err)
	}
}

func truncate(t *testing.T, path string) {
	t.Helper()
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path string) {
	t.Helper()
	mkdir(t, filepath.Dir(path))
	if err := os.WriteFile(path, []byte("foreign"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// plantForeign puts what is nearly, but not quite, a file of the cache.
func plantForeign(t *testing.T, c *diskcache.Cache, dir string) []string {
	t.Helper()
	ours := c.Path("some key")
	folder, file := filepath.Split(ours)
	paths := []string{
		filepath.Join(dir, "README"),
		filepath.Join(dir, file),                                // right name, wrong place
		filepath.Join(dir, "zz", "00", file),                    // no hex folder
		filepath.Join(folder, file+".bak"),                      // longer
		filepath.Join(folder, strings.ToUpper(file)),            // upper case
		filepath.Join(folder, file[:4]+strings.Repeat("g", 36)), // no hex
		filepath.Join(folder, "deep", file),
		filepath.Join(c.TempDir(), "notes.txt"),
	}
	for _, path := range paths {
		write(t, path)
	}
	if err := os.Symlink(paths[0], ours); err != nil { // the right place, but no regular file
		t.Fatal(err)
	}
	paths = append(paths, ours)
	for i, mode := range []uint32{unix.S_IFIFO, unix.S_IFSOCK, unix.S_IFCHR} {
		path := c.Path(fmt.Sprint("odd", i))
		mkdir(t, filepath.Dir(path))
		if err := unix.Mknod(path, mode|0o600, int(unix.Mkdev(1, 3))); err != nil && mode != unix.S_IFCHR { // needs root
			t.Fatal(err)
		} else if err == nil {
			paths = append(paths, path)
		}
		if _, ok := get(t, c, fmt.Sprint("odd", i)); ok {
			t.Errorf("found what is no file: %s", path)
		}
	}
	return append(paths, plantLinks(t, c, dir)...)
}

// plantLinks puts links where folders belong, which lead to files with names like ours, and a file where a folder belongs.
func plantLinks(t *testing.T, c *diskcache.Cache, dir string) (paths []string) {
	t.Helper()
	inTheWay := func(key string, outer bool) (folder string) {
		folder = filepath.Dir(c.Path(key))
		if outer {
			folder = filepath.Dir(folder)
		}
		if err := os.RemoveAll(folder); err != nil { // what else is there has a name that a hash decides
			t.Fatal(err)
		}
		mkdir(t, filepath.Dir(folder))
		return folder
	}
	for i, outer := range []bool{false, true} {
		key := fmt.Sprint("behind a link", i)
		folder := inTheWay(key, outer)
		elsewhere := t.TempDir()
		file := filepath.Join(elsewhere, strings.TrimPrefix(c.Path(key), folder))
		write(t, file)
		if err := os.Symlink(elsewhere, folder); err != nil {
			t.Fatal(err)
		}
		if err := c.Put(t.Context(), key, strings.NewReader("ours")); err == nil {
			t.Error("put through a link")
		}
		paths = append(paths, folder, file)
	}
	file := inTheWay("behind a file", true)
	write(t, file)
	if _, ok := get(t, c, "behind a file"); ok {
		t.Error("found what is behind a file")
	}
	return append(paths, file)
}

func TestPutFailures(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	c := open(t, cfg, nil)
	put(t, c, "a", "old")
	before := files(t, cfg.Dir)
	f := func(name, key string, ctx context.Context, body io.Reader, want error) {
		t.Helper()
		if err := c.Put(ctx, key, body); err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", name, err, want)
		}
		if after := files(t, cfg.Dir); len(after) != len(before) {
			t.Errorf("%s: left %v", name, after)
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	broken := errors.New("the body broke")
	f("body", "a", t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken)), broken)
	f("caller gone", "a", gone, strings.NewReader("new"), context.Canceled)
	inTheWay := filepath.Dir(filepath.Dir(c.Path("b")))
	write(t, inTheWay)
	before = files(t, cfg.Dir)
	f("no folder", "b", t.Context(), strings.NewReader("new"), nil)
	if got, _ := get(t, c, "a"); got != "old" {
		t.Errorf("the old file is %q", got)
	}
	if s := c.Stats(); s.WriteErrors != 3 || s.Puts != 1 || s.Files != 1 {
		t.Errorf("stats %+v", s)
	}
}

// A reader sees all of one file or all of another, never a mixture or a part.
func TestConcurrentPutGet(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	c := open(t, cfg, redistest.Embedded(t))
	bodies := []string{strings.Repeat("a", 100_000), strings.Repeat("b", 300_000)}
	put(t, c, "k", bodies[0])
	var wait sync.WaitGroup
	for _, body := range bodies {
		wait.Go(func() {
			for range 20 {
				if err := c.Put(t.Context(), "k", strings.NewReader(body)); err != nil {
					t.Error(err)
				}
			}
		})
		wait.Go(func() {
			for range 50 {
				if got, ok := get(t, c, "k"); !ok || got != bodies[0] && got != bodies[1] {
					t.Errorf("got %d bytes, %v", len(got), ok)
				}
			}
		})
	}
	wait.Wait()
}

func TestOpenFileOutlivesEviction(t *testing.T) {
	t.Parallel()
	cfg, disk := config(t)
	c := open(t, cfg, nil)
	put(t, c, "a", "still here")
	r, err := c.Get(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	disk.set(0)
	sweep(t, c, 1)
	if body, err := io.ReadAll(r); err != nil || string(body) != "still here" {
		t.Errorf("got %q, %v", body, err)
	}
}

func TestTouchOnceInAWhile(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	rdb := redistest.Embedded(t)
	c := open(t, cfg, rdb)
	fill(t, c, 1)
	score := func() float64 {
		t.Helper()
		list, err := rdb.ZRangeWithScores(t.Context(), diskcache.IndexKey(cfg.Node), 0, -1).Result()
		if err != nil || len(list) != 1 {
			t.Fatalf("index: %v, %v", list, err)
		}
		return list[0].Score
	}
	old := score()
	get(t, c, key(0))
	used := score()
	if used <= old {
		t.Errorf("score %.0f after a use, was %.0f", used, old)
	}
	if err := rdb.ZIncrBy(t.Context(), diskcache.IndexKey(cfg.Node), -3600*(1<<21), string(list(t, rdb, cfg.Node)[0])).Err(); err != nil {
		t.Fatal(err)
	}
	lowered := score()
	get(t, c, key(0))
	if got := score(); got != lowered {
		t.Error("a second use within TouchEvery was written")
	}
	age(t, c, key(0), cfg.TouchEvery+time.Second)
	get(t, c, key(0))
	if got := score(); got < used {
		t.Errorf("score %.0f, want at least %.0f", got, used)
	}
}

// A file that the index does not know is noted when it is used.
func TestUseAddsToIndex(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	rdb := redistest.Embedded(t)
	c := open(t, cfg, rdb)
	fill(t, c, 1)
	if err := rdb.ZRem(t.Context(), diskcache.IndexKey(cfg.Node), list(t, rdb, cfg.Node)[0]).Err(); err != nil {
		t.Fatal(err)
	}
	get(t, c, key(0))
	if n := len(list(t, rdb, cfg.Node)); n != 1 {
		t.Errorf("%d names in the index, want 1", n)
	}
}

func TestOldTempsGo(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	c := open(t, cfg, nil)
	part := filepath.Join(c.TempDir(), "put-123.part")
	write(t, part)
	write(t, filepath.Join(c.TempDir(), "other"))
	if err := c.RemoveTemps(time.Now().Add(59 * time.Minute)); err != nil || !exists(part) {
		t.Errorf("a young one went: %v", err)
	}
	if err := c.RemoveTemps(time.Now().Add(61 * time.Minute)); err != nil || exists(part) {
		t.Errorf("an old one stayed: %v", err)
	}
	if !exists(filepath.Join(c.TempDir(), "other")) {
		t.Error("a foreign file went")
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	cfg := diskcache.DefaultConfig()
	cfg.Dir = t.TempDir()
	if err := cfg.Validate(); err != nil {
		t.Errorf("defaults: %v", err)
	}
	cfg.Dir, cfg.Node, cfg.EvictBatch, cfg.HighFree = "", "{x}", 0, diskcache.Mark{Fraction: 0.05}
	_, err := diskcache.New(cfg, nil)
	for _, word := range []string{"Dir", "Node", "EvictBatch", "HighFree"} {
		if err == nil || !strings.Contains(err.Error(), "Config."+word) {
			t.Errorf("got %v, want it to name %s", err, word)
		}
	}
	cfg = diskcache.DefaultConfig()
	cfg.Dir = filepath.Join(t.TempDir(), "file")
	write(t, cfg.Dir)
	if _, err := diskcache.New(cfg, nil); err == nil {
		t.Error("a cache in a file")
	}
}

// The system's own answer is used when the config names none.
func TestStatfs(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	cfg.Statfs = nil
	cfg.LowFree, cfg.HighFree = diskcache.Mark{Bytes: 1 << 62}, diskcache.Mark{Bytes: 1 << 62}
	c := open(t, cfg, nil)
	put(t, c, key(0), "x")
	sweep(t, c, 1)
	cfg.LowFree, cfg.HighFree = diskcache.Mark{}, diskcache.Mark{}
	c = open(t, cfg, nil)
	put(t, c, key(0), "x")
	sweep(t, c, 0)
}
