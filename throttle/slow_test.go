package throttle_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/throttle"
)

// slowLimits refuses a customer at three slow downloads or two slow renders.
func slowLimits() throttle.Config {
	cfg := limits(-1, -1, -1)
	cfg.SlowDownloads, cfg.SlowRenders = 3, 2
	return cfg
}

// slowly takes and gives back a lease on which this was slow.
func slowly(tb testing.TB, l *throttle.Limiter, customer string, downloads, renders int) {
	tb.Helper()
	lease := acquire(tb, l, customer)
	for range downloads {
		lease.Downloaded(time.Minute)
	}
	for range renders {
		lease.Rendered(time.Minute)
	}
	lease.Release()
}

// A bubble's clock starts with a minute.
func TestSlowCustomer(t *testing.T) {
	waiting(t, slowLimits(), func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		slowly(t, l, "a", 2, 0)
		time.Sleep(time.Minute)
		slowly(t, l, "a", 1, 1)
		time.Sleep(30 * time.Second)
		if got := refused(t, l, "a", throttle.CustomerSlowDownloads, 3).RetryAfter.Round(time.Second); got != 90*time.Second {
			t.Errorf("RetryAfter = %v, want 1m30s, when the first minute is three minutes old", got)
		}
		acquire(t, l, "b").Release()
		time.Sleep(90 * time.Second)
		slowly(t, l, "a", 0, 1)
		if got := refused(t, l, "a", throttle.CustomerSlowRenders, 2).RetryAfter.Round(time.Second); got != time.Minute {
			t.Errorf("RetryAfter = %v, want 1m", got)
		}
		time.Sleep(time.Minute)
		acquire(t, l, "a").Release()
	})
}

func TestWhatIsSlow(t *testing.T) {
	cfg := slowLimits()
	cfg.SlowDownloads, cfg.SlowRenders = 1, 1
	cfg.SlowDownload, cfg.SlowRender = 3*time.Second, time.Second
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		f := func(customer string, download, render time.Duration, want throttle.Reason) {
			t.Helper()
			lease := acquire(t, l, customer)
			lease.Downloaded(download)
			lease.Rendered(render)
			lease.Release()
			lease.Downloaded(time.Hour) // too late to count
			lease.Release()
			if want == "" {
				acquire(t, l, customer).Release()
				return
			}
			refused(t, l, customer, want, 1)
		}
		f("a", 3*time.Second-1, time.Second-1, "")
		f("b", 3*time.Second, 0, throttle.CustomerSlowDownloads)
		f("c", 0, time.Second, throttle.CustomerSlowRenders)
		f("d", time.Hour, time.Hour, throttle.CustomerSlowDownloads)
		f("e", -1, -1, "")
	})
	(*throttle.Lease)(nil).Downloaded(time.Hour)
	new(throttle.Lease).Rendered(time.Hour)
}

// One who waits already is not refused for what has become slow since.
func TestSlowWhileWaiting(t *testing.T) {
	cfg := limits(2, -1, -1)
	cfg.SlowRenders = 1
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		first, second := acquire(t, l, "a"), acquire(t, l, "a")
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() { acquire(t, l, "a").Release() })
		}
		await(t, "two who wait", func() bool { return l.Stats().Waiting == 2 })
		first.Rendered(time.Hour)
		first.Release()
		second.Release()
		wg.Wait()
		refused(t, l, "a", throttle.CustomerSlowRenders, 1)
	})
}

// Limits of a customer's own count from the next request on.
func TestLimitsAreLive(t *testing.T) {
	var own atomic.Pointer[throttle.Limits]
	own.Store(&throttle.Limits{})
	cfg := noWait(limits(-1, 0, 2))
	cfg.SlowDownloads, cfg.SlowRenders = 3, 2
	cfg.Limits = func(customer string) throttle.Limits {
		if customer != "a" {
			return throttle.Limits{}
		}
		return *own.Load()
	}
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		f := func(limits throttle.Limits, want throttle.Reason, limit int) {
			t.Helper()
			own.Store(&limits)
			if want == "" {
				acquire(t, l, "a").Release()
				return
			}
			refused(t, l, "a", want, limit)
		}
		slowly(t, l, "a", 3, 2)
		f(throttle.Limits{}, throttle.CustomerSlowDownloads, 3)
		f(throttle.Limits{SlowDownloads: 4}, throttle.CustomerSlowRenders, 2)
		f(throttle.Limits{SlowDownloads: -1, SlowRenders: 3}, "", 0)
		f(throttle.Limits{SlowDownloads: -5, SlowRenders: 1}, throttle.CustomerSlowRenders, 1)
		off := throttle.Limits{SlowDownloads: -1, SlowRenders: -1}
		f(off, "", 0)
		for range 2 {
			acquire(t, l, "a")
			acquire(t, l, "b")
		}
		f(off, throttle.CustomerConcurrency, 2)
		off.Concurrency = 3
		f(off, "", 0)
		off.Concurrency = -1
		f(off, "", 0)
		for range 5 {
			acquire(t, l, "a")
		}
		off.Concurrency = 1
		f(off, throttle.CustomerConcurrency, 1)
		refused(t, l, "b", throttle.CustomerConcurrency, 2)
	})
}

// They count for those who wait, too.
func TestLimitsAreLiveInTheLine(t *testing.T) {
	var concurrency atomic.Int64
	concurrency.Store(1)
	cfg := limits(9, 0, 9)
	cfg.RedisTimeout = 100 * time.Millisecond
	cfg.Limits = func(string) throttle.Limits { return throttle.Limits{Concurrency: int(concurrency.Load())} }
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		acquire(t, l, "a")
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() { acquire(t, l, "a") })
		}
		await(t, "two who wait", func() bool { return l.Stats().Waiting == 2 })
		start := time.Now()
		concurrency.Store(3)
		wg.Wait()
		if d := time.Since(start); d > 1100*time.Millisecond {
			t.Errorf("waited %v more, want about a second at most", d)
		}
	})
}

// What was slow while Redis was away counts when it is back.
func TestSlowWorkIsOwed(t *testing.T) {
	cfg := slowLimits()
	cfg.RetryRedis = time.Second
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		var away atomic.Bool
		rdb.AddHook(callHook{instead: func() error {
			if away.Load() {
				return fmt.Errorf("away")
			}
			return nil
		}})
		lease := acquire(t, l, "a")
		away.Store(true)
		for range cfg.SlowDownloads {
			lease.Downloaded(time.Hour)
		}
		lease.Release()
		acquire(t, l, "a").Release()
		away.Store(false)
		time.Sleep(cfg.RetryRedis)
		refused(t, l, "a", throttle.CustomerSlowDownloads, cfg.SlowDownloads)
	})
}

// A Redis that does as it is told, but answers too late, is told again and again.
func TestSlowWorkCountsOnce(t *testing.T) {
	waiting(t, slowLimits(), func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		slowly(t, l, "a", 0, 0) // Redis has the scripts
		lease := acquire(t, l, "a")
		var late atomic.Bool
		var calls atomic.Int64
		late.Store(true)
		rdb.AddHook(callHook{answer: func() error {
			if !late.Load() {
				return nil
			}
			calls.Add(1)
			return fmt.Errorf("too late")
		}})
		lease.Downloaded(time.Minute)
		lease.Rendered(time.Minute)
		lease.Release()
		await(t, "call after ten without an answer", func() bool { return calls.Load() > 10 })
		late.Store(false)
		time.Sleep(2 * time.Second) // until it is given back
		i, err := l.Inspect(t.Context(), []string{"a"})
		if err != nil {
			t.Fatal(err)
		}
		if c := i.Customers[0]; c.Leases != 0 || c.SlowDownloads[2] != 1 || c.SlowRenders[2] != 1 {
			t.Errorf("%d leases, slow downloads %v and renders %v; want one of each, in this minute", c.Leases, c.SlowDownloads, c.SlowRenders)
		}
	})
}
