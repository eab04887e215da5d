package throttle_test

import (
	"errors"
	"math"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/throttle"
)

// turnedAway enters, and must be refused for a reason and with a limit.
func turnedAway(tb testing.TB, g *throttle.Gate, customer string, reason throttle.Reason, limit int) *throttle.LimitedError {
	tb.Helper()
	pass, err := g.Enter(customer)
	var limited *throttle.LimitedError
	if pass != nil || !errors.As(err, &limited) {
		tb.Fatalf("Enter(%q): error %v, want a LimitedError", customer, err)
	}
	who := customer
	if reason == throttle.NodeFull {
		who = ""
	}
	if limited.Reason != reason || limited.Limit != limit || limited.Customer != who || limited.RetryAfter <= 0 {
		tb.Errorf("Enter(%q): %+v; want reason %s, limit %d, customer %q and a time to retry", customer, *limited, reason, limit, who)
	}
	return limited
}

// newGateOf changes a gate without limits.
func newGateOf(tb testing.TB, change func(*throttle.GateConfig)) *throttle.Gate {
	tb.Helper()
	cfg := slotsOf(1, -1)
	change(&cfg)
	return newGate(tb, cfg)
}

func TestEnterBoundsTheQueue(t *testing.T) {
	t.Parallel()
	g := newGateOf(t, func(c *throttle.GateConfig) { c.MaxQueue = 2 })
	leave := enter(t, g)
	enter(t, g)
	turnedAway(t, g, "a", throttle.NodeFull, 2)
	turnedAway(t, g, "b", throttle.NodeFull, 2)
	leave()
	leave()
	enter(t, g)
	turnedAway(t, g, "a", throttle.NodeFull, 2)
	if got, want := g.Stats(), (throttle.GateStats{Inside: 2, Refused: throttle.GateRefused{NodeFull: 3}}); got != want {
		t.Errorf("Stats() = %+v, want %+v", got, want)
	}
}

// One that sends without end stops while there is room, and each that comes
// after it finds some.
func TestEnterLeavesRoomForOthers(t *testing.T) {
	t.Parallel()
	f := func(perFree float64, alone int) {
		t.Helper()
		g := newGateOf(t, func(c *throttle.GateConfig) { c.MaxQueue, c.CustomerPerFree = 90, perFree })
		var passes []*throttle.Pass
		for range alone {
			passes = append(passes, enterAs(t, g, "hog"))
		}
		var limited *throttle.LimitedError
		if _, err := g.Enter("hog"); !errors.As(err, &limited) || limited.Reason != throttle.CustomerConcurrency || limited.Customer != "hog" || limited.Limit > alone {
			t.Errorf("%v per free place: with %d inside error %v, want customer_concurrency", perFree, alone, err)
		}
		for i := range 90 - alone {
			enterAs(t, g, strconv.Itoa(i))
		}
		turnedAway(t, g, "another", throttle.NodeFull, 90)
		if n := g.Stats().Refused; n != (throttle.GateRefused{NodeFull: 1, CustomerConcurrency: 1}) {
			t.Errorf("refused %+v, want one for each reason", n)
		}
		for _, pass := range passes {
			pass.Leave()
		}
		enterAs(t, g, "hog")
	}
	f(2, 60)
	f(1, 45)
	f(0.5, 30)
	f(1e-9, 1)
	f(89, 89)
}

func TestEnterWithoutAShare(t *testing.T) {
	t.Parallel()
	for _, perFree := range []float64{-1, math.MaxFloat64} {
		g := newGateOf(t, func(c *throttle.GateConfig) { c.MaxQueue, c.CustomerPerFree = 90, perFree })
		for range 90 {
			enter(t, g)
		}
		turnedAway(t, g, "a", throttle.NodeFull, 90)
	}
}

func TestEnterBoundsWhatIsHeld(t *testing.T) {
	t.Parallel()
	g := newGateOf(t, func(c *throttle.GateConfig) { c.MaxHeld, c.CustomerPerFree = 90, 2 })
	hog, other := enterAs(t, g, "hog"), enterAs(t, g, "other")
	hog.Hold(60)
	hog.Hold(0)
	hog.Hold(-50)
	enterAs(t, g, "hog").Leave()
	hog.Hold(1)
	turnedAway(t, g, "hog", throttle.CustomerConcurrency, 0)
	enterAs(t, g, "other").Leave()
	other.Hold(28)
	enterAs(t, g, "new").Leave()
	other.Hold(100) // whoever is inside gets what it needs
	turnedAway(t, g, "new", throttle.NodeFull, 0)
	if n := g.Stats().Held; n != 189 {
		t.Errorf("%d bytes held, want 189", n)
	}
	other.Leave()
	other.Leave()
	other.Hold(1000)
	enterAs(t, g, "new").Leave()
	hog.Leave()
	enterAs(t, g, "hog").Leave()
	want := throttle.GateStats{Refused: throttle.GateRefused{NodeFull: 1, CustomerConcurrency: 1}}
	if got := g.Stats(); got != want {
		t.Errorf("afterwards: %+v, want %+v", got, want)
	}
}

func TestHoldDoesNotOverflow(t *testing.T) {
	t.Parallel()
	g := newGateOf(t, func(c *throttle.GateConfig) { c.MaxHeld = 100 })
	passes := []*throttle.Pass{enterAs(t, g, "a"), enterAs(t, g, "a"), enterAs(t, g, "b")}
	for _, pass := range passes {
		pass.Hold(math.MaxInt64)
	}
	turnedAway(t, g, "c", throttle.NodeFull, 0)
	for _, pass := range passes {
		pass.Leave()
	}
	if got := g.Stats().Held; got != 0 {
		t.Errorf("%d bytes held by nobody", got)
	}
	enterAs(t, g, "c")
}

func TestEnterBoundsTheAge(t *testing.T) {
	cfg := slotsOf(1, -1)
	cfg.MaxQueueAge = 3 * time.Second
	inGate(t, cfg, func(t *testing.T, g *throttle.Gate) {
		release := run(t, g, 0)
		time.Sleep(time.Hour) // running is not waiting
		enter(t, g)
		done := make(chan func())
		go func() { done <- run(t, g, 0) }()
		synctest.Wait()
		time.Sleep(3*time.Second - time.Nanosecond)
		enter(t, g)
		time.Sleep(time.Nanosecond)
		turnedAway(t, g, "a", throttle.NodeFull, 0)
		release()
		(<-done)()
		enter(t, g)
	})
}

// A customer with an old line shuts the door to itself alone, and is told so
// when that line is longer than those of others.
func TestEnterCountsOnlyTheOwnAge(t *testing.T) {
	cfg := slotsOf(1, -1)
	cfg.MaxQueueAge = 3 * time.Second
	inGate(t, cfg, func(t *testing.T, g *throttle.Gate) {
		release := runAs(t, g, "hog", 0)
		wait := func(customer string) { go func() { runAs(t, g, customer, 0)() }() }
		for range 20 {
			wait("hog")
		}
		synctest.Wait()
		time.Sleep(4 * time.Second)
		turnedAway(t, g, "hog", throttle.NodeFull, 0)
		enterAs(t, g, "light")
		wait("light")
		synctest.Wait()
		enterAs(t, g, "light")
		turnedAway(t, g, "hog", throttle.CustomerConcurrency, 0)
		time.Sleep(3 * time.Second)
		turnedAway(t, g, "light", throttle.NodeFull, 0)
		if age := g.Stats().OldestAge; age != 7*time.Second {
			t.Errorf("the oldest has waited %v, want 7s", age)
		}
		release()
		synctest.Wait()
		enterAs(t, g, "hog")
	})
}

// The estimate is what stands before a newcomer takes.
func TestGateRetryAfter(t *testing.T) {
	cfg := slotsOf(2, -1)
	cfg.MaxQueue = 1
	inGate(t, cfg, func(t *testing.T, g *throttle.Gate) {
		enterAs(t, g, "inside")
		release := runAs(t, g, "hog", 0)
		time.Sleep(400 * time.Millisecond)
		f := func(customer string, want time.Duration) {
			t.Helper()
			if got := turnedAway(t, g, customer, throttle.NodeFull, 1).RetryAfter; got != want {
				t.Errorf("RetryAfter of %s = %v, want %v", customer, got, want)
			}
		}
		f("hog", 200*time.Millisecond) // nothing has ended, one has run for 400 ms
		release()
		var releases []func()
		for range 2 {
			releases = append(releases, runAs(t, g, "hog", 0))
		}
		for range 3 {
			go func() { runAs(t, g, "hog", 0)() }()
		}
		synctest.Wait()
		f("hog", 800*time.Millisecond)      // 4 renders of 400 ms on 2 slots
		f("stranger", 200*time.Millisecond) // the next slot
		go func() { runAs(t, g, "light", 0)() }()
		synctest.Wait()
		f("hog", time.Second)               // 5 renders
		f("stranger", 200*time.Millisecond) // it stands beside light
		f("light", 400*time.Millisecond)    // behind its own one
		for _, release := range releases {
			release()
		}
		synctest.Wait()
	})
}

func TestGateRetryAfterNothing(t *testing.T) {
	t.Parallel()
	g := newGateOf(t, func(c *throttle.GateConfig) { c.MaxQueue = 1 })
	enterAs(t, g, "a")
	if got := turnedAway(t, g, "b", throttle.NodeFull, 1).RetryAfter; got != time.Second {
		t.Errorf("RetryAfter = %v with nothing known, want 1s", got)
	}
}
