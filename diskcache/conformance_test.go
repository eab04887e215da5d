package diskcache_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/internal/redistest"
	"github.com/redis/go-redis/v9"
)

// Every kind of index, and none, must behave alike.
func TestConformance(t *testing.T) {
	t.Parallel()
	kinds := map[string]func(t *testing.T) redis.UniversalClient{
		"redis-server": func(t *testing.T) redis.UniversalClient { return redistest.Client(t) },
		"embedded":     func(t *testing.T) redis.UniversalClient { return redistest.Embedded(t) },
		"none":         func(*testing.T) redis.UniversalClient { return nil },
	}
	cases := map[string]func(t *testing.T, rdb redis.UniversalClient){
		"put and get":       testPutGet,
		"sums":              testSums,
		"cap":               testCap,
		"marks":             testMarks,
		"a use counts":      testUseCounts,
		"foreign files":     testForeignFiles,
		"several janitors":  testJanitors,
		"behind our back":   testBehindOurBack,
		"scripts forgotten": testScriptFlush,
	}
	for kind, client := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for name, test := range cases {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					test(t, client(t))
				})
			}
		})
	}
}

func testPutGet(t *testing.T, rdb redis.UniversalClient) {
	cfg, _ := config(t)
	c := open(t, cfg, rdb)
	if _, ok := get(t, c, "a"); ok {
		t.Fatal("found what was never put")
	}
	put(t, c, "a", "one")
	put(t, c, "b", "")
	put(t, c, "a", "two")
	for key, want := range map[string]string{"a": "two", "b": ""} {
		if got, ok := get(t, c, key); !ok || got != want {
			t.Errorf("%s: got %q, %v; want %q", key, got, ok, want)
		}
	}
	if s := c.Stats(); s.Hits != 2 || s.Misses != 1 || s.Puts != 3 || s.BytesWritten != 6 || s.IndexErrors != 0 || s.WriteErrors != 0 {
		t.Errorf("stats %+v", s)
	}
}

func testSums(t *testing.T, rdb redis.UniversalClient) {
	cfg, _ := config(t)
	c := open(t, cfg, rdb)
	f := func(files, bytes int64) {
		t.Helper()
		if s := c.Stats(); s.Files != files || s.Bytes != bytes {
			t.Errorf("known: %d files of %d bytes, want %d of %d", s.Files, s.Bytes, files, bytes)
		}
	}
	put(t, c, "before", "x")
	if err := c.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	f(1, block)
	put(t, c, "a", strings.Repeat("x", block+1))
	f(2, 3*block)
	put(t, c, "a", strings.Repeat("x", 10*block))
	f(2, 11*block)
	put(t, c, "a", "")
	f(2, block)
	if err := c.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	f(2, block)
}

func testCap(t *testing.T, rdb redis.UniversalClient) {
	cfg, _ := config(t)
	cfg.MaxBytes, cfg.EvictBatch = 4*block, 2
	c := open(t, cfg, rdb)
	fill(t, c, 4)
	sweep(t, c, 0)
	put(t, c, key(4), strings.Repeat("x", 3*block))
	sweep(t, c, 3)
	if got := left(t, c, 5); got != "3 4" {
		t.Errorf("left: %s, want the newest that fit", got)
	}
	if s := c.Stats(); s.Files != 2 || s.Bytes != 4*block || s.EvictedFiles != 3 || s.EvictedBytes != 3*block {
		t.Errorf("stats %+v", s)
	}
	sweep(t, c, 0)
}

func testMarks(t *testing.T, rdb redis.UniversalClient) {
	cfg, disk := config(t)
	cfg.LowFree, cfg.HighFree = diskcache.Mark{Fraction: 0.1}, diskcache.Mark{Bytes: 13 * block}
	disk.total = 100 * block
	c := open(t, cfg, rdb)
	fill(t, c, 8)
	disk.set(10 * block)
	sweep(t, c, 0)
	disk.set(10*block - 1)
	sweep(t, c, 4)
	if got := left(t, c, 8); got != "4 5 6 7" {
		t.Errorf("left: %s, want the newest", got)
	}
	disk.set(0)
	sweep(t, c, 4)
	sweep(t, c, 0)
}

func testUseCounts(t *testing.T, rdb redis.UniversalClient) {
	cfg, _ := config(t)
	cfg.MaxBytes = 2 * block
	c := open(t, cfg, rdb)
	fill(t, c, 4)
	if _, ok := get(t, c, key(0)); !ok {
		t.Fatal("gone")
	}
	sweep(t, c, 2)
	if got := left(t, c, 4); got != "0 3" {
		t.Errorf("left: %s, want the one that was used and the newest", got)
	}
}

func testForeignFiles(t *testing.T, rdb redis.UniversalClient) {
	cfg, disk := config(t)
	c := open(t, cfg, rdb)
	foreign := plantForeign(t, c, cfg.Dir)
	fill(t, c, 3)
	disk.set(0)
	sweep(t, c, 3)
	if err := c.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	sweep(t, c, 0)
	if s := c.Stats(); s.Files != 0 || s.Bytes != 0 {
		t.Errorf("stats %+v, want nothing of ours", s)
	}
	for _, path := range foreign {
		if !exists(path) {
			t.Errorf("%s was removed", path)
		}
	}
}

func testJanitors(t *testing.T, rdb redis.UniversalClient) {
	cfg, disk := config(t)
	cfg.EvictBatch = 3
	c := open(t, cfg, rdb)
	fill(t, c, 40)
	disk.set(0)
	var removed atomic.Int64
	var wait sync.WaitGroup
	for range 4 {
		other := open(t, cfg, rdb)
		wait.Go(func() {
			swept, err := other.Sweep(t.Context())
			if err != nil {
				t.Error(err)
			}
			removed.Add(int64(swept.Files))
		})
	}
	wait.Wait()
	if got := left(t, c, 40); got != "" {
		t.Errorf("left: %s", got)
	}
	if rdb != nil && removed.Load() != 40 {
		t.Errorf("%d files removed, want each once", removed.Load())
	}
}

func testBehindOurBack(t *testing.T, rdb redis.UniversalClient) {
	cfg, disk := config(t)
	c := open(t, cfg, rdb)
	fill(t, c, 4)
	remove(t, c.Path(key(0)))
	truncate(t, c.Path(key(1)))
	remove(t, c.Path(key(2)))
	mkdir(t, c.Path(key(2)))
	if _, ok := get(t, c, key(0)); ok {
		t.Error("found a removed file")
	}
	if got, ok := get(t, c, key(1)); !ok || got != "" {
		t.Errorf("truncated file: got %q, %v", got, ok)
	}
	if _, ok := get(t, c, key(2)); ok {
		t.Error("found a folder")
	}
	disk.set(0)
	sweep(t, c, 2)
	if !exists(c.Path(key(2))) {
		t.Error("a foreign folder was removed")
	}
}

func testScriptFlush(t *testing.T, rdb redis.UniversalClient) {
	if rdb == nil {
		t.Skip("no scripts without Redis")
	}
	cfg, disk := config(t)
	c := open(t, cfg, rdb)
	flush := func() {
		t.Helper()
		if err := rdb.ScriptFlush(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
	}
	fill(t, c, 2)
	flush()
	put(t, c, key(2), "x")
	flush()
	age(t, c, key(1), time.Hour)
	get(t, c, key(1))
	flush()
	disk.set(0)
	sweep(t, c, 3)
	if s := c.Stats(); s.IndexErrors != 0 {
		t.Errorf("stats %+v", s)
	}
}
