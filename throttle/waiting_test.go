package throttle_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/throttle"
)

// waiting runs a test in a bubble, where time is exact, with one Limiter on an
// embedded Redis.
func waiting(t *testing.T, cfg throttle.Config, test func(*testing.T, *throttle.Limiter, *redis.Client)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rdb := redistest.Embedded(t)
		test(t, newLimiter(t, cfg, rdb), rdb)
	})
}

func TestWaitsInOrderForTheNode(t *testing.T)     { waitsInOrder(t, limits(1, 0, 1)) }
func TestWaitsInOrderForTheCustomer(t *testing.T) { waitsInOrder(t, limits(9, 0, 1)) }

func waitsInOrder(t *testing.T, cfg throttle.Config) {
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		lease := acquire(t, l, "a")
		served := make(chan int, 10)
		for i := range cap(served) {
			go func() {
				lease := acquire(t, l, "a")
				served <- i
				lease.Release()
			}()
			synctest.Wait() // until it stands in line
		}
		if n := l.Stats().Waiting; n != cap(served) {
			t.Errorf("%d waiting, want %d", n, cap(served))
		}
		time.Sleep(time.Second)
		start := time.Now()
		lease.Release()
		for want := range cap(served) {
			if got := <-served; got != want {
				t.Errorf("served %d, want %d", got, want)
			}
		}
		// Each is woken by the one before, and does not wait for its poll.
		if d := time.Since(start); d != 0 {
			t.Errorf("the line took %v to move up, want no time at all", d)
		}
	})
}

// A place on the node goes to another customer's head too, without a poll.
func TestReleaseWakesOtherCustomers(t *testing.T) {
	waiting(t, limits(1, -1, -1), func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		lease := acquire(t, l, "a")
		served := make(chan string, 3)
		for _, customer := range []string{"b", "c", "d"} {
			go func() {
				lease := acquire(t, l, customer)
				served <- customer
				lease.Release()
			}()
			synctest.Wait()
		}
		time.Sleep(time.Second)
		start := time.Now()
		lease.Release()
		got := []string{<-served, <-served, <-served}
		if want := []string{"b", "c", "d"}; !slices.Equal(got, want) || time.Since(start) != 0 {
			t.Errorf("served %q in %v, want %q in no time", got, time.Since(start), want)
		}
	})
}

func TestWaitsForOtherProcesses(t *testing.T) {
	waiting(t, limits(1, 0, 1), func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		other := newLimiter(t, limits(1, 0, 1), rdb)
		lease := acquire(t, other, "a")
		time.AfterFunc(10*time.Second, lease.Release)
		start := time.Now()
		acquire(t, l, "a")
		if d := time.Since(start); d != 10*time.Second {
			t.Errorf("waited %v for a lease given back after 10s", d)
		}
	})
}

// The order is one of all processes.
func TestWaitsInOrderAcrossProcesses(t *testing.T) {
	waiting(t, limits(2, -1, -1), func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		processes := []*throttle.Limiter{l, newLimiter(t, limits(2, -1, -1), rdb), newLimiter(t, limits(2, -1, -1), rdb)}
		first, second := acquire(t, l, "a"), acquire(t, l, "b")
		served := make(chan string, 6)
		for i, customer := range []string{"a", "a", "b", "b", "c", "a"} {
			go func() {
				lease := acquire(t, processes[i%len(processes)], customer)
				served <- fmt.Sprint(customer, i)
				time.Sleep(time.Minute / 10)
				lease.Release()
			}()
			synctest.Wait()
		}
		second.Release() // b and c hold none now, and b came first
		time.Sleep(time.Second)
		first.Release()
		var got []string
		for range cap(served) {
			got = append(got, <-served)
		}
		// At each turn one of a and b has no lease, and has waited longer than c.
		if want := []string{"b2", "a0", "b3", "a1", "c4", "a5"}; !slices.Equal(got, want) {
			t.Errorf("served %q, want %q", got, want)
		}
		time.Sleep(time.Minute)
	})
}

// A lease that comes back after the refusal and before the waiting is not missed.
func TestReleaseDuringRefusal(t *testing.T) {
	waiting(t, limits(1, 0, 1), func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		lease := acquire(t, l, "a")
		var once atomic.Bool
		rdb.AddHook(callHook{after: func() {
			if once.CompareAndSwap(false, true) {
				lease.Release()
			}
		}})
		start := time.Now()
		acquire(t, l, "a")
		if d := time.Since(start); d != 0 {
			t.Errorf("waited %v for a lease that was there", d)
		}
	})
}

func TestWaitsForExpiry(t *testing.T) {
	cfg := limits(1, 0, 1)
	cfg.Lease = 1234 * time.Millisecond
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		start := time.Now()
		acquire(t, l, "a") // and never given back
		acquire(t, l, "a")
		if d := time.Since(start); d < cfg.Lease || d > cfg.Lease+2*time.Millisecond {
			t.Errorf("waited %v for a lease of %v", d, cfg.Lease)
		}
	})
}

func TestMaxWait(t *testing.T) {
	cfg := limits(3, 0, 2)
	cfg.MaxWait = 2 * time.Second
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		start := time.Now()
		acquire(t, l, "a")
		acquire(t, l, "a")
		refused(t, l, "a", throttle.CustomerConcurrency, 2)
		if d := time.Since(start); d != cfg.MaxWait {
			t.Errorf("refused after %v, want %v", d, cfg.MaxWait)
		}
		acquire(t, l, "b")
		refused(t, l, "b", throttle.NodeFull, 3)
		// The second in a line has never asked, and knows the reason from the first.
		behind := make(chan error, 2)
		for range cap(behind) {
			go func() {
				_, err := l.Acquire(t.Context(), "c")
				behind <- err
			}()
			synctest.Wait()
		}
		for range cap(behind) {
			var limited *throttle.LimitedError
			if err := <-behind; !errors.As(err, &limited) || limited.Reason != throttle.NodeFull {
				t.Errorf("error %v, want a refusal because the node is full", err)
			}
		}
		if got := l.Stats(); got.Refused != 4 || got.Waiting != 0 {
			t.Errorf("Stats() = %+v, want 4 refused and none waiting", got)
		}
	})
}

func TestMaxWaiting(t *testing.T) {
	cfg := limits(1, 0, 1)
	cfg.MaxWaiting = 3
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		lease := acquire(t, l, "a")
		for range cfg.MaxWaiting {
			go func() { acquire(t, l, "a").Release() }()
		}
		synctest.Wait()
		start := time.Now()
		refused(t, l, "a", throttle.CustomerConcurrency, cfg.MaxWaiting)
		if d := time.Since(start); d != 0 {
			t.Errorf("refused after %v, want at once", d)
		}
		lease.Release()
		synctest.Wait()
		acquire(t, l, "a") // the line has gone
	})
}

func TestRetryAfter(t *testing.T) {
	cfg := noWait(limits(1, 0, 1))
	cfg.Lease = 40 * time.Second
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		lease := acquire(t, l, "a")
		time.Sleep(10 * time.Second)
		// Nothing is known but the deadline of the lease in the way.
		if got := refused(t, l, "a", throttle.NodeFull, 1).RetryAfter; got != 30*time.Second {
			t.Errorf("RetryAfter = %v, want 30s", got)
		}
		lease.Release()
		acquire(t, l, "a")
		// The one before took 10s.
		if got := refused(t, l, "a", throttle.NodeFull, 1).RetryAfter; got != 10*time.Second {
			t.Errorf("RetryAfter = %v, want 10s", got)
		}
	})
}

// Those who gave up did not move on: a line that moves slowly is not called fast because of
// them.
func TestRetryAfterOfALineThatHardlyMoves(t *testing.T) {
	cfg := limits(9, 0, 1)
	cfg.MaxWait = 2 * time.Second
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		lease := acquire(t, l, "a")
		time.Sleep(5 * time.Second)
		lease.Release() // so that the pace is known: five seconds
		acquire(t, l, "a")
		var line sync.WaitGroup
		for range 30 {
			line.Go(func() { refused(t, l, "a", throttle.CustomerConcurrency, 1) })
		}
		line.Wait()
		last := refused(t, l, "a", throttle.CustomerConcurrency, 1)
		if last.RetryAfter < 5*time.Second {
			t.Errorf("RetryAfter = %v, want what a render takes, at least", last.RetryAfter)
		}
	})
}

// Another customer's line, however long, has no part in when a newcomer's turn comes.
func TestLongLineOfAnotherRefusesNobody(t *testing.T) {
	cfg := limits(2, -1, -1)
	cfg.MaxWait = 10 * time.Second
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		lease := acquire(t, l, "a")
		time.Sleep(time.Second)
		lease.Release() // so that the pace is known: a second
		first, second := acquire(t, l, "a"), acquire(t, l, "a")
		ctx, cancel := context.WithCancel(t.Context())
		var line sync.WaitGroup
		for range 10 { // fit into MaxWait
			line.Go(func() {
				if lease, err := l.Acquire(ctx, "a"); err == nil {
					lease.Release()
				}
			})
			synctest.Wait()
		}
		for i := range 20 { // so do the first of others, which come before the rest of a's
			line.Go(func() {
				if lease, err := l.Acquire(ctx, fmt.Sprint("b", i%2)); err == nil {
					lease.Release()
				}
			})
			synctest.Wait()
		}
		served := make(chan error)
		go func() {
			lease, err := l.Acquire(t.Context(), "c")
			lease.Release()
			served <- err
		}()
		synctest.Wait()
		select {
		case err := <-served:
			t.Fatalf("c, which holds nothing: %v with %d waiting; want it to wait for its turn", err, l.Stats().Waiting)
		default:
		}
		first.Release()
		if err := <-served; err != nil {
			t.Error(err)
		}
		cancel()
		second.Release()
		line.Wait()
	})
}

func TestAcquireEndsWithItsContext(t *testing.T) {
	waiting(t, limits(1, 0, 1), func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		lease := acquire(t, l, "a")
		f := func(ctx context.Context, want error, after time.Duration) {
			t.Helper()
			start := time.Now()
			if _, err := l.Acquire(ctx, "a"); err != want || time.Since(start) != after {
				t.Errorf("Acquire: error %v after %v, want %v after %v", err, time.Since(start), want, after)
			}
			if n := l.Stats().Waiting; n != 0 {
				t.Errorf("%d waiting afterwards", n)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		f(ctx, context.DeadlineExceeded, time.Second)
		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel)
		f(ctx, context.Canceled, 5*time.Second)
		f(ctx, context.Canceled, 0)

		// One that leaves the head of the line makes room for the next.
		ctx, cancel = context.WithCancel(t.Context())
		go l.Acquire(ctx, "a")
		synctest.Wait()
		served := make(chan *throttle.Lease)
		go func() { served <- acquire(t, l, "a") }()
		synctest.Wait()
		cancel()
		synctest.Wait()
		start := time.Now()
		lease.Release()
		(<-served).Release()
		if d := time.Since(start); d != 0 {
			t.Errorf("the next one was served after %v, want at once", d)
		}
	})
}

// A lease is given back also when the request it was for has been cancelled.
func TestReleaseAfterCancel(t *testing.T) {
	waiting(t, limits(1, 0, 1), func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		ctx, cancel := context.WithCancel(t.Context())
		lease, err := l.Acquire(ctx, "a")
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		lease.Release()
		if n := leases(t, rdb); n != 0 {
			t.Errorf("%d leases in Redis, want none", n)
		}
	})
}
