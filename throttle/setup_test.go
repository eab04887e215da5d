package throttle_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"github.com/adloom/adloom/throttle"
)

func TestMain(m *testing.M) {
	if text := os.Getenv(processEnv); text != "" {
		if err := runProcess(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// limits is a configuration whose times are too long to matter in a test about
// numbers, however slow the machine.
func limits(hard, start, customer int) throttle.Config {
	cfg := throttle.DefaultConfig()
	cfg.HardLimit, cfg.StartLimit, cfg.CustomerLimit = hard, start, customer
	cfg.Lease, cfg.MaxWait, cfg.RedisTimeout = time.Hour, time.Minute, 10*time.Second
	return cfg
}

// noWait refuses at once.
func noWait(cfg throttle.Config) throttle.Config {
	cfg.MaxWait = 0
	return cfg
}

// newLimiter makes a Limiter that hears of its leases and ends with the test.
func newLimiter(tb testing.TB, cfg throttle.Config, rdb redis.UniversalClient) *throttle.Limiter {
	tb.Helper()
	l := newDeafLimiter(tb, cfg, rdb)
	await(tb, "a subscription", func() bool { return l.Stats().Listening })
	return l
}

// newDeafLimiter makes a Limiter on a Redis that may not be there.
func newDeafLimiter(tb testing.TB, cfg throttle.Config, rdb redis.UniversalClient) *throttle.Limiter {
	tb.Helper()
	l, err := throttle.New(cfg, rdb)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(l.Close)
	return l
}

// await polls until something is so that other goroutines or processes bring
// about.
func await(tb testing.TB, what string, ok func() bool) {
	tb.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			tb.Fatalf("no %s within a minute", what)
		}
	}
}

// acquire takes a lease that must be granted. It may be called from any
// goroutine of a test, and returns one that holds nothing when it fails.
func acquire(tb testing.TB, l *throttle.Limiter, customer string) *throttle.Lease {
	tb.Helper()
	lease, err := l.Acquire(tb.Context(), customer)
	if err != nil {
		tb.Errorf("Acquire(%q): %v", customer, err)
		return new(throttle.Lease)
	}
	return lease
}

// refused takes a lease that must be refused, for a reason and with a limit.
func refused(tb testing.TB, l *throttle.Limiter, customer string, reason throttle.Reason, limit int) *throttle.LimitedError {
	tb.Helper()
	lease, err := l.Acquire(tb.Context(), customer)
	var limited *throttle.LimitedError
	if lease != nil || !errors.As(err, &limited) {
		tb.Fatalf("Acquire(%q) = %v, %v; want a LimitedError", customer, lease, err)
	}
	if limited.Reason != reason || limited.Limit != limit || limited.Customer != customer || limited.RetryAfter <= 0 {
		tb.Fatalf("Acquire(%q): %+v; want reason %s, limit %d and a time to retry", customer, *limited, reason, limit)
	}
	return limited
}

// leases is what Redis has recorded for the node.
func leases(tb testing.TB, rdb *redis.Client) int64 {
	tb.Helper()
	n, err := rdb.ZCard(tb.Context(), throttle.NodeLeasesKey()).Result()
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// highWater follows a number and keeps the highest it has been.
type highWater struct{ now, high atomic.Int64 }

func (h *highWater) up() {
	n := h.now.Add(1)
	for {
		high := h.high.Load()
		if n <= high || h.high.CompareAndSwap(high, n) {
			return
		}
	}
}

func (h *highWater) down() { h.now.Add(-1) }

// callHook stands between a client and Redis.
type callHook struct {
	redis.Hook
	instead func() error  // its error, if any, is the call's; may be nil
	answer  func() error  // its error, if any, takes the place of the answer; may be nil
	after   func()        // called after each call; may be nil
	scripts *atomic.Int64 // counts the scripts run; may be nil
}

func (h callHook) DialHook(next redis.DialHook) redis.DialHook { return next }

func (h callHook) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if h.instead != nil {
			if err := h.instead(); err != nil {
				cmd.SetErr(err)
				return err
			}
		}
		if h.scripts != nil && strings.HasPrefix(cmd.Name(), "eval") {
			h.scripts.Add(1)
		}
		err := next(ctx, cmd)
		if h.answer != nil {
			if late := h.answer(); late != nil {
				err = late
				cmd.SetErr(err)
			}
		}
		if h.after != nil {
			h.after()
		}
		return err
	}
}

func (h callHook) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}
