package diskcache_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/internal/redistest"
	"github.com/redis/go-redis/v9"
)

// calls counts what is asked of Redis.
type calls struct{ scripts atomic.Int64 }

func (c *calls) DialHook(next redis.DialHook) redis.DialHook { return next }

func (c *calls) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if strings.HasPrefix(cmd.Name(), "eval") {
			c.scripts.Add(1)
		}
		return next(ctx, cmd)
	}
}

func (c *calls) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

// While the janitor runs, the index is told in batches, of each file once.
func TestIndexIsToldInBatches(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	cfg.Interval, cfg.TouchEvery = time.Hour, 0
	synctest.Test(t, func(t *testing.T) {
		rdb := redistest.Embedded(t)
		asked := &calls{}
		rdb.AddHook(asked)
		c := open(t, cfg, rdb)
		stop := run(t, c)
		synctest.Wait()
		f := func(name string, wait time.Duration, names int, scripts int64) {
			t.Helper()
			time.Sleep(wait)
			synctest.Wait()
			if got, calls := len(list(t, rdb, cfg.Node)), asked.scripts.Swap(0); got != names || calls != scripts {
				t.Errorf("%s: %d names after %d calls, want %d after %d", name, got, calls, names, scripts)
			}
		}
		f("at first", 0, 0, 0)
		for i := range 200 {
			put(t, c, key(i%100), "x")
			get(t, c, key(i%100))
		}
		f("before it is time", 99*time.Millisecond, 0, 0)
		f("when it is", time.Millisecond, 100, 2) // EVALSHA of a script that is not known yet, then EVAL
		for i := range 256 {
			put(t, c, key(1000+i), "x")
		}
		f("when there are enough", 0, 356, 1)
		put(t, c, "last", "x")
		stop()
		f("at the end", 0, 357, 1)
		put(t, c, "after it", "x")
		f("without a janitor", 0, 358, 1)
		if s := c.Stats(); s.Files != 358 || s.IndexErrors != 0 {
			t.Errorf("stats %+v", s)
		}
	})
}

// A batch that Redis does not take makes a rebuild due.
func TestBatchIsLost(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	cfg.Interval = time.Hour
	server := redistest.Start(t)
	rdb := server.Client()
	c := open(t, cfg, rdb)
	defer run(t, c)()
	until(t, "the first rebuild", func() bool { return c.Stats().Rebuilds == 1 })
	put(t, c, "a", "x")
	until(t, "a name in the index", func() bool { return c.Stats().Files == 1 && len(list(t, rdb, cfg.Node)) == 1 })
	server.Freeze()
	for i := range 300 {
		put(t, c, key(i), "x")
	}
	server.Thaw()
	until(t, "all names or the loss of some", func() bool { return len(list(t, rdb, cfg.Node)) == 301 || c.Lost() })
	if err := c.Rebuild(t.Context()); err != nil || len(list(t, rdb, cfg.Node)) != 301 {
		t.Errorf("%v, %d names", err, len(list(t, rdb, cfg.Node)))
	}
}

// A Redis that is out of memory costs the index, not the files.
func TestRedisOutOfMemory(t *testing.T) {
	t.Parallel()
	cfg, disk := config(t)
	rdb := redistest.Client(t)
	c := open(t, cfg, rdb)
	fill(t, c, 2)
	if err := rdb.ConfigSet(t.Context(), "maxmemory", "1").Err(); err != nil {
		t.Fatal(err)
	}
	put(t, c, key(2), "x")
	if s := c.Stats(); s.IndexErrors != 1 || s.WriteErrors != 0 || !c.Lost() {
		t.Errorf("stats %+v", s)
	}
	if err := c.Rebuild(t.Context()); err == nil {
		t.Error("a rebuild without memory")
	}
	disk.set(0)
	if swept, err := c.Sweep(t.Context()); swept.Files != 3 {
		t.Errorf("swept %+v, %v", swept, err)
	}
	disk.set(1 << 30)
	if err := rdb.ConfigSet(t.Context(), "maxmemory", "0").Err(); err != nil {
		t.Fatal(err)
	}
	put(t, c, key(3), "x")
	if err := c.Rebuild(t.Context()); err != nil || len(list(t, rdb, cfg.Node)) != 1 {
		t.Errorf("%v, %d names", err, len(list(t, rdb, cfg.Node)))
	}
}

// until waits for what another process or goroutine does.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	again := time.NewTicker(2 * time.Millisecond)
	defer again.Stop()
	for !done() {
		select {
		case <-deadline:
			t.Fatalf("waited too long for %s", what)
		case <-again.C:
		}
	}
}

// A second cache may lie in the first: each keeps to its own files, index and bounds, and its results go first.
func TestCacheInACache(t *testing.T) {
	t.Parallel()
	cfg, disk := config(t)
	rdb := redistest.Client(t)
	inner := cfg
	inner.Dir, inner.Node, inner.Sync, inner.MaxBytes = filepath.Join(cfg.Dir, "results"), cfg.Node+"-results", false, 9*block
	inner.LowFree, inner.HighFree = diskcache.Mark{Bytes: 15 * block}, diskcache.Mark{Bytes: 20 * block}
	cfg.LowFree, cfg.HighFree = diskcache.Mark{Bytes: 10 * block}, diskcache.Mark{Bytes: 15 * block}
	photos, results := open(t, cfg, rdb), open(t, inner, rdb)
	fill(t, photos, 10)
	fill(t, results, 10)
	f := func(photosLeft, resultsLeft string) {
		t.Helper()
		if got := left(t, photos, 10); got != photosLeft {
			t.Errorf("photos left: %s, want %s", got, photosLeft)
		}
		if got := left(t, results, 10); got != resultsLeft {
			t.Errorf("results left: %s, want %s", got, resultsLeft)
		}
	}
	sweep(t, photos, 0)
	sweep(t, results, 1) // its cap
	f("0 1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 8 9")
	disk.set(14 * block)
	sweep(t, photos, 0)
	sweep(t, results, 6)
	f("0 1 2 3 4 5 6 7 8 9", "7 8 9")
	disk.set(9 * block)
	sweep(t, photos, 6)
	f("6 7 8 9", "7 8 9")
	if err := photos.Rebuild(t.Context()); err != nil || photos.Stats().Files != 4 {
		t.Errorf("%v, %+v", err, photos.Stats())
	}
	if err := os.RemoveAll(inner.Dir); err != nil {
		t.Fatal(err)
	}
	put(t, results, "back", "x")
	f("6 7 8 9", "")
}
