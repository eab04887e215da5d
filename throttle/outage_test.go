package throttle_test

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/throttle"
)

func TestRedisStoppedAndRestarted(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	cfg := noWait(limits(2, 0, 2))
	cfg.RetryRedis = 0
	told := make(chan error, 100)
	cfg.Notify = func(err error) { told <- err }
	l := newLimiter(t, cfg, s.Client())
	before := []*throttle.Lease{acquire(t, l, "a"), acquire(t, l, "a")}
	refused(t, l, "a", throttle.NodeFull, 2)

	s.Stop()
	for range 5 {
		acquire(t, l, "a").Release()
	}
	for _, lease := range before {
		lease.Release()
	}
	if stats := l.Stats(); stats.FailedOpen != 5 || stats.RedisErr == nil || stats.Held != 0 {
		t.Errorf("while Redis is away: %+v, want 5 failed open, an error, none held", stats)
	}
	if err := <-told; err == nil || len(told) != 0 {
		t.Errorf("told %v and %d times more, want one error", err, len(told))
	}

	s.Restart()
	lease := acquireFromRedis(t, l, "a")
	if err := <-told; err != nil || len(told) != 0 {
		t.Errorf("told %v and %d times more, want that Redis is back", err, len(told))
	}
	acquire(t, l, "a")
	refused(t, l, "a", throttle.NodeFull, 2)
	lease.Release()
	acquire(t, l, "a")
}

// A Redis that hangs costs one timeout, not one per request.
func TestRedisHangs(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	cfg := limits(1, 0, 1)
	cfg.RedisTimeout = 500 * time.Millisecond
	cfg.RetryRedis = time.Hour
	l := newLimiter(t, cfg, s.Client())
	lease := acquire(t, l, "a")
	failed := l.Stats().FailedOpen
	s.Freeze()
	start := time.Now()
	for range 500 {
		acquire(t, l, "a").Release()
	}
	lease.Release()
	if d := time.Since(start); d > 20*cfg.RedisTimeout {
		t.Errorf("500 requests took %v, want about one timeout of %v", d, cfg.RedisTimeout)
	}
	if n := l.Stats().FailedOpen - failed; n != 500 {
		t.Errorf("%d failed open, want 500", n)
	}
}

// Leases that could not be given back are given back when Redis listens again,
// and before anybody is refused because of them.
func TestOwedLeases(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rdb := redistest.Embedded(t)
		var away atomic.Bool
		rdb.AddHook(callHook{instead: func() error {
			if away.Load() {
				return errors.New("away")
			}
			return nil
		}})
		cfg := noWait(limits(3, 0, 3))
		cfg.RetryRedis = time.Second
		l := newLimiter(t, cfg, rdb)
		before := []*throttle.Lease{acquire(t, l, "a"), acquire(t, l, "b"), acquire(t, l, "b")}
		away.Store(true)
		for _, lease := range before {
			lease.Release()
		}
		// Those that Redis never heard of are not owed, and however many they are
		// the others are not forgotten over them.
		for range 2000 {
			acquire(t, l, "b").Release()
		}
		failed := l.Stats().FailedOpen
		away.Store(false)
		if n := leases(t, rdb); n != 3 {
			t.Errorf("%d leases in Redis after it was away, want 3", n)
		}
		time.Sleep(cfg.RetryRedis)
		acquire(t, l, "b")
		if n, more := leases(t, rdb), l.Stats().FailedOpen-failed; n != 1 || more != 0 {
			t.Errorf("%d leases in Redis and %d failed open, want the new one and none", n, more)
		}
	})
}

// acquireFromRedis takes leases until one was granted by Redis.
func acquireFromRedis(tb testing.TB, l *throttle.Limiter, customer string) *throttle.Lease {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), 10*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		failed := l.Stats().FailedOpen
		lease := acquire(tb, l, customer)
		if l.Stats().FailedOpen == failed {
			return lease
		}
		lease.Release()
	}
	tb.Fatal("Redis is back, and the limiter has not noticed")
	return nil
}

// In the pause after a failure Redis is not asked, then one request tries it.
func TestRetryRedis(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rdb := redis.NewClient(&redis.Options{
			Addr: "127.0.0.1:0", MaxRetries: -1, DialerRetries: 1, ContextTimeoutEnabled: true,
			Dialer: func(context.Context, string, string) (net.Conn, error) {
				return nil, errors.New("no redis here")
			},
		})
		defer rdb.Close()
		var scripts atomic.Int64
		rdb.AddHook(callHook{scripts: &scripts})
		cfg := limits(1, 0, 1)
		cfg.RetryRedis = time.Second
		l := newDeafLimiter(t, cfg, rdb)
		defer l.Close()
		for second := range 5 {
			for range 10 {
				acquire(t, l, "a") // the limit is 1, and nobody is there to count
			}
			if got, want := scripts.Load(), int64(second+1); got != want {
				t.Fatalf("second %d: %d calls of Redis so far, want %d", second, got, want)
			}
			time.Sleep(cfg.RetryRedis)
		}
		if n := l.Stats().FailedOpen; n != 50 {
			t.Errorf("%d failed open, want 50", n)
		}
	})
}

func TestRedisTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rdb := redis.NewClient(&redis.Options{
			Addr: "127.0.0.1:0", ContextTimeoutEnabled: true,
			PoolSize: 1000, // so many dials must have failed before the client fails without one
			Dialer: func(ctx context.Context, _, _ string) (net.Conn, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			},
		})
		cfg := limits(1, 0, 1)
		cfg.RedisTimeout = 70 * time.Millisecond
		l := newDeafLimiter(t, cfg, rdb)
		start := time.Now()
		lease := acquire(t, l, "a")
		if d := time.Since(start); d != cfg.RedisTimeout {
			t.Errorf("the first request was held for %v, want %v", d, cfg.RedisTimeout)
		}
		start = time.Now()
		acquire(t, l, "a").Release()
		lease.Release()
		if d := time.Since(start); d != 0 {
			t.Errorf("the requests after it were held for %v, want no time", d)
		}
		// One of many tries Redis again, the others do not wait for what it finds.
		time.Sleep(time.Minute)
		start = time.Now()
		var held atomic.Int64
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				acquire(t, l, "a")
				held.Add(int64(time.Since(start)))
			})
		}
		wg.Wait()
		if d := time.Duration(held.Load()); d != cfg.RedisTimeout {
			t.Errorf("10 requests were held for %v in all, want %v", d, cfg.RedisTimeout)
		}
		l.Close()
		l.Close() // twice is no error
		if err := rdb.Close(); err != nil {
			t.Error(err)
		}
		time.Sleep(time.Minute) // until the client has given up its dials
	})
}

// Whatever Redis answers, a request is not lost over it.
func TestAnswersThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*redis.Client) error{
		"wrong type": func(rdb *redis.Client) error {
			return rdb.Set(t.Context(), throttle.NodeLeasesKey(), "x", 0).Err()
		},
		"read only": func(rdb *redis.Client) error { return rdb.ReplicaOf(t.Context(), "127.0.0.1", "1").Err() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rdb := redistest.Client(t)
			if err := spoil(rdb); err != nil {
				t.Fatal(err)
			}
			l := newDeafLimiter(t, limits(1, 0, 1), rdb)
			acquire(t, l, "a").Release()
			if stats := l.Stats(); stats.FailedOpen != 1 || stats.RedisErr == nil {
				t.Errorf("Stats() = %+v, want 1 failed open and the error", stats)
			}
		})
	}
}

// What could not be given back is given back when Redis answers again, though nobody
// asks for leases any more.
func TestOwedWithoutAnotherRequest(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	rdb := server.Client()
	cfg := limits(4, -1, -1)
	cfg.RedisTimeout, cfg.RetryRedis = 50*time.Millisecond, 100*time.Millisecond
	l := newLimiter(t, cfg, rdb)
	lease := acquire(t, l, "a")
	if err := rdb.Do(t.Context(), "CLIENT", "PAUSE", "300", "ALL").Err(); err != nil {
		t.Fatal(err)
	}
	lease.Release()
	for end := time.Now().Add(10 * time.Second); ; {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		held, err := rdb.ZCard(ctx, throttle.NodeLeasesKey()).Result()
		cancel()
		if err == nil && held == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d leases are held, %v", held, err)
		}
	}
}
