package diskcache_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/internal/redistest"
	"github.com/redis/go-redis/v9"
)

// list returns the names in the index, oldest first.
func list(t *testing.T, rdb redis.UniversalClient, node string) []string {
	t.Helper()
	names, err := rdb.ZRange(t.Context(), diskcache.IndexKey(node), 0, -1).Result()
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestRedisAway(t *testing.T) {
	t.Parallel()
	cfg, disk := config(t)
	server := redistest.Start(t)
	rdb := server.Client()
	c := open(t, cfg, rdb)
	fill(t, c, 3)
	server.Stop()

	put(t, c, key(3), "x")
	age(t, c, key(0), cfg.TouchEvery+time.Second)
	if _, ok := get(t, c, key(0)); !ok {
		t.Error("a hit needs Redis")
	}
	if s := c.Stats(); s.IndexErrors != 2 || s.WriteErrors != 0 || s.Files != 4 {
		t.Errorf("stats %+v", s)
	}
	disk.total, disk.free = 100*block, 8*block // low mark at 10, high mark at 15
	if swept, err := c.Sweep(t.Context()); err == nil || swept.Files != 4 {
		t.Errorf("swept %+v, %v; want all that is there, and the error", swept, err)
	}
	if c.RebuildDue(t.Context()) {
		t.Error("a rebuild is due without Redis")
	}
	disk.set(100 * block)
	put(t, c, key(4), "x")

	server.Restart()
	if !c.RebuildDue(t.Context()) {
		t.Error("no rebuild is due after a restart")
	}
	put(t, c, key(5), "x") // indexed at once, the pause is over
	if n := len(list(t, rdb, cfg.Node)); n != 1 {
		t.Errorf("%d names in the index, want 1", n)
	}
	if err := c.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(list(t, rdb, cfg.Node)); n != 2 || c.RebuildDue(t.Context()) {
		t.Errorf("%d names in the index, due again: %v", n, c.RebuildDue(t.Context()))
	}
}

// A put that could not be indexed has the index rebuilt although that was never emptied.
func TestMissedPutIsFoundAgain(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	cfg.IndexTimeout = 500 * time.Millisecond // 20 of them would be 10 s
	server := redistest.Start(t)
	rdb := server.Client()
	c := open(t, cfg, rdb)
	server.Freeze()
	start := time.Now()
	for i := range 20 {
		put(t, c, key(i), "x")
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("20 puts with a Redis that hangs took %v", took)
	}
	server.Thaw()
	if err := c.Rebuild(t.Context()); err != nil { // the first one, as after a start
		t.Fatal(err)
	}
	if n := len(list(t, rdb, cfg.Node)); n != 20 {
		t.Errorf("%d names in the index, want 20", n)
	}
	server.Freeze()
	put(t, c, key(20), "x")
	server.Thaw()
	if !c.RebuildDue(t.Context()) {
		t.Error("no rebuild is due after a put that the index missed")
	}
}

func TestFlushAll(t *testing.T) {
	t.Parallel()
	cfg, disk := config(t)
	rdb := redistest.Client(t)
	c := open(t, cfg, rdb)
	fill(t, c, 4)
	if c.RebuildDue(t.Context()) {
		t.Error("a rebuild is due right after one")
	}
	if err := rdb.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	if !c.RebuildDue(t.Context()) {
		t.Error("no rebuild is due after FLUSHALL")
	}
	put(t, c, key(4), "x")
	if !c.RebuildDue(t.Context()) {
		t.Error("one put made the index look complete")
	}
	disk.total, disk.free = 100*block, 10*block-1 // three must go, and the index knows only the newest
	cfg.HighFree = diskcache.Mark{Bytes: 12 * block}
	c = open(t, cfg, rdb)
	sweep(t, c, 3)
	if got := left(t, c, 5); got != "3 4" {
		t.Errorf("left: %s", got)
	}
	if err := c.Rebuild(t.Context()); err != nil || c.RebuildDue(t.Context()) {
		t.Errorf("rebuild: %v, due again %v", err, c.RebuildDue(t.Context()))
	}
}

func TestOneRebuildsAtATime(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	rdb := redistest.Client(t)
	c := open(t, cfg, rdb)
	put(t, c, "a", "x")
	if err := rdb.Set(t.Context(), diskcache.LockKey(cfg.Node), "another", time.Minute).Err(); err != nil {
		t.Fatal(err)
	}
	if err := c.Rebuild(t.Context()); !errors.Is(err, diskcache.ErrRebuilding) {
		t.Errorf("got %v, want ErrRebuilding", err)
	}
	if err := rdb.Del(t.Context(), diskcache.LockKey(cfg.Node)).Err(); err != nil {
		t.Fatal(err)
	}
	if err := c.Rebuild(t.Context()); err != nil {
		t.Error(err)
	}
	if n, err := rdb.Exists(t.Context(), diskcache.LockKey(cfg.Node)).Result(); n != 0 || err != nil {
		t.Errorf("the lock is still there: %v", err)
	}
}

// The janitor finds a lost index by itself and keeps the cap.
func TestRun(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	cfg.MaxBytes = 3 * block
	cfg.Report = func(err error) { t.Errorf("janitor: %v", err) }
	synctest.Test(t, func(t *testing.T) {
		rdb := redistest.Embedded(t)
		c := open(t, cfg, rdb)
		for i := range 5 {
			put(t, c, key(i), "x")
			age(t, c, key(i), time.Duration(100000-i)*time.Hour) // the bubble begins in the year 2000
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- c.Run(ctx) }()
		defer func() {
			stop()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}()
		time.Sleep(25 * time.Second)
		if got := left(t, c, 5); got != "2 3 4" {
			t.Errorf("left: %s", got)
		}
		if err := rdb.FlushAll(t.Context()).Err(); err != nil {
			t.Error(err)
		}
		time.Sleep(25 * time.Second)
		if n := len(list(t, rdb, cfg.Node)); n != 3 {
			t.Errorf("%d names in the index, want 3", n)
		}
		if s := c.Stats(); s.Rebuilds != 2 || s.JanitorErrors != 0 || s.Files != 3 {
			t.Errorf("stats %+v", s)
		}
	})
}

// What a name costs is what decides how many photos a node can know.
func TestIndexMemory(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	rdb := redistest.Client(t)
	c := open(t, cfg, rdb)
	const n = 100_000
	before := usedMemory(t, rdb)
	if err := c.AddNames(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	each := (usedMemory(t, rdb) - before) / n
	t.Logf("%d bytes a name", each)
	if each > 150 {
		t.Errorf("%d bytes a name, want at most 150", each)
	}
	if _, err := c.Pick(t.Context(), 10_000); err != nil {
		t.Fatal(err)
	}
	if err := c.NoteNames(t.Context(), 10_000); err != nil {
		t.Fatal(err)
	}
	stats, err := rdb.Info(t.Context(), "commandstats").Result()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(stats) { // while one of them runs, nobody else is answered
		if strings.HasPrefix(line, "cmdstat_eval") || strings.HasPrefix(line, "cmdstat_exec") || strings.HasPrefix(line, "cmdstat_z") {
			t.Log(strings.TrimSpace(line))
		}
	}
}
