package throttle_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/throttle"
)

const (
	processes, requests = 4, 64
	hard, own           = 12, 5
	// enough is how many leases are given out until the shares are looked at; how
	// long this takes is the machine's business.
	enough = processes * requests * 6
)

// customerOf gives the customers shares of 1/8, 1/8, 1/4 and 1/2 of the requests.
func customerOf(i int) string { return []string{"a", "b", "c", "c", "d", "d", "d", "d"}[i%8] }

func crowded() throttle.Config {
	cfg := limits(hard, 0, own)
	cfg.MaxWaiting = processes * requests
	return cfg
}

// work takes and gives back leases in tight loops until ctx ends, and returns how
// many each loop got.
func work(ctx context.Context, l *throttle.Limiter, begin, end func(customer string)) ([requests]int64, error) {
	var served [requests]int64
	var failed atomic.Pointer[error]
	var wg sync.WaitGroup
	for i := range requests {
		wg.Go(func() {
			for ctx.Err() == nil {
				lease, err := l.Acquire(ctx, customerOf(i))
				if err != nil {
					if ctx.Err() == nil {
						failed.Store(&err)
					}
					return
				}
				begin(customerOf(i))
				served[i]++
				end(customerOf(i))
				lease.Release()
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return served, *err
	}
	return served, nil
}

// wantFair checks that all requests of a customer were served about as often, and
// those of a process. Customers with more requests get more, up to their limit,
// but never more of the leases than one with less who wants them.
func wantFair(t *testing.T, served [][requests]int64) {
	t.Helper()
	least := func(what string, counts []int64) {
		t.Helper()
		var sum int64
		for _, n := range counts {
			sum += n
		}
		mean := float64(sum) / float64(len(counts))
		if low := float64(slices.Min(counts)); low < mean/2 || low == 0 {
			t.Errorf("%s: the least was served %v times, want at least half of the mean, %.1f", what, low, mean)
		}
	}
	byCustomer := map[string]int64{}
	for _, customer := range []string{"a", "b", "c", "d"} {
		var each []int64
		perProcess := make([]int64, len(served))
		for p := range served {
			for i, n := range served[p] {
				if customerOf(i) == customer {
					each = append(each, n)
					perProcess[p] += n
					byCustomer[customer] += n
				}
			}
		}
		least("requests of customer "+customer, each)
		least("customer "+customer+" by process", perProcess)
	}
	counts := make([]int64, 0, len(byCustomer))
	for _, n := range byCustomer {
		counts = append(counts, n)
	}
	least("customers", counts)
	t.Logf("served: %v", byCustomer)
}

// Four processes, each with 64 requests in tight loops: the limits hold at every
// moment and nobody starves.
func TestNeverExceededNeverStarved(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var leases atomic.Int64
	inUse := map[string]*highWater{"a": {}, "b": {}, "c": {}, "d": {}, "all": {}}
	served := make([][requests]int64, processes)
	var wg sync.WaitGroup
	var all []*throttle.Limiter
	for range processes {
		all = append(all, newLimiter(t, crowded(), s.Client()))
	}
	for p, l := range all {
		wg.Go(func() {
			var err error
			served[p], err = work(ctx, l,
				func(customer string) {
					inUse["all"].up()
					inUse[customer].up()
					if leases.Add(1) == enough {
						cancel()
					}
				},
				func(customer string) { inUse[customer].down(); inUse["all"].down() })
			if err != nil {
				t.Errorf("process %d: %v", p, err)
			}
		})
	}
	wg.Wait()
	for name, most := range map[string]int64{"a": own, "b": own, "c": own, "d": own, "all": hard} {
		if high := inUse[name].high.Load(); high > most || high == 0 {
			t.Errorf("%s: %d leases at once, want 1 to %d", name, high, most)
		}
	}
	wantFair(t, served)
	for _, l := range all {
		if stats := l.Stats(); stats.FailedOpen+stats.Refused > 0 || stats.Held+stats.Waiting > 0 {
			t.Errorf("afterwards: %+v", stats)
		}
	}
	if keys := s.Client().Keys(t.Context(), "*").Val(); len(keys) > 0 {
		t.Errorf("left in Redis: %q", keys)
	}
}

// The test binary is a process of the node when this is set, to an order.
const processEnv = "THROTTLE_TEST_PROCESS"

type order struct {
	Addr  string
	Hold  bool // takes leases and waits for more, until it is killed; else works until its input ends
	Lease time.Duration
}

// runProcess is a process of its own, and prints how often each loop was served.
// What it has in use it counts in Redis.
func runProcess(text string) error {
	var o order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	rdb := redis.NewClient(&redis.Options{Addr: o.Addr, ContextTimeoutEnabled: true, PoolSize: 2 * requests})
	cfg := crowded()
	cfg.Lease = o.Lease
	l, err := throttle.New(cfg, rdb)
	if err != nil {
		return err
	}
	defer l.Close()
	ctx := context.Background()
	for !l.Stats().Listening {
		time.Sleep(time.Millisecond)
	}
	if o.Hold {
		var wg sync.WaitGroup
		for range requests {
			wg.Go(func() {
				_, _ = l.Acquire(ctx, "a")
				_, _ = l.Acquire(ctx, "b")
				select {}
			})
		}
		wg.Wait()
	}
	for rdb.Incr(ctx, "ready"); ctx.Err() == nil; time.Sleep(time.Millisecond) {
		if n, err := rdb.Get(ctx, "ready").Int(); err != nil || n == processes {
			break
		}
	}
	up := redis.NewScript(`redis.call('INCR', 'served')
	for _, key in ipairs(KEYS) do
		local n = redis.call('INCR', key)
		if n > tonumber(redis.call('GET', key .. ':high') or '0') then redis.call('SET', key .. ':high', n) end
	end`)
	down := redis.NewScript(`for _, key in ipairs(KEYS) do redis.call('DECR', key) end`)
	working, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	served, err := work(working, l,
		func(customer string) { up.Run(ctx, rdb, []string{"use:all", "use:" + customer}) },
		func(customer string) { down.Run(ctx, rdb, []string{"use:all", "use:" + customer}) })
	if err != nil {
		return err
	}
	if failed := l.Stats().FailedOpen; failed > 0 {
		return fmt.Errorf("%d failed open: %w", failed, l.Stats().RedisErr)
	}
	return json.NewEncoder(os.Stdout).Encode(served)
}

// startProcess starts a process that ends with the test at the latest.
func startProcess(t *testing.T, o order) (cmd *exec.Cmd, in io.Closer, out *bytes.Buffer) {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), processEnv+"="+string(text))
	out = new(bytes.Buffer)
	cmd.Stdout, cmd.Stderr = out, os.Stderr
	in, err = cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, in, out
}

func TestProcesses(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	rdb := s.Client()
	var cmds []*exec.Cmd
	var ins []io.Closer
	var outs []*bytes.Buffer
	for range processes {
		cmd, in, out := startProcess(t, order{Addr: s.Addr(), Lease: time.Hour})
		cmds, ins, outs = append(cmds, cmd), append(ins, in), append(outs, out)
	}
	samples := 0
	await(t, "end of so much work", func() bool {
		samples++
		if n := leases(t, rdb); n > hard {
			t.Fatalf("%d leases at once, want at most %d", n, hard)
		}
		for _, customer := range []string{"a", "b", "c", "d"} {
			if n := rdb.ZCard(t.Context(), throttle.CustomerLeasesKey(customer)).Val(); n > own {
				t.Fatalf("%d leases of %s at once, want at most %d", n, customer, own)
			}
		}
		served, _ := rdb.Get(t.Context(), "served").Int()
		return served >= enough
	})
	for _, in := range ins {
		if err := in.Close(); err != nil {
			t.Fatal(err)
		}
	}
	served := make([][requests]int64, processes)
	for p, cmd := range cmds {
		if err := cmd.Wait(); err != nil {
			t.Fatalf("process %d: %v", p, err)
		}
		if err := json.Unmarshal(outs[p].Bytes(), &served[p]); err != nil {
			t.Fatalf("process %d printed %q: %v", p, outs[p], err)
		}
	}
	wantFair(t, served)
	for name, most := range map[string]int{"a": own, "b": own, "c": own, "d": own, "all": hard} {
		high, err := rdb.Get(t.Context(), "use:"+name+":high").Int()
		if err != nil || high > most || high == 0 {
			t.Errorf("%s: %d in use at once (%v), want 1 to %d", name, high, err, most)
		}
	}
	if n := leases(t, rdb) + rdb.Exists(t.Context(), throttle.WaitingKey(), throttle.WaitersKey()).Val(); n != 0 || samples < 10 {
		t.Errorf("%d leases and keys are left in Redis; looked %d times", n, samples)
	}
}

// A process that is killed with leases, and with requests that wait, takes its
// leases with it for the lease time and nothing else.
func TestKilledProcess(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	rdb := s.Client()
	const lease = 1500 * time.Millisecond
	cfg := crowded()
	cfg.Lease = lease
	l := newLimiter(t, cfg, s.Client())
	mine := acquire(t, l, "d")
	start := time.Now()
	cmd, _, _ := startProcess(t, order{Addr: s.Addr(), Hold: true, Lease: lease})
	await(t, "many who wait", func() bool {
		return leases(t, rdb) > own && rdb.ZCard(t.Context(), throttle.WaitingKey()).Val() > requests/2
	})
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	killed := time.Now()

	// Those who waited there get none of the leases that are given back here.
	mine.Release()
	acquire(t, l, "d").Release()
	// All places are free within the lease time.
	var held []*throttle.Lease
	for i := range hard {
		held = append(held, acquire(t, l, fmt.Sprint(i%4)))
	}
	if d := time.Since(killed); d > lease+500*time.Millisecond {
		t.Errorf("the last lease of the dead came back %v after its end, want at most %v", d, lease)
	}
	t.Logf("killed after %v, all free %v later", killed.Sub(start), time.Since(killed))
	for _, lease := range held {
		lease.Release()
	}
	if n := leases(t, rdb); n != 0 {
		t.Errorf("%d leases are left", n)
	}
}
