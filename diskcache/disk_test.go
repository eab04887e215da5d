package diskcache_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/internal/redistest"
	"github.com/redis/go-redis/v9"
	"golang.org/x/sys/unix"
)

// mount makes a small disk of its own.
func mount(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("a disk of its own needs the right to mount one: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func readOnly(t *testing.T, dir string, on bool) {
	t.Helper()
	flags := uintptr(unix.MS_REMOUNT)
	if on {
		flags |= unix.MS_RDONLY
	}
	if err := unix.Mount("", dir, "", flags, ""); err != nil {
		t.Fatal(err)
	}
}

// told is what was reported.
type told struct {
	mu   sync.Mutex
	errs []error
}

func (l *told) report(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.errs = append(l.errs, err)
}

// want wants one report of each cause since the last call.
func (l *told) want(t *testing.T, causes ...error) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	wrong := len(l.errs) != len(causes)
	for _, cause := range causes {
		wrong = wrong || !errors.Is(errors.Join(l.errs...), cause)
	}
	if wrong {
		t.Errorf("told %v, want one each of %v", l.errs, causes)
	}
	l.errs = nil
}

// onDisk is a cache on that disk, whose fake free space is plenty.
func onDisk(t *testing.T, dir string) (diskcache.Config, *disk, *told) {
	t.Helper()
	cfg, d := config(t)
	log := &told{}
	cfg.Dir, cfg.Report = filepath.Join(dir, "cache"), log.report
	return cfg, d, log
}

// run runs the janitor until stop is called.
func run(t *testing.T, c *diskcache.Cache) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- c.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

const big = 100 << 10

func putBig(t *testing.T, c *diskcache.Cache, i int) error {
	t.Helper()
	return c.Put(t.Context(), key(i), strings.NewReader(strings.Repeat("x", big)))
}

// A full disk serves on, leaves nothing half written, is asked seldom, told once, and comes back by itself.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := mount(t, "size=1m")
	synctest.Test(t, func(t *testing.T) {
		cfg, _, log := onDisk(t, dir)
		c := open(t, cfg, nil)
		stored := 0
		var err error
		for ; err == nil; stored++ {
			err = putBig(t, c, stored)
		}
		stored--
		if !errors.Is(err, unix.ENOSPC) || stored < 5 {
			t.Fatalf("after %d files: %v, want ENOSPC", stored, err)
		}
		f := func(wait time.Duration, refused bool, untilNext time.Duration) {
			t.Helper()
			time.Sleep(wait)
			err := putBig(t, c, 100)
			var r *diskcache.RefusedError
			if errors.As(err, &r) != refused || !errors.Is(err, unix.ENOSPC) {
				t.Errorf("after %v: %v, refused should be %v", wait, err, refused)
			}
			if refused && r.After != untilNext {
				t.Errorf("next attempt in %v, want %v", r.After, untilNext)
			}
		}
		f(0, true, time.Second)
		f(time.Second, false, 0)
		f(0, true, 2*time.Second)
		f(2*time.Second, false, 0)
		f(4*time.Second, false, 0)
		f(8*time.Second, false, 0)
		f(15*time.Second, false, 0)
		f(5*time.Second, true, 10*time.Second)
		if s := c.Stats(); s.WriteErrors != 6 || s.WritesRefused != 3 || !s.Refusing || s.Puts != uint64(stored) {
			t.Errorf("stats %+v", s)
		}
		log.want(t, unix.ENOSPC)
		for i := range stored {
			if body, ok := get(t, c, key(i)); !ok || len(body) != big {
				t.Errorf("file %d: %d bytes, %v", i, len(body), ok)
			}
		}
		if all := files(t, cfg.Dir); len(all) != stored {
			t.Errorf("%d files on disk, want %d", len(all), stored)
		}
		remove(t, c.Path(key(0)))
		time.Sleep(10 * time.Second)
		if err := putBig(t, c, 100); err != nil || c.Stats().Refusing {
			t.Errorf("with space again: %v, %+v", err, c.Stats())
		}
		log.want(t)
	})
}

// The janitor of a full disk is called at once, and then writing goes on at once.
func TestFullDiskIsSweptAtOnce(t *testing.T) {
	t.Parallel()
	dir := mount(t, "size=1m")
	synctest.Test(t, func(t *testing.T) {
		cfg, _, log := onDisk(t, dir)
		cfg.Statfs, cfg.LowFree, cfg.HighFree = nil, diskcache.Mark{Fraction: 0.2}, diskcache.Mark{Fraction: 0.5}
		c := open(t, cfg, redistest.Embedded(t))
		defer run(t, c)()
		synctest.Wait()
		for i := range 100 {
			before := c.Stats().EvictedFiles
			if err := putBig(t, c, i); err != nil {
				start := time.Now()
				for (c.Stats().EvictedFiles == before || c.RefusesNow()) && time.Since(start) < time.Second {
					time.Sleep(time.Millisecond)
				}
				if err := putBig(t, c, i); err != nil || time.Since(start) > 500*time.Millisecond {
					t.Fatalf("put %d after %v: %v", i, time.Since(start), err)
				}
			}
		}
		log.want(t, unix.ENOSPC)
	})
}

// A folder that cannot be made is a full disk, too.
func TestNoInodes(t *testing.T) {
	t.Parallel()
	dir := mount(t, "size=1m,nr_inodes=40")
	cfg, _, log := onDisk(t, dir)
	c := open(t, cfg, nil)
	left := func() uint64 {
		t.Helper()
		var s unix.Statfs_t
		if err := unix.Statfs(dir, &s); err != nil {
			t.Fatal(err)
		}
		return s.Ffree
	}
	for i := 0; left() > 1; i++ {
		write(t, filepath.Join(dir, fmt.Sprint("foreign", i)))
	}
	before := len(files(t, dir))
	err := putBig(t, c, 0) // the file is the last inode, there is none for its folder
	if !errors.Is(err, unix.ENOSPC) || len(files(t, dir)) != before || !strings.Contains(err.Error(), "mkdir") {
		t.Errorf("got %v and %d files, want %d", err, len(files(t, dir)), before)
	}
	log.want(t, unix.ENOSPC)
}

// A disk that runs out of inodes is swept like one that runs out of bytes.
func TestInodesCount(t *testing.T) {
	t.Parallel()
	dir := mount(t, "size=10m,nr_inodes=200")
	cfg, _, _ := onDisk(t, dir)
	cfg.Statfs = nil
	c := open(t, cfg, redistest.Client(t))
	n := 0
	for ; c.Put(t.Context(), key(n), strings.NewReader("")) == nil; n++ {
		age(t, c, key(n), time.Duration(1000-n)*time.Second)
	}
	if err := c.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	swept, err := c.Sweep(t.Context())
	if err != nil || swept.Files < 28 || swept.Files > 30 { // 15 % of 200
		t.Errorf("of %d files swept %+v, %v", n, swept, err)
	}
	if exists(c.Path(key(0))) || !exists(c.Path(key(n-1))) {
		t.Error("not the oldest went")
	}
	if err := c.Put(t.Context(), "new", strings.NewReader("")); err != nil {
		t.Errorf("put after the sweep: %v", err)
	}
}

// A disk that turns read-only serves on; what cannot be removed stays in the index as it was.
func TestReadOnlyDisk(t *testing.T) {
	t.Parallel()
	dir := mount(t, "size=4m")
	synctest.Test(t, func(t *testing.T) {
		cfg, d, log := onDisk(t, dir)
		rdb := redistest.Embedded(t)
		c := open(t, cfg, rdb)
		fillOld(t, c, 4)
		before := scores(t, rdb, cfg.Node)
		stop := run(t, c)
		time.Sleep(time.Second)
		readOnly(t, dir, true)
		d.set(0)
		time.Sleep(time.Minute)
		for i := range 4 {
			if _, ok := get(t, c, key(i)); !ok {
				t.Error("a hit needs a disk that can be written")
			}
		}
		for range 3 {
			if err := putBig(t, c, 5); !errors.Is(err, unix.EROFS) {
				t.Errorf("put: %v, want EROFS", err)
			}
		}
		if after := scores(t, rdb, cfg.Node); after != before {
			t.Errorf("the index was\n%sand is\n%s", before, after)
		}
		log.want(t, unix.EROFS, unix.EROFS) // of the sweep, and of the write
		readOnly(t, dir, false)
		time.Sleep(10 * time.Second)
		if s := c.Stats(); s.EvictedFiles != 4 || s.Files != 0 {
			t.Errorf("stats %+v, want all evicted", s)
		}
		if err := putBig(t, c, 5); err != nil {
			t.Errorf("put: %v", err)
		}
		stop()
		log.want(t)
	})
}

// fillOld is fill for a bubble, which begins in the year 2000.
func fillOld(t *testing.T, c *diskcache.Cache, n int) {
	t.Helper()
	for i := range n {
		put(t, c, key(i), "x")
		then := time.Now().Add(-time.Duration(n-i) * time.Hour)
		if err := os.Chtimes(c.Path(key(i)), then, then); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// scores prints the index.
func scores(t *testing.T, rdb redis.UniversalClient, node string) string {
	t.Helper()
	all, err := rdb.ZRangeWithScores(t.Context(), diskcache.IndexKey(node), 0, -1).Result()
	if err != nil {
		t.Fatal(err)
	}
	sum, err := rdb.HGet(t.Context(), diskcache.StateKey(node), "blocks").Result()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, z := range all {
		fmt.Fprintf(&text, "%x %.0f\n", z.Member, z.Score)
	}
	return text.String() + sum + " blocks\n"
}

// An unmounted disk is no empty cache: nothing is written where it was, the index keeps what it knows.
func TestUnmounted(t *testing.T) {
	t.Parallel()
	t.Run("clean below", func(t *testing.T) { t.Parallel(); unmounted(t, false) })
	t.Run("used below", func(t *testing.T) { t.Parallel(); unmounted(t, true) })
}

// unmounted is such a test; used says that the cache was once started while the disk was not mounted.
func unmounted(t *testing.T, used bool) {
	t.Helper()
	real, at := mount(t, "size=4m"), t.TempDir()
	bind := func() {
		t.Helper()
		if err := unix.Mount(real, at, "", unix.MS_BIND, ""); err != nil {
			t.Fatal(err)
		}
	}
	unmount := func() {
		t.Helper()
		if err := unix.Unmount(at, 0); err != nil { // busy if the cache held it open
			t.Fatal(err)
		}
	}
	cfg, d, _ := onDisk(t, at)
	if used {
		open(t, cfg, nil)
	}
	bind()
	rdb := redistest.Client(t)
	c := open(t, cfg, rdb)
	fill(t, c, 3)
	before := scores(t, rdb, cfg.Node)
	unmount()
	d.set(0)
	if _, ok := get(t, c, key(0)); ok {
		t.Error("a hit without a disk")
	}
	if err := putBig(t, c, 4); err == nil || !strings.Contains(err.Error(), "is not there") || !c.Stats().Refusing {
		t.Errorf("put: %v", err)
	}
	if _, err := c.Sweep(t.Context()); err == nil {
		t.Error("a sweep without a disk")
	}
	if err := c.Rebuild(t.Context()); err == nil {
		t.Error("a rebuild without a disk")
	}
	if found := files(t, at); len(found) != 0 || exists(cfg.Dir) != used {
		t.Errorf("below the mount point: %v", found)
	}
	if after := scores(t, rdb, cfg.Node); after != before {
		t.Errorf("the index was\n%sand is\n%s", before, after)
	}
	bind()
	defer unmount()
	sweep(t, c, 3)
	put(t, c, key(4), "x") // the sweep has freed space, so at once
}

// A folder that somebody removes is made again, and the index is put right.
func TestRemovedFolder(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	cfg.Dir = filepath.Join(cfg.Dir, "below", "cache")
	rdb := redistest.Client(t)
	c := open(t, cfg, rdb)
	fill(t, c, 3)
	if err := os.RemoveAll(filepath.Dir(cfg.Dir)); err != nil {
		t.Fatal(err)
	}
	put(t, c, key(7), "x")
	if got := left(t, c, 10); got != "7" {
		t.Errorf("left: %s", got)
	}
	if err := os.RemoveAll(cfg.Dir); err != nil {
		t.Fatal(err)
	}
	sweep(t, c, 0)
	if err := c.Rebuild(t.Context()); err != nil || len(list(t, rdb, cfg.Node)) != 0 {
		t.Errorf("%v, %d names in the index", err, len(list(t, rdb, cfg.Node)))
	}
}
