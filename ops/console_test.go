package ops

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"
)

// aConsole is a console whose Redis is as live says.
func aConsole(t *testing.T, live func(ctx context.Context) Live) *Console {
	t.Helper()
	return NewConsole(NewBoard(), Sources{
		Node: Node{Name: "node-1"}, Draining: func() bool { return false }, Busy: func() float64 { return 0 }, Live: live,
		Customers: func(context.Context, []string) map[string]CustomerLive { return nil },
	}, nil, NewAudit(filepath.Join(t.TempDir(), "audit.jsonl"), zap.NewNop()), zap.NewNop())
}

// A state is shared, so a viewer who leaves must not fail the calls that it is made of.
func TestViewerWhoLeaves(t *testing.T) {
	t.Parallel()
	c := aConsole(t, func(ctx context.Context) Live { return Live{Redis: Redis{Up: ctx.Err() == nil, Listening: true}} })
	gone, leave := context.WithCancel(t.Context())
	leave()
	if s := c.State(gone); len(s.Health) != 0 {
		t.Errorf("a viewer left, and the node says %v", s.Health)
	}
}

// What is wrong is told with its beginning, whether somebody watched or not.
func TestSinceWhen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		c := aConsole(t, func(context.Context) Live {
			at := time.Since(began)
			return Live{Redis: Redis{Up: at < time.Minute || at > 2*time.Minute && at < 3*time.Minute, Listening: true}}
		})
		ctx, end := context.WithCancel(t.Context())
		go c.Run(ctx)
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		s := c.State(ctx)
		want := "Since " + began.Add(3*time.Minute).UTC().Format("15:04:05")
		if len(s.Health) != 1 || s.Health[0].What != "redis" || !strings.Contains(s.Health[0].Text, want) {
			t.Errorf("%+v; want redis, %s", s.Health, want)
		}
		end()
		synctest.Wait()
	})
}

// Requests that download hold no CPU slot and are inside all the same.
func TestRequestsInside(t *testing.T) {
	t.Parallel()
	c := aConsole(t, func(context.Context) Live {
		return Live{Slots: Slots{Busy: 2, Waiting: 1, Inside: 9}, Leases: Leases{Waiting: 3}}
	})
	if got := c.State(t.Context()).Totals; got.Running != 9 || got.Waiting != 4 {
		t.Errorf("%d run and %d wait; want 9 and 4", got.Running, got.Waiting)
	}
}

// Whoever watches sees a flood within two seconds of its beginning, whoever else has looked meanwhile.
func TestFloodIsSeenInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := aConsole(t, func(context.Context) Live { return Live{} })
		began := time.Now()
		c.board.Add(refused("shoes", "customer_concurrency"))
		time.Sleep(990 * time.Millisecond)
		c.State(t.Context()) // somebody else's
		time.Sleep(890 * time.Millisecond)
		if s := c.State(t.Context()); s.Totals.Refused == 0 || len(s.Customers) != 1 || s.Customers[0].Refusals[0].Rate == 0 {
			t.Errorf("after %v: %+v", time.Since(began), s.Totals)
		}
	})
}

func TestMoment(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, 3, 1, 23, 59, 58, 0, time.UTC)
	for later, want := range map[time.Duration]string{time.Second: "23:59:58", 2 * time.Second: "2026-03-01 23:59:58", 365 * 24 * time.Hour: "2026-03-01 23:59:58"} {
		if got := moment(began, began.Add(later)); got != want {
			t.Errorf("%v later: %s; want %s", later, got, want)
		}
	}
}
