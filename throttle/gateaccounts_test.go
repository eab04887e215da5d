package throttle_test

import (
	"context"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/throttle"
)

// Names are cheap to make up, and must not fill the memory.
func TestAccountsAreClosed(t *testing.T) {
	t.Parallel()
	cfg := throttle.DefaultGateConfig()
	cfg.MaxQueue = 10
	g := newGate(t, cfg)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for i := range 1_000_000 {
		customer := strconv.Itoa(i)
		pass := enterAs(t, g, customer)
		switch i % 100 {
		case 0:
			runAs(t, g, customer, 1)()
		case 1:
			if _, err := g.Run(gone, customer, 1); err == nil {
				t.Fatal("a slot for a context that has ended")
			}
		}
		pass.Leave()
	}
	if n := g.Accounts(); n > 1024 {
		t.Errorf("%d accounts with nobody inside, want at most 1024", n)
	}
	for range cfg.MaxQueue {
		enterAs(t, g, strconv.Itoa(g.Stats().Inside))
	}
	before := g.Accounts()
	for i := range 1000 {
		turnedAway(t, g, "refused "+strconv.Itoa(i), throttle.NodeFull, cfg.MaxQueue)
	}
	if n := g.Accounts(); n != before {
		t.Errorf("%d accounts after refusing 1000 strangers, want %d as before", n, before)
	}
}

func TestAccountsRestAMinute(t *testing.T) {
	inGate(t, slotsOf(1, -1), func(t *testing.T, g *throttle.Gate) {
		for i := range 100 {
			runAs(t, g, strconv.Itoa(i), 0)()
		}
		inside := enterAs(t, g, "inside")
		release := runAs(t, g, "runs", 0)
		ctx, cancel := context.WithCancel(t.Context())
		go func() { _, _ = g.Run(ctx, "waits", 0) }()
		synctest.Wait()
		time.Sleep(time.Minute)
		for range 50 {
			enterAs(t, g, "now and then").Leave()
		}
		if n := g.Accounts(); n != 104 {
			t.Errorf("%d accounts after a minute, want all 104", n)
		}
		time.Sleep(time.Nanosecond)
		for range 50 {
			enterAs(t, g, "now and then").Leave()
		}
		if n := g.Accounts(); n != 4 {
			t.Errorf("%d accounts after more than a minute, want the 4 that are in use", n)
		}
		cancel()
		synctest.Wait()
		release()
		inside.Leave()
	})
}
