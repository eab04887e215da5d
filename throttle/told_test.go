package throttle_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/throttle"
)

// A waiter trusts that it will be told, and asks now and then all the same.
func TestWaitersAskSeldom(t *testing.T) {
	cfg := limits(1, 0, 1)
	cfg.MaxWait, cfg.RedisTimeout = 10*time.Second, 100*time.Millisecond
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		acquire(t, l, "a").Release() // Redis has the scripts
		lease := acquire(t, l, "a")
		var calls atomic.Int64
		rdb.AddHook(callHook{scripts: &calls})
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() { acquire(t, l, "a").Release() })
			synctest.Wait()
		}
		time.Sleep(9 * time.Second)
		synctest.Wait()
		if n := calls.Load() - 20; n < 20*9/2 || n > 20*9+2*9 {
			t.Errorf("20 waiters asked %d times in 9s, want each every 1 to 2 s, and one of them twice as often", n)
		}
		calls.Store(0)
		lease.Release()
		wg.Wait()
		if n := calls.Load(); n != 21 {
			t.Errorf("%d calls until all were served, want one a lease", n)
		}
	})
}

// A Redis that has forgotten who waits is told again by all, soon.
func TestForgottenWaiters(t *testing.T) {
	cfg := limits(1, -1, -1)
	cfg.MaxWait, cfg.RedisTimeout = 10*time.Second, 100*time.Millisecond
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		ctx, cancel := context.WithCancel(t.Context())
		lease := acquire(t, l, "a")
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if lease, err := l.Acquire(ctx, "a"); err == nil {
					<-ctx.Done()
					lease.Release()
				}
			})
			synctest.Wait()
		}
		time.Sleep(100 * time.Millisecond) // so that none of them is about to ask by itself
		if err := rdb.FlushAll(ctx).Err(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		// Redis has forgotten the lease, too: one of them has it now.
		waiting, err := rdb.ZCard(ctx, throttle.WaitingKey()).Result()
		if err != nil || waiting != 19 {
			t.Errorf("%d wait in Redis a second later, %v; want 19", waiting, err)
		}
		cancel()
		wg.Wait()
		lease.Release()
	})
}

// A process that died with its leases costs few questions, however many wait.
func TestOneWaiterIsOnTheLookout(t *testing.T) {
	cfg := limits(10, 0, 10)
	cfg.MaxWait, cfg.RedisTimeout = 2*time.Second, 100*time.Millisecond
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		dying := cfg
		dying.Lease = 900 * time.Millisecond
		gone := newLimiter(t, dying, rdb)
		for range cfg.HardLimit {
			acquire(t, gone, "a") // and never given back
			time.Sleep(20 * time.Millisecond)
		}
		var calls atomic.Int64
		rdb.AddHook(callHook{scripts: &calls})
		start := time.Now()
		last := make(chan time.Duration, 30)
		for i := range cap(last) {
			go func() {
				if _, err := l.Acquire(t.Context(), fmt.Sprint(i)); err == nil {
					last <- time.Since(start)
				}
			}()
		}
		for i := range cfg.HardLimit {
			if d, want := <-last, time.Duration(700+20*i)*time.Millisecond; d < want || d > want+2*time.Millisecond {
				t.Errorf("lease %d came after %v, want %v", i, d, want)
			}
		}
		if n := calls.Load(); n > 30+60+20 {
			t.Errorf("%d calls, want one for each who came, once more, and one for each lease that expired", n)
		}
		time.Sleep(cfg.MaxWait)
	})
}

// A lease whose announcement is lost is found all the same.
func TestLostAnnouncement(t *testing.T) {
	cfg := limits(1, 0, 1)
	cfg.RedisTimeout = 100 * time.Millisecond
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		lease := acquire(t, l, "a")
		served := make(chan *throttle.Lease)
		go func() { served <- acquire(t, l, "a") }()
		synctest.Wait()
		// What release does, but for telling.
		ticket := rdb.ZRange(t.Context(), throttle.WaitingKey(), 0, 0).Val()[0]
		rdb.Del(t.Context(), throttle.WaitingKey(), throttle.CustomerWaitingKey("a"), throttle.WaitersKey(), throttle.AtLimitKey(), throttle.BelowLimitKey())
		rdb.ZAdd(t.Context(), throttle.NodeLeasesKey(), redis.Z{Score: float64(time.Now().Add(time.Hour).UnixMilli()), Member: ticket})
		start := time.Now()
		(<-served).Release()
		if d := time.Since(start); d > time.Second {
			t.Errorf("found after %v, want within a second", d)
		}
		lease.Release()
		if n := leases(t, rdb); n != 0 {
			t.Errorf("%d leases left in Redis", n)
		}
	})
}

// One who leaves while a lease is on its way hands it on: none is lost.
func TestLeavingAsItIsServed(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	l := newLimiter(t, limits(1, 0, 1), rdb)
	for range 300 {
		lease := acquire(t, l, "a")
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			if lease, err := l.Acquire(ctx, "a"); err == nil {
				lease.Release()
			}
		})
		for l.Stats().Waiting == 0 {
			runtime.Gosched()
		}
		wg.Go(lease.Release)
		cancel()
		wg.Wait()
	}
	if n := leases(t, rdb) + rdb.ZCard(t.Context(), throttle.WaitingKey()).Val(); n != 0 || l.Stats().Held != 0 {
		t.Errorf("%d leases and waiters left in Redis, %d held here", n, l.Stats().Held)
	}
}
