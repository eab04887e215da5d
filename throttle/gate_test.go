package throttle_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/throttle"
)

// slotsOf is a configuration that bounds slots and memory, and nothing else.
func slotsOf(slots int, bytes int64) throttle.GateConfig {
	return throttle.GateConfig{Slots: slots, MaxBytes: bytes, MaxQueue: 1 << 20, CustomerPerFree: -1, MaxHeld: -1, MaxQueueAge: -1}
}

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
	return runAs(tb, g, "a", bytes)
}

func runAs(tb testing.TB, g *throttle.Gate, customer string, bytes int64) (release func()) {
	tb.Helper()
	release, err := g.Run(tb.Context(), customer, bytes)
	if err != nil {
		tb.Errorf("Run: %v", err)
		return func() {}
	}
	return release
}

func enter(tb testing.TB, g *throttle.Gate) (leave func()) {
	tb.Helper()
	return enterAs(tb, g, "a").Leave
}

func enterAs(tb testing.TB, g *throttle.Gate, customer string) *throttle.Pass {
	tb.Helper()
	pass, err := g.Enter(customer)
	if err != nil {
		tb.Fatalf("Enter(%q): %v", customer, err)
	}
	return pass
}

func TestNeverMoreThanTheSlots(t *testing.T) {
	t.Parallel()
	cfg := slotsOf(3, 100)
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
		customer := fmt.Sprint(i % 7)
		wg.Go(func() {
			for round := range 50 {
				pass, err := g.Enter(customer)
				if err != nil {
					t.Errorf("Enter: %v", err)
					return
				}
				pass.Hold(need)
				ctx, cancel := context.WithCancel(t.Context())
				if round%5 == 0 {
					go cancel() // at any moment
				}
				release, err := g.Run(ctx, customer, need)
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
				if err := g.Check(); err != nil {
					t.Error(err)
				}
				pass.Leave()
				pass.Leave()
				pass.Hold(need)
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

func TestRunEndsWithItsContext(t *testing.T) {
	inGate(t, slotsOf(2, 100), func(t *testing.T, g *throttle.Gate) {
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
		run(t, g, 40) // the same customer's, so it stands behind the big one, and fits as soon as that is gone
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
	g := newGate(t, slotsOf(1, 10))
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
		g := newGate(t, slotsOf(1, budget))
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
