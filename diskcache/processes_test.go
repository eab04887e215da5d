package diskcache_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/internal/redistest"
	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"
)

// childFolder and childRedis make of this program one process of a node, which serves until it is killed.
const (
	childFolder = "ADLOOM_DISKCACHE_CHILD"
	childRedis  = "ADLOOM_DISKCACHE_REDIS"
	childKeys   = 400
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		if err := child(dir, os.Getenv(childRedis)); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

func childConfig(dir string) diskcache.Config {
	cfg := diskcache.DefaultConfig()
	cfg.Dir, cfg.MaxBytes, cfg.Sync, cfg.TouchEvery = dir, childKeys*block/2, false, 0
	cfg.LowFree, cfg.HighFree = diskcache.Mark{}, diskcache.Mark{}
	cfg.Interval = 5 * time.Millisecond
	return cfg
}

// child puts, gets, evicts and rebuilds, and prints a line now and then. What it reads is whole, or it ends.
func child(dir, address string) error {
	rdb := redis.NewClient(&redis.Options{Addr: address, ContextTimeoutEnabled: true})
	c, err := diskcache.New(childConfig(dir), rdb)
	if err != nil {
		return err
	}
	go func() { _ = c.Run(context.Background()) }()
	for i := 0; ; i++ {
		key := key(rand.IntN(childKeys))
		if err := childTurn(c, key); err != nil {
			return err
		}
		if i%200 == 0 {
			if err := c.Rebuild(context.Background()); err != nil && !errors.Is(err, diskcache.ErrRebuilding) {
				return err
			}
			fmt.Println("turn", i)
		}
	}
}

func childTurn(c *diskcache.Cache, key string) error {
	want := strings.Repeat(key, 1000)
	r, err := c.Get(context.Background(), key)
	if errors.Is(err, fs.ErrNotExist) {
		return c.Put(context.Background(), key, strings.NewReader(want))
	}
	if err != nil {
		return err
	}
	defer r.Close()
	body, err := io.ReadAll(r)
	if err == nil && string(body) != want {
		err = fmt.Errorf("%s: expected %d bytes of its own, found %d", key, len(want), len(body))
	}
	return err
}

// Processes that evict, rebuild and serve at once, and are killed in the middle of it, leave nothing that a rebuild does
// not put right.
func TestKilledProcesses(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "cache")
	server := redistest.Start(t)
	for round := range 4 {
		var children []func()
		for range 2 {
			children = append(children, startChild(t, dir, server.Addr(), 2+round))
		}
		for _, kill := range children {
			kill()
		}
	}
	rdb := server.Client()
	c := open(t, childConfig(dir), rdb)
	for _, key := range []string{diskcache.LockKey("local"), diskcache.SweepKey("local")} { // as after their time
		if err := rdb.Del(t.Context(), key).Err(); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	found := int64(0)
	for _, path := range files(t, dir) {
		if filepath.Dir(path) != c.TempDir() {
			found++
		}
	}
	if s := c.Stats(); s.Files != found || found == 0 || found > childKeys || s.Bytes != sizes(t, dir, c.TempDir()) {
		t.Errorf("the index knows %d files of %d bytes, on disk are %d of %d", s.Files, s.Bytes, found, sizes(t, dir, c.TempDir()))
	}
	if _, err := c.Sweep(t.Context()); err != nil || c.Stats().Bytes > childKeys*block/2 {
		t.Errorf("%v, %+v", err, c.Stats())
	}
	if err := c.RemoveTemps(time.Now().Add(61 * time.Minute)); err != nil {
		t.Fatal(err)
	}
	if rest, err := os.ReadDir(c.TempDir()); err != nil || len(rest) != 0 {
		t.Errorf("unfinished files: %v, %v", rest, err)
	}
}

// sizes sums up the files outside of except, in whole blocks.
func sizes(t *testing.T, dir, except string) (sum int64) {
	t.Helper()
	for _, path := range files(t, dir) {
		info, err := os.Lstat(path)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Dir(path) != except {
			sum += (info.Size() + block - 1) / block * block
		}
	}
	return sum
}

// startChild starts a process; kill waits until it has printed some lines, and kills it.
func startChild(t *testing.T, dir, address string, lines int) (kill func()) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childFolder+"="+dir, childRedis+"="+address)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		scanner := bufio.NewScanner(out)
		for n := 0; n < lines && scanner.Scan(); n++ {
			if !strings.HasPrefix(scanner.Text(), "turn") {
				t.Errorf("a process says: %s", scanner.Text())
			}
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Errorf("it ended by itself: %v", err)
		}
		_ = cmd.Wait() // killed
	}
}
