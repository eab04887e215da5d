package throttle_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/throttle"
)

// crowd is the renders of one customer: so many at a time, each of them back as
// soon as it has ended.
type crowd struct {
	mu      sync.Mutex    // guards the counts
	used    time.Duration // in slots
	renders int
	longest time.Duration // wait for a slot
	pause   time.Duration // between a render's end and the next one's call
}

// send runs a crowd until its context ends. The counts are complete when wg is
// done.
func (c *crowd) send(ctx context.Context, t *testing.T, wg *sync.WaitGroup, g *throttle.Gate, customer string, many int, take time.Duration) {
	t.Helper()
	for range many {
		wg.Go(func() {
			for {
				called := time.Now()
				release, err := g.Run(ctx, customer, 0)
				if err != nil {
					if ctx.Err() == nil {
						t.Errorf("Run: %v", err)
					}
					return
				}
				started := time.Now()
				time.Sleep(take)
				c.mu.Lock()
				c.used += time.Since(started)
				c.renders++
				c.longest = max(c.longest, started.Sub(called))
				c.mu.Unlock()
				release()
				time.Sleep(c.pause)
			}
		})
	}
}

// near fails unless two amounts of slot time differ by at most so much.
func near(t *testing.T, what string, got, want, most time.Duration) {
	t.Helper()
	if d := got - want; d < -most || d > most {
		t.Errorf("%s: %v of slot time, want %v, give or take %v", what, got, want, most)
	}
}

// Customers that always wait have the same slot time, whatever a render of
// theirs takes and however many of them wait.
func TestSlotsAreSharedByTime(t *testing.T) {
	f := func(slots, heavies, lights int) {
		t.Run(fmt.Sprint(slots, heavies, lights), func(t *testing.T) {
			inGate(t, slotsOf(slots, -1), func(t *testing.T, g *throttle.Gate) {
				const long = 60 * time.Second
				ctx, cancel := context.WithTimeout(t.Context(), long)
				defer cancel()
				var heavy, light crowd
				var wg sync.WaitGroup
				heavy.send(ctx, t, &wg, g, "heavy", heavies, 100*time.Millisecond)
				light.send(ctx, t, &wg, g, "light", lights, 5*time.Millisecond)
				wg.Wait()
				// What they may differ by is one heavy render in each slot.
				most := time.Duration(slots) * 105 * time.Millisecond
				half := long * time.Duration(slots) / 2
				near(t, "heavy", heavy.used, half, most)
				near(t, "light", light.used, half, most)
				if got := g.Stats(); got != (throttle.GateStats{}) {
					t.Errorf("afterwards: %+v, want an empty gate", got)
				}
			})
		})
	}
	f(1, 3, 3)
	f(1, 2, 2)
	f(1, 200, 2)
	f(1, 2, 200)
	f(2, 4, 4)
	f(4, 50, 8)
}

// A customer with little to do waits for one running render at most, whoever
// else waits.
func TestLightAmongAHog(t *testing.T) {
	f := func(slots int, most time.Duration) {
		t.Run(fmt.Sprint(slots), func(t *testing.T) {
			inGate(t, slotsOf(slots, -1), func(t *testing.T, g *throttle.Gate) {
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
				defer cancel()
				hog, light := crowd{}, crowd{pause: 37 * time.Millisecond}
				var wg sync.WaitGroup
				hog.send(ctx, t, &wg, g, "hog", 200, 100*time.Millisecond)
				synctest.Wait()
				light.send(ctx, t, &wg, g, "light", 1, 5*time.Millisecond)
				wg.Wait()
				if light.longest > most || light.renders < 100 {
					t.Errorf("%d light renders, one of which waited %v; want at least 100, and %v", light.renders, light.longest, most)
				}
				near(t, "both", hog.used+light.used, time.Duration(slots)*20*time.Second, time.Duration(slots)*100*time.Millisecond)
			})
		})
	}
	f(1, 100*time.Millisecond)
	f(2, 100*time.Millisecond)
	f(8, 100*time.Millisecond)
}

// Whoever used an idle machine owes nothing for it, and whoever did not has
// nothing saved up.
func TestThePastIsNoCredit(t *testing.T) {
	f := func(name string, before func(ctx context.Context, t *testing.T, wg *sync.WaitGroup, g *throttle.Gate)) {
		t.Run(name, func(t *testing.T) {
			inGate(t, slotsOf(2, -1), func(t *testing.T, g *throttle.Gate) {
				var wg sync.WaitGroup
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
				defer cancel()
				before(ctx, t, &wg, g)
				wg.Wait()
				const long = 2 * time.Second
				ctx, cancel = context.WithTimeout(t.Context(), long)
				defer cancel()
				var a, b crowd
				a.send(ctx, t, &wg, g, "a", 10, 100*time.Millisecond)
				b.send(ctx, t, &wg, g, "b", 10, 100*time.Millisecond)
				wg.Wait()
				near(t, "a", a.used, long, 400*time.Millisecond)
				near(t, "b", b.used, long, 400*time.Millisecond)
			})
		})
	}
	f("alone", func(ctx context.Context, t *testing.T, wg *sync.WaitGroup, g *throttle.Gate) {
		new(crowd).send(ctx, t, wg, g, "a", 10, 100*time.Millisecond)
	})
	f("never waiting", func(ctx context.Context, t *testing.T, wg *sync.WaitGroup, g *throttle.Gate) {
		new(crowd).send(ctx, t, wg, g, "a", 2, 100*time.Millisecond)
	})
	f("all slots while the other waited in vain", func(ctx context.Context, t *testing.T, wg *sync.WaitGroup, g *throttle.Gate) {
		for range 2 {
			release := runAs(t, g, "a", 0)
			time.AfterFunc(time.Minute, release)
		}
		ctx, cancel := context.WithTimeout(ctx, time.Minute-time.Second)
		defer cancel()
		if _, err := g.Run(ctx, "b", 0); err == nil {
			t.Error("a third slot of 2")
		}
		time.Sleep(time.Minute)
	})
	f("beside one that rests now and then", func(ctx context.Context, t *testing.T, wg *sync.WaitGroup, g *throttle.Gate) {
		new(crowd).send(ctx, t, wg, g, "a", 10, 100*time.Millisecond)
		b := crowd{pause: 300 * time.Millisecond}
		b.send(ctx, t, wg, g, "b", 1, 10*time.Millisecond)
	})
	f("beside one that never rests", func(ctx context.Context, t *testing.T, wg *sync.WaitGroup, g *throttle.Gate) {
		new(crowd).send(ctx, t, wg, g, "a", 10, 100*time.Millisecond)
		new(crowd).send(ctx, t, wg, g, "b", 1, 10*time.Millisecond)
	})
	f("beside strangers", func(ctx context.Context, t *testing.T, wg *sync.WaitGroup, g *throttle.Gate) {
		new(crowd).send(ctx, t, wg, g, "a", 10, 100*time.Millisecond)
		for i := range 5 {
			c := crowd{pause: time.Duration(i) * 40 * time.Millisecond}
			c.send(ctx, t, wg, g, fmt.Sprint(i), 1, 10*time.Millisecond)
		}
	})
}

// A customer whose renders take far longer than they used to does not get the
// slots on the strength of its past, nor pays for it long afterwards.
func TestRendersThatTakeLongerThanBefore(t *testing.T) {
	inGate(t, slotsOf(8, -1), func(t *testing.T, g *throttle.Gate) {
		for range 20 {
			release := runAs(t, g, "hog", 0)
			time.Sleep(100 * time.Millisecond)
			release()
		}
		var mu sync.Mutex
		var starts []time.Duration
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
		defer cancel()
		var wg sync.WaitGroup
		var light crowd
		for i := range 20 { // out of step
			light.send(ctx, t, &wg, g, "light", 1, 100*time.Millisecond+time.Duration(i)*time.Millisecond)
		}
		time.Sleep(5 * time.Second)
		begin := time.Now()
		for range 40 {
			wg.Go(func() {
				release, err := g.Run(ctx, "hog", 0)
				if err != nil {
					return
				}
				defer release()
				mu.Lock()
				starts = append(starts, time.Since(begin))
				mu.Unlock()
				time.Sleep(time.Minute)
			})
		}
		time.Sleep(59 * time.Second)
		synctest.Wait()
		mu.Lock()
		n := len(starts)
		mu.Unlock()
		if n < 1 || n > 6 {
			t.Errorf("the hog got %d of 8 slots at once, want its half or so", n)
		}
		time.Sleep(31 * time.Second)
		synctest.Wait()
		// What it owes is at most 10 s more than the even share, on 8 slots.
		mu.Lock()
		if n := len(starts); n < 2 || starts[n-1] < time.Minute {
			t.Errorf("the hog started at %v, want more soon after 1m0s", starts)
		}
		mu.Unlock()
		cancel()
		wg.Wait()
	})
}

// A customer that held all slots for long while others waited has its turn again
// soon, though it has had far more than they.
func TestNobodyPaysForEver(t *testing.T) {
	inGate(t, slotsOf(8, -1), func(t *testing.T, g *throttle.Gate) {
		release := runAs(t, g, "light", 0) // known as one whose renders are short
		time.Sleep(100 * time.Millisecond)
		release()
		var releases []func()
		for range 8 {
			releases = append(releases, runAs(t, g, "hog", 0))
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
		defer cancel()
		var wg sync.WaitGroup
		new(crowd).send(ctx, t, &wg, g, "light", 20, 100*time.Millisecond)
		var waited time.Duration
		wg.Go(func() {
			called := time.Now()
			release := runAs(t, g, "hog", 0)
			waited = time.Since(called)
			release()
			cancel()
		})
		time.Sleep(time.Minute)
		for _, release := range releases {
			release()
		}
		wg.Wait()
		// At most 10 s on either side of the even share, and 8 slots to make up for it.
		if waited < time.Minute+time.Second || waited > time.Minute+5*time.Second {
			t.Errorf("the hog's next render waited %v, want a few seconds more than the minute of its others", waited)
		}
	})
}

// A customer that always has something in the slots, but less than its share,
// cannot save the rest up.
func TestLittleUseIsNoCredit(t *testing.T) {
	inGate(t, slotsOf(8, -1), func(t *testing.T, g *throttle.Gate) {
		ctx, cancel := context.WithTimeout(t.Context(), 62*time.Second)
		defer cancel()
		var wg sync.WaitGroup
		new(crowd).send(ctx, t, &wg, g, "hog", 50, 100*time.Millisecond)
		light := new(crowd)
		light.send(ctx, t, &wg, g, "light", 1, 100*time.Millisecond)
		time.Sleep(50 * time.Millisecond)
		light.send(ctx, t, &wg, g, "light", 1, 110*time.Millisecond)
		time.Sleep(60*time.Second - 50*time.Millisecond)
		var burst crowd
		burst.send(ctx, t, &wg, g, "light", 20, 100*time.Millisecond)
		wg.Wait()
		if most := 9600 * time.Millisecond; burst.used > most {
			t.Errorf("%v of the 16s of slot time in 2s, want at most %v", burst.used, most)
		}
	})
}

// Customers that nobody has heard of, each with a single render, take turns with
// one that has been there for long.
func TestStrangersWithoutEnd(t *testing.T) {
	inGate(t, slotsOf(1, -1), func(t *testing.T, g *throttle.Gate) {
		const long = 60 * time.Second
		ctx, cancel := context.WithTimeout(t.Context(), long)
		defer cancel()
		var hog crowd
		var wg sync.WaitGroup
		hog.send(ctx, t, &wg, g, "hog", 5, 100*time.Millisecond)
		for line := range 9 {
			wg.Go(func() {
				for i := 0; ctx.Err() == nil; i++ {
					release, err := g.Run(ctx, fmt.Sprint(line, " ", i), 0)
					if err == nil {
						time.Sleep(5 * time.Millisecond)
						release()
					}
				}
			})
		}
		wg.Wait()
		near(t, "hog", hog.used, long/10, long/30)
	})
}

func TestRunKeepsTheOrderOfACustomer(t *testing.T) {
	inGate(t, slotsOf(1, 100), func(t *testing.T, g *throttle.Gate) {
		first := run(t, g, 60)
		needs := []int64{100, 1, 2, 70, 40}
		var order []int64
		var wg sync.WaitGroup
		for _, need := range needs {
			wg.Go(func() {
				release := run(t, g, need)
				order = append(order, need) // in the only slot
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
		wg.Wait()
		if !slices.Equal(order, needs) {
			t.Errorf("served %v, want %v", order, needs)
		}
	})
}
