package throttle_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/throttle"
)

func TestRunWaitsForMemory(t *testing.T) {
	inGate(t, slotsOf(10, 100), func(t *testing.T, g *throttle.Gate) {
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

// stream keeps the gate full of small renders of several customers, out of step.
func stream(ctx context.Context, wg *sync.WaitGroup, g *throttle.Gate, bytes int64) {
	for i := range 40 {
		wg.Go(func() {
			time.Sleep(time.Duration(i) * 29 * time.Millisecond)
			for {
				release, err := g.Run(ctx, string(rune('a'+i%5)), bytes)
				if err != nil {
					return
				}
				time.Sleep(time.Second)
				release()
			}
		})
	}
}

// A big render waits only for those that run when its turn comes, and the small
// ones use what it leaves meanwhile.
func TestSmallRendersDoNotStarveABigOne(t *testing.T) {
	f := func(name string, need, meanwhile int64) {
		t.Run(name, func(t *testing.T) {
			inGate(t, slotsOf(10, 100), func(t *testing.T, g *throttle.Gate) {
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
				defer cancel()
				var wg sync.WaitGroup
				stream(ctx, &wg, g, 10)
				time.Sleep(5 * time.Second)
				for range 3 {
					called := time.Now()
					done := make(chan func())
					go func() { done <- runAs(t, g, "big", need) }()
					least := int64(100)
					var release func()
					for release == nil {
						select {
						case release = <-done:
						case <-time.After(time.Millisecond):
							// It starts when the last of the old ones ends: until then at
							// least that one runs, and those beside the big one.
							least = min(least, g.Stats().Bytes)
						}
					}
					// The slot of one that passed it may be the one it gets.
					if d := time.Since(called); d > 2*time.Second {
						t.Errorf("the big render waited %v, want at most 2s", d)
					}
					if least < meanwhile {
						t.Errorf("only %d of 100 bytes were in use while it waited, want at least %d", least, meanwhile)
					}
					time.Sleep(time.Second)
					release()
				}
				wg.Wait()
				if got := g.Stats(); got != (throttle.GateStats{}) {
					t.Errorf("afterwards: %+v, want an empty gate", got)
				}
			})
		})
	}
	f("whole budget", 100, 10)
	f("half", 50, 50)
	f("a little more than is free", 11, 90)
}

// One slot stays empty beside a big render when nothing fits, not when something
// does.
func TestSmallRendersFitBesideABigOne(t *testing.T) {
	inGate(t, slotsOf(4, 100), func(t *testing.T, g *throttle.Gate) {
		old := runAs(t, g, "old", 50)
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			if release, err := g.Run(ctx, "big", 60); err == nil {
				t.Error("the big render got its memory beside the old one")
				release()
			}
		})
		synctest.Wait()
		runs := func(customer string, bytes int64) (started *bool) {
			started = new(bool)
			wg.Go(func() {
				release := runAs(t, g, customer, bytes)
				*started = true
				time.Sleep(time.Hour)
				release()
			})
			synctest.Wait()
			return started
		}
		for range 3 { // one after the other
			runAs(t, g, "a", 40)()
		}
		fits := runs("a", 30)
		if !*fits {
			t.Error("30 bytes wait, though they fit beside the big one's 60 of 100")
		}
		over := runs("b", 15)
		if *over {
			t.Error("15 bytes run, though 60 and 30 leave 10")
		}
		rest := runs("c", 10)
		if !*rest {
			t.Error("10 bytes wait behind 15 that do not fit")
		}
		behind := runs("big", 0)
		if *behind {
			t.Error("a customer's render has passed the one before it")
		}
		cancel() // the big one gives up
		synctest.Wait()
		if *over || !*behind {
			t.Errorf("without the big one: 15 bytes run: %v, though 90 of 100 are taken; 0 bytes run: %v", *over, *behind)
		}
		old()
		wg.Wait()
		if !*over {
			t.Error("15 bytes have never run")
		}
	})
}
