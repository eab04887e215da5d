package throttle_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/throttle"
)

// failure is one way in which a Redis that works stops to, and its end.
type failure struct {
	begin, end func(testing.TB, *redistest.Server, *redis.Client)
}

func do(args ...any) func(testing.TB, *redistest.Server, *redis.Client) {
	return func(tb testing.TB, _ *redistest.Server, rdb *redis.Client) {
		tb.Helper()
		if err := rdb.Do(tb.Context(), args...).Err(); err != nil {
			tb.Fatalf("%q: %v", args, err)
		}
	}
}

func on(what func(*redistest.Server)) func(testing.TB, *redistest.Server, *redis.Client) {
	return func(_ testing.TB, s *redistest.Server, _ *redis.Client) { what(s) }
}

// Whatever becomes of Redis, everybody gets an answer in time: those who wait
// already and those who come. It is counted and told once, and afterwards the
// limits hold again and nothing is left over.
func TestFailures(t *testing.T) {
	t.Parallel()
	nothing := func(testing.TB, *redistest.Server, *redis.Client) {}
	for name, f := range map[string]failure{
		"stopped":   {on((*redistest.Server).Stop), on((*redistest.Server).Restart)},
		"killed":    {on((*redistest.Server).Kill), on((*redistest.Server).Restart)},
		"hangs":     {on((*redistest.Server).Freeze), on((*redistest.Server).Thaw)},
		"slow":      {do("CLIENT", "PAUSE", 1500, "ALL"), nothing},
		"replica":   {do("REPLICAOF", "127.0.0.1", 1), do("REPLICAOF", "NO", "ONE")},
		"no rights": {do("ACL", "SETUSER", "default", "-zadd"), do("ACL", "SETUSER", "default", "+zadd")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fails(t, f)
		})
	}
}

func fails(t *testing.T, f failure) {
	s := redistest.Start(t)
	rdb := s.Client()
	cfg := limits(1, 0, 1)
	cfg.MaxWait, cfg.RedisTimeout, cfg.RetryRedis = 2*time.Second, 200*time.Millisecond, 50*time.Millisecond
	var told atomic.Int64 // failures in the upper half, ends of them in the lower
	cfg.Notify = func(err error) {
		if err != nil {
			told.Add(1 << 32)
		} else {
			told.Add(1)
		}
	}
	l := newLimiter(t, cfg, s.Client())
	lease := acquireFromRedis(t, l, "a")
	counted := l.Stats().FailedOpen
	told.Store(0)

	var wg sync.WaitGroup
	within := func(n int, most time.Duration) {
		for range n {
			wg.Go(func() {
				start := time.Now()
				lease, err := l.Acquire(t.Context(), "a")
				if err != nil {
					t.Errorf("Acquire: %v, want a lease", err)
				}
				if d := time.Since(start); d > most {
					t.Errorf("an answer after %v, want at most %v", d, most)
				}
				lease.Release()
			})
		}
	}
	const slack = 500 * time.Millisecond // of a busy machine
	within(5, cfg.MaxWait+cfg.RedisTimeout+slack)
	await(t, "five who wait", func() bool { return l.Stats().Waiting == 5 })
	f.begin(t, s, rdb)
	within(20, cfg.RedisTimeout+slack)
	wg.Wait()
	if stats := l.Stats(); stats.FailedOpen-counted != 25 || stats.RedisErr == nil || stats.Waiting != 0 {
		t.Errorf("Stats() = %+v, want 25 more than %d failed open, an error and none waiting", stats, counted)
	}
	if n := told.Load(); n != 1<<32 {
		t.Errorf("told of %d failures and %d ends, want one failure", n>>32, n&(1<<32-1))
	}
	lease.Release()

	f.end(t, s, rdb)
	await(t, "lease from Redis", func() bool {
		before := l.Stats().FailedOpen
		lease = acquire(t, l, "a")
		if l.Stats().FailedOpen == before {
			return true
		}
		lease.Release()
		return false
	})
	if n := told.Load(); n != 1<<32+1 {
		t.Errorf("told of %d failures and %d ends, want one of each", n>>32, n&(1<<32-1))
	}
	if n := leases(t, rdb); n != 1 {
		t.Errorf("%d leases in Redis, want the one that is out", n)
	}
	await(t, "subscription", func() bool { return l.Stats().Listening })
	within(3, time.Minute)
	await(t, "three who wait", func() bool { return l.Stats().Waiting == 3 })
	lease.Release()
	wg.Wait()
	if n := leases(t, rdb) + rdb.Exists(t.Context(), throttle.WaitingKey(), throttle.WaitersKey()).Val(); n != 0 {
		t.Errorf("%d leases and keys are left in Redis", n)
	}
}

// What Redis forgets, without going away, costs those who wait nothing; and no
// memory left is no failure.
func TestForgetful(t *testing.T) {
	t.Parallel()
	for name, forget := range map[string]func(testing.TB, *redistest.Server, *redis.Client){
		"all":           do("FLUSHALL"),
		"scripts":       do("SCRIPT", "FLUSH"),
		"memory":        do("CONFIG", "SET", "maxmemory", 1, "maxmemory-policy", "noeviction"),
		"subscriptions": do("CLIENT", "KILL", "TYPE", "pubsub"),
		"connections":   do("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := redistest.Start(t)
			cfg := limits(2, 0, 2)
			cfg.MaxWait, cfg.RedisTimeout = 20*time.Second, 2*time.Second
			options := *s.Client().Options()
			options.MaxRetries = 3 // a connection that Redis has closed is no failure
			client := redis.NewClient(&options)
			defer client.Close()
			l := newLimiter(t, cfg, client)
			defer l.Close()
			var wg sync.WaitGroup
			for range 2 * 20 {
				wg.Go(func() {
					for range 5 {
						lease := acquire(t, l, "a")
						time.Sleep(time.Millisecond)
						lease.Release()
					}
				})
			}
			for range 5 {
				await(t, "somebody who waits", func() bool { return l.Stats().Waiting > 0 || l.Stats().Granted == 200 })
				forget(t, s, s.Client())
			}
			wg.Wait()
			if stats := l.Stats(); stats.FailedOpen != 0 || stats.Refused != 0 || stats.Granted != 200 {
				t.Errorf("Stats() = %+v, want 200 granted and none failed open or refused", stats)
			}
			if n := leases(t, s.Client()); n != 0 {
				t.Errorf("%d leases left in Redis", n)
			}
		})
	}
}

// Where no subscription can be had, waiters ask, keep their places and are
// served soon.
func TestNoSubscription(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	do("ACL", "SETUSER", "default", "-subscribe")(t, s, s.Client())
	l := newDeafLimiter(t, limits(1, 0, 1), s.Client())
	lease := acquire(t, l, "a")
	served := make(chan time.Time, 5)
	for range cap(served) {
		go func() {
			lease := acquire(t, l, "a")
			served <- time.Now()
			lease.Release()
		}()
	}
	await(t, "five who wait", func() bool { return l.Stats().Waiting == 5 })
	last := time.Now()
	lease.Release()
	for range cap(served) {
		now := <-served
		if d := now.Sub(last); d > time.Second {
			t.Errorf("served after %v, want within a short while", d)
		}
		last = now
	}
	if l.Stats().Listening {
		t.Error("it listens, without the right to")
	}
}

// Nor does the end of the wait come too soon to ask: it is asked then, too.
func TestNoSubscriptionAtTheEndOfTheWait(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	do("ACL", "SETUSER", "default", "-subscribe")(t, s, s.Client())
	cfg := limits(9, 0, 1)
	cfg.MaxWait = 500 * time.Millisecond // less than Redis may take
	l := newDeafLimiter(t, cfg, s.Client())
	lease := acquire(t, l, "a")
	var served sync.WaitGroup
	served.Go(func() { acquire(t, l, "a").Release() })
	await(t, "one who waits", func() bool { return l.Stats().Waiting == 1 })
	lease.Release()
	served.Wait()
}

// Close ends the subscription and nothing else.
func TestClose(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	l := newLimiter(t, limits(1, 0, 1), rdb)
	lease := acquire(t, l, "a")
	var wg sync.WaitGroup
	wg.Go(func() { acquire(t, l, "a").Release() })
	await(t, "one who waits", func() bool { return l.Stats().Waiting == 1 })
	for range 3 {
		wg.Go(l.Close)
	}
	await(t, "end of the subscription", func() bool { return !l.Stats().Listening })
	lease.Release()
	wg.Wait()
	acquire(t, l, "a").Release()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Acquire(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("Acquire with a context that has ended: %v", err)
	}
	if n := leases(t, rdb); n != 0 {
		t.Errorf("%d leases left in Redis", n)
	}
}
