package diskcache_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/internal/redistest"
	"github.com/redis/go-redis/v9"
	"golang.org/x/sys/unix"
)

const (
	small      = 20_000
	victims    = 10_000
	photos     = 2_000
	photoBytes = 100 << 10
)

// TestScale measures what grows with the number of files, against plain tools on the same folder in the same run:
//
//	ADLOOM_SCALE=1 go test -run Scale -v ./diskcache
//
// ADLOOM_SCALE_FILES is the number of files, a million unless it says otherwise.
func TestScale(t *testing.T) {
	if os.Getenv("ADLOOM_SCALE") != "1" {
		t.Skip("it makes a million files; ADLOOM_SCALE=1 runs it")
	}
	n := 1_000_000
	if text := os.Getenv("ADLOOM_SCALE_FILES"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil || n < small {
			t.Fatalf("ADLOOM_SCALE_FILES: expected a number from %d, found %q", small, text)
		}
	}
	few, many := newScale(t, small), newScale(t, n)
	table := &table{}
	table.rebuild(t, many)
	table.serving(t, many)
	table.evict(t, few, many)
	table.cold(t, many)
	table.print(t)
}

// scale is a cache with so many files.
type scale struct {
	*diskcache.Cache
	cfg   diskcache.Config
	rdb   *redis.Client
	files int
}

func newScale(t *testing.T, n int) *scale {
	t.Helper()
	cfg, _ := config(t)
	cfg.Dir = filepath.Join(t.TempDir(), "cache")
	rdb := redistest.Client(t)
	s := &scale{Cache: open(t, cfg, rdb), cfg: cfg, rdb: rdb, files: n}
	start := time.Now()
	makeFiles(t, s.Cache, n)
	t.Logf("%d files made in %v", n, time.Since(start).Round(time.Millisecond))
	return s
}

// makeFiles makes files of one block that take no space, each used at its own second.
func makeFiles(t *testing.T, c *diskcache.Cache, n int) {
	t.Helper()
	const workers = 4
	now := time.Now().Unix()
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < n; i += workers {
				if err := makeFile(c.Path(key(i)), now-int64(i)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wait.Wait()
	if t.Failed() {
		t.FailNow()
	}
}

func makeFile(path string, used int64) error {
	fd, err := unix.Open(path, unix.O_WRONLY|unix.O_CREAT|unix.O_CLOEXEC, 0o600)
	if err == unix.ENOENT {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		fd, err = unix.Open(path, unix.O_WRONLY|unix.O_CREAT|unix.O_CLOEXEC, 0o600)
	}
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	if err := unix.Ftruncate(fd, block); err != nil {
		return err
	}
	at := unix.Timespec{Sec: used}
	return unix.UtimesNanoAt(unix.AT_FDCWD, path, []unix.Timespec{at, at}, 0)
}

// table is what was measured.
type table struct{ rows []string }

// row notes a figure, what it is compared with, and the ratio of both that is still good.
func (tb *table) row(t *testing.T, name, ours, theirs string, ratio float64, limit string) {
	row := fmt.Sprintf("| %s | %s | %s | %.2f | %s |", name, ours, theirs, ratio, limit)
	t.Log(row)
	tb.rows = append(tb.rows, row)
}

func (tb *table) times(t *testing.T, name string, ours, theirs time.Duration, limit string) {
	tb.row(t, name, ours.Round(time.Microsecond).String(), theirs.Round(time.Microsecond).String(), float64(ours)/float64(theirs), limit)
}

func (tb *table) print(t *testing.T) {
	t.Log("\n| what | ours | compared with | ratio | wanted |\n|---|---|---|---|---|\n" + strings.Join(tb.rows, "\n"))
}

// shell times a command.
func shell(t *testing.T, command, dir string) time.Duration {
	t.Helper()
	start := time.Now()
	cmd := exec.CommandContext(t.Context(), "sh", "-c", command, "sh", dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
	return time.Since(start)
}

const plainWalk = `find "$1" -type f -printf '%T@ %s %p\n' > /dev/null`

func timed(t *testing.T, work func(ctx context.Context) error) time.Duration {
	t.Helper()
	start := time.Now()
	if err := work(t.Context()); err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}

func usedMemory(t *testing.T, rdb *redis.Client) int {
	t.Helper()
	info, err := rdb.Info(t.Context(), "memory").Result()
	if err != nil {
		t.Fatal(err)
	}
	used, err := strconv.Atoi(regexp.MustCompile(`used_memory:(\d+)`).FindStringSubmatch(info)[1])
	if err != nil {
		t.Fatal(err)
	}
	return used
}

func (tb *table) rebuild(t *testing.T, s *scale) {
	before := usedMemory(t, s.rdb)
	shell(t, plainWalk, s.cfg.Dir)
	find, ours := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
	for range 3 { // by turns, and the best of each
		find = min(find, shell(t, plainWalk, s.cfg.Dir))
		ours = min(ours, timed(t, s.Rebuild))
	}
	if got := s.Stats().Files; got != int64(s.files) {
		t.Errorf("%d files in the index, want %d", got, s.files)
	}
	tb.times(t, "rebuild, warm: a plain walk", ours, find, "2")
	grown := usedMemory(t, s.rdb) - before
	tb.row(t, "memory of Redis: bytes a file", fmt.Sprintf("%.1f", float64(grown)/float64(s.files)), "150",
		float64(grown)/float64(s.files)/150, "1")
}

func (tb *table) cold(t *testing.T, s *scale) {
	if !dropCaches() {
		t.Log("the caches of the system cannot be dropped: nothing measured cold")
		return
	}
	find := shell(t, plainWalk, s.cfg.Dir)
	dropCaches()
	tb.times(t, "rebuild, cold: a plain walk", timed(t, s.Rebuild), find, "2")
}

func dropCaches() bool {
	unix.Sync()
	return os.WriteFile("/proc/sys/vm/drop_caches", []byte("3"), 0) == nil
}

// serving compares reading photos, at a fixed rate whatever happens, without and with a rebuild.
func (tb *table) serving(t *testing.T, s *scale) {
	for i := range photos {
		if err := s.Put(t.Context(), fmt.Sprint("photo", i), bytes.NewReader(make([]byte, photoBytes))); err != nil {
			t.Fatal(err)
		}
	}
	var quiet, during served
	for range 6 { // by turns, so that what else the machine does meets both alike
		quiet.add(s.load(t, nil))
		during.add(s.load(t, s.Rebuild))
	}
	tb.times(t, "500 photos of 100 kB read a second, p99 during rebuilds: without", during.get(99), quiet.get(99), "1.3")
	tb.times(t, "the same, p50", during.get(50), quiet.get(50), "")
	tb.times(t, "PING of Redis meanwhile, p99", during.ping(99), quiet.ping(99), "")
	tb.times(t, "the same, p50", during.ping(50), quiet.ping(50), "")
	t.Logf("a rebuild took %v meanwhile", during.rebuild)
}

// served is what some periods of serving saw.
type served struct {
	gets, pings [][]time.Duration // sorted, of each period
	rebuild     time.Duration     // the last one
}

func (a *served) add(b served) {
	a.gets, a.pings, a.rebuild = append(a.gets, b.gets...), append(a.pings, b.pings...), b.rebuild
}

func (a *served) get(percent int) time.Duration  { return median(a.gets, percent) }
func (a *served) ping(percent int) time.Duration { return median(a.pings, percent) }

// median of the periods' percentiles.
func median(periods [][]time.Duration, percent int) time.Duration {
	var all []time.Duration
	for _, p := range periods {
		all = append(all, p[(len(p)-1)*percent/100])
	}
	slices.Sort(all)
	return (all[(len(all)-1)/2] + all[len(all)/2]) / 2
}

// load serves for a while, and meanwhile does the work again and again, if there is some.
func (s *scale) load(t *testing.T, work func(context.Context) error) (result served) {
	t.Helper()
	const rate, seconds = 500, 3
	ctx, stop := context.WithCancel(t.Context())
	var others sync.WaitGroup
	if work != nil {
		others.Go(func() {
			for ctx.Err() == nil {
				start := time.Now()
				if err := work(ctx); err != nil && ctx.Err() == nil {
					t.Error(err)
					return
				}
				result.rebuild = time.Since(start)
			}
		})
	}
	var pings []time.Duration
	others.Go(func() {
		for ctx.Err() == nil {
			start := time.Now()
			if s.rdb.Ping(ctx).Err() == nil {
				pings = append(pings, time.Since(start))
			}
			time.Sleep(2 * time.Millisecond)
		}
	})
	latencies := make([]time.Duration, rate*seconds)
	var requests sync.WaitGroup
	begin := time.Now()
	for i := range latencies {
		due := begin.Add(time.Duration(i) * time.Second / rate)
		time.Sleep(time.Until(due))
		requests.Go(func() {
			s.read(t, rand.IntN(photos))
			latencies[i] = time.Since(due)
		})
	}
	requests.Wait()
	stop()
	others.Wait()
	slices.Sort(latencies)
	slices.Sort(pings)
	result.gets, result.pings = [][]time.Duration{latencies}, [][]time.Duration{pings}
	return result
}

func (s *scale) read(t *testing.T, photo int) {
	r, err := s.Get(t.Context(), fmt.Sprint("photo", photo))
	if err != nil {
		t.Error(err)
		return
	}
	defer r.Close()
	body := make([]byte, photoBytes)
	if n, err := r.Read(body); n != photoBytes || err != nil {
		t.Errorf("read %d bytes: %v", n, err)
	}
}

func (tb *table) evict(t *testing.T, few, many *scale) {
	if err := few.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := many.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	picked, err := many.Pick(t.Context(), victims)
	if err != nil {
		t.Fatal(err)
	}
	sorted := shell(t, fmt.Sprintf(`find "$1" -type f -printf '%%A@ %%p\n' | sort -n | head -%d > /dev/null`, victims), many.cfg.Dir)
	tb.times(t, "10,000 victims: find, sort and head", picked, sorted, "0.01")
	shell(t, plainWalk, few.cfg.Dir)
	fewWall, fewCPU := few.evictOldest(t)
	manyWall, manyCPU := many.evictOldest(t)
	tb.times(t, "eviction of a file, computing: out of 20,000", manyCPU, fewCPU, "1.5")
	tb.times(t, "the same by the clock, with pauses", manyWall, fewWall, "")
}

// evictOldest returns the times for each file.
func (s *scale) evictOldest(t *testing.T) (wall, computing time.Duration) {
	t.Helper()
	cfg := s.cfg
	cfg.MaxBytes = s.Stats().Bytes - victims*block
	c := open(t, cfg, s.rdb)
	before := cpu()
	took := timed(t, func(ctx context.Context) error {
		swept, err := c.Sweep(ctx)
		if err == nil && swept.Files != victims {
			err = fmt.Errorf("swept %+v, want %d files", swept, victims)
		}
		return err
	})
	return took / victims, (cpu() - before) / victims
}
