package throttle_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/throttle"
)

// inGate runs a test in a bubble, where time is exact.
func inGate(t *testing.T, cfg throttle.GateConfig, test func(*testing.T, *throttle.Gate)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { test(t, newGate(t, cfg)) })
}

func newGate(tb testing.TB, cfg throttle.GateConfig) *throttle.Gate {
	tb.Helper()
	g, err := throttle.NewGate(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// run takes a slot that must be given. It may be called from any goroutine of a
// test.
func run(tb testing.TB, g *throttle.Gate, bytes int64) (release func()) {
	tb.Helper()
	release, err := g.Run(tb.Context(), "a", bytes)
	if err != nil {
		tb.Errorf("Run: %v", err)
		return func() {}
	}
	return release
}

func enter(tb testing.TB, g *throttle.Gate) (leave func()) {
	tb.Helper()
	leave, err := g.Enter()
	if err != nil {
		tb.Fatalf("Enter: %v", err)
	}
	return leave
}

func TestNeverMoreThanTheSlots(t *testing.T) {
	t.Parallel()
	cfg := throttle.GateConfig{Slots: 3, MaxBytes: 100, MaxQueue: 1000, MaxQueueAge: -1}
	g := newGate(t, cfg)
	var running highWater
	var bytes sync.Mutex
	var reserved, mostBytes int64
	reserve := func(n int64) {
		bytes.Lock()
		defer bytes.Unlock()
		reserved += n
		mostBytes = max(mostBytes, reserved)
	}
	var wg sync.WaitGroup
	for i := range 40 {
		need := int64(1 + i*7%100)
		wg.Go(func() {
			for round := range 50 {
				ctx, cancel := context.WithCancel(t.Context())
				if round%5 == 0 {
					go cancel() // at any moment
				}
				release, err := g.Run(ctx, "a", need)
				if err == nil {
					running.up()
					reserve(need)
					runtime.Gosched()
					reserve(-need)
					running.down()
					release()
					release()
				} else if !errors.Is(err, context.Canceled) {
					t.Errorf("Run: %v", err)
				}
				cancel()
			}
		})
	}
	wg.Wait()
	if high := running.high.Load(); high > int64(cfg.Slots) || high == 0 {
		t.Errorf("%d renders at once, want 1 to %d", high, cfg.Slots)
	}
	if mostBytes > cfg.MaxBytes {
		t.Errorf("%d bytes at once, want at most %d", mostBytes, cfg.MaxBytes)
	}
	if got := g.Stats(); got != (throttle.GateStats{}) {
		t.Errorf("afterwards: %+v, want an empty gate", got)
	}
}

func TestRunWaitsForMemory(t *testing.T) {
	inGate(t, throttle.GateConfig{Slots: 10, MaxBytes: 100, MaxQueue: 1, MaxQueueAge: -1}, func(t *testing.T, g *throttle.Gate) {
		small, big := run(t, g, 10), run(t, g, 90)
		done := make(chan func())
		go func() { done <- run(t, g, 50) }()
		synctest.Wait()
		if got, want := g.Stats(), (throttle.GateStats{Running: 2, Waiting: 1, Bytes: 100}); got != want {
			t.Errorf("Stats() = %+v, want %+v", got, want)
		}
		small()
		synctest.Wait()
		if n := g.Stats().Waiting; n != 1 {
			t.Errorf("%d waiting with 90 of 100 bytes taken and 50 wanted, want 1", n)
		}
		big()
		(<-done)()
		if got := g.Stats(); got != (throttle.GateStats{}) {
			t.Errorf("afterwards: %+v, want an empty gate", got)
		}
	})
}

// A render that would fit does not pass one that waits for more.
func TestRunKeepsTheOrder(t *testing.T) {
	inGate(t, throttle.GateConfig{Slots: 2, MaxBytes: 100, MaxQueue: 1, MaxQueueAge: -1}, func(t *testing.T, g *throttle.Gate) {
		first := run(t, g, 60)
		needs := []int64{100, 1, 2, 70, 40}
		served := make(chan int64, len(needs))
		var wg sync.WaitGroup
		for _, need := range needs {
			wg.Go(func() {
				release := run(t, g, need)
				served <- need
				time.Sleep(time.Second)
				release()
			})
			synctest.Wait()
		}
		time.Sleep(time.Second)
		if got := g.Stats(); got.Running != 1 || got.Waiting != len(needs) || got.OldestAge != time.Second {
			t.Errorf("Stats() = %+v, want 1 running, %d waiting for up to 1s", got, len(needs))
		}
		first()
		var order []int64
		for range needs {
			order = append(order, <-served)
		}
		wg.Wait()
		// 1 and 2 are let in together.
		slices.Sort(order[1:3])
		if !slices.Equal(order, needs) {
			t.Errorf("served %v, want %v", order, needs)
		}
	})
}

func TestRunEndsWithItsContext(t *testing.T) {
	inGate(t, throttle.GateConfig{Slots: 2, MaxBytes: 100, MaxQueue: 1, MaxQueueAge: -1}, func(t *testing.T, g *throttle.Gate) {
		run(t, g, 60)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		big := make(chan error)
		go func() {
			_, err := g.Run(ctx, "a", 100)
			big <- err
		}()
		synctest.Wait()
		start := time.Now()
		run(t, g, 40) // stands behind the big one, and fits as soon as that is gone
		if d := time.Since(start); d != time.Second {
			t.Errorf("let in after %v, want 1s", d)
		}
		if err := <-big; err != context.DeadlineExceeded {
			t.Errorf("the big one: error %v, want that its time is over", err)
		}
		if got, want := g.Stats(), (throttle.GateStats{Running: 2, Bytes: 100}); got != want {
			t.Errorf("Stats() = %+v, want %+v", got, want)
		}
		if _, err := g.Run(ctx, "a", 0); err != context.DeadlineExceeded {
			t.Errorf("a context that has ended: error %v", err)
		}
	})
}

// A slot that is given to a waiter as it leaves goes to the next one.
func TestRunAdmittedAsItEnds(t *testing.T) {
	t.Parallel()
	g := newGate(t, throttle.GateConfig{Slots: 1, MaxBytes: 10, MaxQueue: 1, MaxQueueAge: -1})
	for range 500 {
		release := run(t, g, 10)
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			if release, err := g.Run(ctx, "a", 10); err == nil {
				release()
			}
		})
		for g.Stats().Waiting == 0 {
			runtime.Gosched()
		}
		cancel()
		release()
		wg.Wait()
		if got := g.Stats(); got != (throttle.GateStats{}) {
			t.Fatalf("afterwards: %+v, want an empty gate", got)
		}
	}
}

func TestRunTooLarge(t *testing.T) {
	t.Parallel()
	f := func(budget, bytes int64, want error) {
		t.Helper()
		g := newGate(t, throttle.GateConfig{Slots: 1, MaxBytes: budget, MaxQueue: 1})
		if _, err := g.Run(t.Context(), "a", bytes); !errors.Is(err, want) {
			t.Errorf("%d bytes of %d: error %v, want %v", bytes, budget, err, want)
		}
	}
	f(100, 101, throttle.ErrTooLarge)
	f(100, -1, throttle.ErrTooLarge)
	f(-1, -1, throttle.ErrTooLarge)
	f(100, 100, nil)
	f(100, 0, nil)
	f(-1, 1<<62, nil)
}

func TestEnterBoundsTheQueue(t *testing.T) {
	t.Parallel()
	g := newGate(t, throttle.GateConfig{Slots: 1, MaxBytes: -1, MaxQueue: 2, MaxQueueAge: -1})
	leave := enter(t, g)
	enter(t, g)
	wantFull(t, g, 2)
	leave()
	leave()
	enter(t, g)
	wantFull(t, g, 2)
	if got, want := g.Stats(), (throttle.GateStats{Inside: 2, Refused: 2}); got != want {
		t.Errorf("Stats() = %+v, want %+v", got, want)
	}
}

func TestEnterBoundsTheAge(t *testing.T) {
	inGate(t, throttle.GateConfig{Slots: 1, MaxBytes: -1, MaxQueue: 100, MaxQueueAge: 3 * time.Second}, func(t *testing.T, g *throttle.Gate) {
		release := run(t, g, 0)
		time.Sleep(time.Hour) // running is not waiting
		enter(t, g)
		done := make(chan func())
		go func() { done <- run(t, g, 0) }()
		synctest.Wait()
		time.Sleep(3*time.Second - time.Nanosecond)
		enter(t, g)
		time.Sleep(time.Nanosecond)
		wantFull(t, g, 0)
		release()
		(<-done)()
		enter(t, g)
	})
}

// The estimate is what the queue in front would take.
func TestGateRetryAfter(t *testing.T) {
	inGate(t, throttle.GateConfig{Slots: 2, MaxBytes: -1, MaxQueue: 1, MaxQueueAge: -1}, func(t *testing.T, g *throttle.Gate) {
		enter(t, g)
		release := run(t, g, 0)
		time.Sleep(400 * time.Millisecond)
		release()
		var releases []func()
		for range 2 {
			releases = append(releases, run(t, g, 0))
		}
		for range 3 {
			go func() { run(t, g, 0)() }()
		}
		synctest.Wait()
		if got, want := wantFull(t, g, 1).RetryAfter, 800*time.Millisecond; got != want {
			t.Errorf("RetryAfter = %v, want %v: 4 renders of 400ms on 2 slots", got, want)
		}
		for _, release := range releases {
			release()
		}
		synctest.Wait()
	})
}

func wantFull(tb testing.TB, g *throttle.Gate, limit int) *throttle.LimitedError {
	tb.Helper()
	leave, err := g.Enter()
	var limited *throttle.LimitedError
	if leave != nil || !errors.As(err, &limited) {
		tb.Fatalf("Enter: error %v, want a LimitedError", err)
	}
	if limited.Reason != throttle.NodeFull || limited.Limit != limit || limited.RetryAfter <= 0 {
		tb.Errorf("Enter: %+v; want node_full, limit %d and a time to retry", *limited, limit)
	}
	return limited
}
