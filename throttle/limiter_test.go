package throttle_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/throttle"
)

// Four processes, two customers, more requests than leases: the limits hold at
// every moment and everybody is served.
func TestLimitsHoldBetweenProcesses(t *testing.T) {
	t.Parallel()
	t.Run("real", func(t *testing.T) {
		t.Parallel()
		limitsHold(t, redistest.Start(t).Client)
	})
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		rdb := redistest.Embedded(t)
		limitsHold(t, func() *redis.Client { return rdb })
	})
}

func limitsHold(t *testing.T, client func() *redis.Client) {
	const hard, own, processes, requests, rounds = 6, 4, 4, 8, 5
	rdb := client()
	inUse := map[string]*highWater{"a": {}, "b": {}, "all": {}}
	var processesDone []*throttle.Limiter
	var wg sync.WaitGroup
	for range processes {
		l := newLimiter(t, limits(hard, 0, own), client())
		processesDone = append(processesDone, l)
		for i := range requests {
			customer := []string{"a", "b"}[i%2]
			wg.Go(func() {
				for range rounds {
					lease, err := l.Acquire(t.Context(), customer)
					if err != nil {
						t.Errorf("customer %s was not served: %v", customer, err)
						return
					}
					inUse["all"].up()
					inUse[customer].up()
					rdb.Ping(t.Context()) // some work
					inUse[customer].down()
					inUse["all"].down()
					lease.Release()
				}
			})
		}
	}
	wg.Wait()
	for name, most := range map[string]int64{"a": own, "b": own, "all": hard} {
		if high := inUse[name].high.Load(); high > most || high == 0 {
			t.Errorf("%s: %d leases at once, want 1 to %d", name, high, most)
		}
	}
	var granted uint64
	for _, l := range processesDone {
		stats := l.Stats()
		granted += stats.Granted
		if stats.FailedOpen+stats.Refused > 0 || stats.Held+stats.Waiting > 0 {
			t.Errorf("afterwards: %+v", stats)
		}
	}
	if granted != processes*requests*rounds {
		t.Errorf("%d leases granted, want %d", granted, processes*requests*rounds)
	}
	if n := leases(t, rdb); n != 0 {
		t.Errorf("%d leases left in Redis", n)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	setup := func(t *testing.T, cfg throttle.Config) *throttle.Limiter {
		return newLimiter(t, noWait(cfg), redistest.Embedded(t))
	}
	t.Run("of the node", func(t *testing.T) {
		t.Parallel()
		l := setup(t, limits(2, -1, 1))
		acquire(t, l, "a")
		lease := acquire(t, l, "a")
		refused(t, l, "b", throttle.NodeFull, 2)
		lease.Release()
		acquire(t, l, "b")
	})
	t.Run("of a customer", func(t *testing.T) {
		t.Parallel()
		l := setup(t, limits(9, 1, 2))
		acquire(t, l, "a")
		lease := acquire(t, l, "a")
		refused(t, l, "a", throttle.CustomerConcurrency, 2)
		acquire(t, l, "b")
		lease.Release()
		acquire(t, l, "a")
		if got := l.Stats(); got.Granted != 4 || got.Refused != 1 || got.Held != 3 {
			t.Errorf("Stats() = %+v, want 4 granted, 1 refused, 3 held", got)
		}
	})
	t.Run("of one customer", func(t *testing.T) {
		t.Parallel()
		cfg := limits(9, 0, 2)
		cfg.Limits = func(customer string) throttle.Limits {
			return throttle.Limits{Concurrency: map[string]int{"small": 1, "free": -1}[customer]}
		}
		l := setup(t, cfg)
		acquire(t, l, "small")
		refused(t, l, "small", throttle.CustomerConcurrency, 1)
		for range 2 {
			acquire(t, l, "other")
		}
		refused(t, l, "other", throttle.CustomerConcurrency, 2)
		for range 6 {
			acquire(t, l, "free")
		}
		refused(t, l, "free", throttle.NodeFull, 9)
	})
	t.Run("none", func(t *testing.T) {
		t.Parallel()
		l := setup(t, limits(-1, 0, -1))
		for range 100 {
			acquire(t, l, "a")
		}
	})
}

func TestReleaseIsIdempotent(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	l := newLimiter(t, limits(2, 0, 2), rdb)
	lease := acquire(t, l, "a")
	acquire(t, l, "a")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(lease.Release)
	}
	wg.Wait()
	lease.Release()
	if held, n := l.Stats().Held, leases(t, rdb); held != 1 || n != 1 {
		t.Errorf("held %d, in Redis %d; want 1 and 1", held, n)
	}
	(*throttle.Lease)(nil).Release()
	new(throttle.Lease).Release()
}

// The leases of a process that is gone come back by themselves.
func TestAbandonedLeasesExpire(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	cfg := limits(4, 0, 4)
	cfg.Lease = 300 * time.Millisecond
	gone := newLimiter(t, cfg, s.Client())
	var abandoned []*throttle.Lease
	for range cfg.HardLimit {
		abandoned = append(abandoned, acquire(t, gone, "a"))
	}
	l := newLimiter(t, cfg, s.Client())
	start := time.Now()
	for range cfg.HardLimit {
		acquire(t, l, "a")
	}
	if waited := time.Since(start); waited > 5*time.Second {
		t.Errorf("waited %v for leases of %v", waited, cfg.Lease)
	}
	// Giving back what somebody else has by now takes nothing from them.
	for _, lease := range abandoned {
		lease.Release()
	}
	if stats := l.Stats(); stats.FailedOpen != 0 {
		t.Errorf("%d leases without an answer from Redis", stats.FailedOpen)
	}
}

func TestForgottenScripts(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	l := newLimiter(t, noWait(limits(2, 0, 2)), rdb)
	flush := func() {
		t.Helper()
		if err := rdb.ScriptFlush(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
	}
	lease := acquire(t, l, "a")
	flush()
	acquire(t, l, "a")
	flush()
	refused(t, l, "a", throttle.NodeFull, 2)
	flush()
	lease.Release()
	if n, failed := leases(t, rdb), l.Stats().FailedOpen; n != 1 || failed != 0 {
		t.Errorf("%d leases in Redis, %d without its answer; want 1 and 0", n, failed)
	}
}

func TestForgottenLeases(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	l := newLimiter(t, noWait(limits(2, 0, 2)), rdb)
	before := []*throttle.Lease{acquire(t, l, "a"), acquire(t, l, "a")}
	if err := rdb.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	acquire(t, l, "a")
	for _, lease := range before {
		lease.Release()
	}
	if n := leases(t, rdb); n != 1 {
		t.Errorf("%d leases in Redis, want the one granted since", n)
	}
	acquire(t, l, "a")
	refused(t, l, "a", throttle.NodeFull, 2)
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	deaf := redis.NewClient(&redis.Options{Addr: "127.0.0.1:1"})
	defer deaf.Close()
	if _, err := throttle.New(throttle.DefaultConfig(), deaf); err == nil {
		t.Error("a client that ignores deadlines was accepted")
	}
	if _, err := throttle.New(throttle.Config{}, redistest.Embedded(t)); err == nil {
		t.Error("an empty Config was accepted")
	}
}

func TestLimitedError(t *testing.T) {
	t.Parallel()
	f := func(e throttle.LimitedError, want string) {
		t.Helper()
		if got := fmt.Sprint(&e); got != want {
			t.Errorf("%+v says %q, want %q", e, got, want)
		}
	}
	f(throttle.LimitedError{Customer: "acme", Reason: throttle.CustomerConcurrency, Limit: 16, RetryAfter: 1234567 * time.Microsecond},
		`customer_concurrency: limit of 16 reached by customer "acme", retry in 1.235s`)
	f(throttle.LimitedError{Reason: throttle.NodeFull, RetryAfter: time.Second}, "node_full, retry in 1s")
}
