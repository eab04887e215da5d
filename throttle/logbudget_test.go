package throttle_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/throttle"
)

// spend asks for one customer.
func spend(tb testing.TB, b *throttle.LogBudget, customer string, want, budget int) int {
	tb.Helper()
	granted, err := b.Spend(tb.Context(), []string{customer}, []int{want}, []int{budget})
	if err != nil {
		tb.Errorf("Spend(%q, %d, %d): %v", customer, want, budget, err)
		return -1
	}
	return granted[0]
}

// spent wants what is granted to be exactly this.
func spent(tb testing.TB, b *throttle.LogBudget, customer string, want, budget, expected int) {
	tb.Helper()
	if got := spend(tb, b, customer, want, budget); got != expected {
		tb.Errorf("Spend(%q, want %d of %d) = %d, want %d", customer, want, budget, got, expected)
	}
}

// withinAMinute runs a test of a real Redis, whose clock nobody sets, in one minute of it: where too little of that is
// left it waits for the next.
func withinAMinute(t *testing.T, rdb *redis.Client, test func()) {
	t.Helper()
	now := func() time.Time {
		now, err := rdb.Time(t.Context()).Result()
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	begin := now()
	if end := begin.Truncate(time.Minute).Add(time.Minute); end.Sub(begin) < 10*time.Second {
		<-time.After(time.Until(end))
		begin = now()
	}
	test()
	if end := now(); !t.Failed() && !end.Truncate(time.Minute).Equal(begin.Truncate(time.Minute)) {
		t.Skipf("the machine is too slow: this has to be over in a minute of the clock and took from %v to %v", begin, end)
	}
}

func TestLogBudget(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	withinAMinute(t, rdb, func() {
		b := throttle.NewLogBudget(rdb, 10*time.Second)
		spent(t, b, "a", 4, 10, 4)
		spent(t, b, "b", 4, 10, 4)
		spent(t, b, "a", 4, 10, 4)
		spent(t, b, "a", 4, 10, 2)
		spent(t, b, "a", 4, 10, 0)
		spent(t, b, "a", 4, 13, 3) // raised
		spent(t, b, "a", 4, 5, 0)  // lowered
		spent(t, b, "a", 4, 0, 0)
		spent(t, b, "a", 1<<40, -1, 1<<40)
		spent(t, b, "a", -7, 100, 0)
		spent(t, b, "a", 1, 14, 1)
		spent(t, b, "huge", 1<<62, 1<<62, 1_000_000_000)

		// Of the same customer twice, the second gets what the first has left.
		granted, err := b.Spend(t.Context(), []string{"c", "d", "c", "e", "c"}, []int{3, 3, 3, 0, 3}, []int{5, 2, 5, 9, -1})
		if want := []int{3, 2, 2, 0, 3}; err != nil || !slices.Equal(granted, want) {
			t.Errorf("Spend = %v, %v; want %v", granted, err, want)
		}
		if granted, err := b.Spend(t.Context(), nil, nil, nil); err != nil || len(granted) != 0 {
			t.Errorf("Spend of nothing = %v, %v", granted, err)
		}
		if _, err := b.Spend(t.Context(), []string{"a"}, nil, []int{1}); err == nil || !strings.Contains(err.Error(), "found 0 and 1") {
			t.Errorf("Spend without a want: %v", err)
		}

		for name, end := range map[string]func(context.Context) *redis.StatusCmd{"SCRIPT FLUSH": rdb.ScriptFlush, "FLUSHALL": rdb.FlushAll} {
			if err := end(t.Context()).Err(); err != nil {
				t.Fatal(err)
			}
			want := 0
			if name == "FLUSHALL" {
				want = 14
			}
			spent(t, b, "a", 100, 14, want)
		}
		for _, key := range rdb.Keys(t.Context(), "*").Val() {
			if ttl := rdb.PTTL(t.Context(), key).Val(); !strings.HasPrefix(key, "{adloom}:log:") || ttl <= time.Minute || ttl > 2*time.Minute {
				t.Errorf("left in Redis: %q for %v", key, ttl)
			}
		}
	})
}

// However many ask at once, together they get the budget and no more.
func TestLogBudgetIsExact(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	withinAMinute(t, s.Client(), func() {
		const clients, calls, want, budget = 4, 200, 7, 3000 // of 5600 that are wanted
		names := []string{"a", "b", "c"}
		var mu sync.Mutex
		sum := make([]int, len(names))
		var group sync.WaitGroup
		for range clients {
			b := throttle.NewLogBudget(s.Client(), 10*time.Second)
			group.Go(func() {
				for range calls {
					granted, err := b.Spend(t.Context(), names, []int{want, 1, want}, []int{budget, budget, -1})
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					for i, n := range granted {
						sum[i] += n
					}
					mu.Unlock()
				}
			})
		}
		group.Wait()
		if want := []int{budget, clients * calls, clients * calls * want}; !slices.Equal(sum, want) {
			t.Errorf("%v were granted, want %v", sum, want)
		}
	})
}

// Whatever a customer is called, its budget is its own.
func TestLogBudgetOfHostileNames(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	withinAMinute(t, rdb, func() {
		b := throttle.NewLogBudget(rdb, 10*time.Second)
		names := []string{
			"", "rest", "crest", "c", "h", " ", "\x00", "a\r\nb", "{x}", "*", "'; return 1 --", "\xff\xfe", "日本", "1", "1e3",
			strings.Repeat("x", 64), strings.Repeat("x", 65), strings.Repeat("x", 66), strings.Repeat("y", 1<<20),
		}
		for range 2 {
			for i, name := range names {
				spent(t, b, name, 1000, 10+i, 10+i)
			}
			for _, name := range names {
				spent(t, b, name, 1000, 10, 0)
			}
			rdb.FlushAll(t.Context())
		}
		if n := rdb.DBSize(t.Context()).Val(); n != 0 {
			t.Errorf("%d keys are left after FLUSHALL", n)
		}
	})
}

// Thousands of customers in one call, none of which holds Redis up; what is kept of them is bounded.
func TestLogBudgetOfManyCustomers(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	withinAMinute(t, rdb, func() {
		b := throttle.NewLogBudget(rdb, 10*time.Second)
		const many, kept, more = 19_000, 20_000, 25_000
		names, want, budgets := make([]string, more), make([]int, more), make([]int, more)
		for i := range names {
			names[i], want[i], budgets[i] = fmt.Sprint("customer", i), 5, 3
		}
		if err := rdb.ConfigResetStat(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		granted, err := b.Spend(t.Context(), names[:many], want[:many], budgets[:many])
		if err != nil || slices.Min(granted) != 3 || slices.Max(granted) != 3 {
			t.Fatalf("Spend for %d: %v, from %d to %d", many, err, slices.Min(granted), slices.Max(granted))
		}
		stats := rdb.Info(t.Context(), "commandstats").Val()
		t.Log(statLine(stats, "evalsha"))

		granted, err = b.Spend(t.Context(), names, want, budgets)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for i, n := range granted {
			if i < many && n != 0 {
				t.Fatalf("customer %d was granted %d once more", i, n)
			}
			sum += n
		}
		if want := 3 * (kept - many + 1); sum != want {
			t.Errorf("%d were granted to those that came later, want %d", sum, want)
		}
		keys := rdb.Keys(t.Context(), "*taken*").Val()
		if len(keys) != 1 || rdb.HLen(t.Context(), keys[0]).Val() != kept+1 {
			t.Errorf("%d keys, %d accounts in the first", len(keys), rdb.HLen(t.Context(), keys[0]).Val())
		}
		if size := rdb.MemoryUsage(t.Context(), keys[0], 0).Val(); size > 4<<20 {
			t.Errorf("they take %d bytes", size)
		}
	})
}

func statLine(stats, command string) string {
	for line := range strings.Lines(stats) {
		if strings.HasPrefix(line, "cmdstat_"+command+":") {
			return strings.TrimSpace(line)
		}
	}
	return "no " + command
}

// Redis's clock decides, and nothing is kept for ever because of it.
func TestLogBudgetByTheClock(t *testing.T) {
	t.Parallel()
	server := miniredis.RunT(t)
	rdb := redis.NewClient(&redis.Options{Addr: server.Addr(), ContextTimeoutEnabled: true})
	t.Cleanup(func() { rdb.Close() })
	b := throttle.NewLogBudget(rdb, 10*time.Second)
	noon := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	at := func(d time.Duration, expected int) {
		t.Helper()
		server.SetTime(noon.Add(d))
		spent(t, b, "a", 4, 6, expected)
	}
	at(0, 4)
	at(59*time.Second, 2)
	at(59*time.Second+999*time.Millisecond, 0)
	at(time.Minute, 4)
	at(time.Minute-1, 0) // set back a little: this minute comes again, and so does the one before
	at(time.Minute+time.Second, 2)
	at(time.Minute+2*time.Second, 0)
	at(-24*time.Hour, 4) // far
	at(-24*time.Hour, 2)
	if keys := server.Keys(); len(keys) != 2 {
		t.Errorf("kept: %q; want those of one minute", keys)
	}
	at(24*time.Hour, 4) // and forth
	if got, want := rdb.HGetAll(t.Context(), throttle.LogBudgetKey(strconv.FormatInt(noon.Unix()/60+24*60, 10))).Val(), "map[ca:4]"; fmt.Sprint(got) != want {
		t.Errorf("kept of the last minute: %v, want %s", got, want)
	}
}

// Away, it says so quickly, and does not try again at once.
func TestLogBudgetWithoutRedis(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	b := throttle.NewLogBudget(s.Client(), 100*time.Millisecond)
	fails := func() time.Duration {
		t.Helper()
		start := time.Now()
		granted, err := b.Spend(t.Context(), []string{"a", "b"}, []int{1, 1}, []int{9, -1})
		if err == nil || granted != nil {
			t.Errorf("Spend = %v, %v; want an error", granted, err)
		}
		return time.Since(start)
	}
	spent(t, b, "a", 1, 9, 1)
	s.Freeze()
	if d := fails(); d > 2*time.Second {
		t.Errorf("an error after %v", d)
	}
	var worst time.Duration
	for range 100 {
		worst = max(worst, fails())
	}
	if worst > 90*time.Millisecond {
		t.Errorf("%v for an error that is known", worst)
	}
	spent(t, b, "a", 5, -1, 5) // needs no Redis
	s.Thaw()
	await(t, "answer of Redis", func() bool {
		_, err := b.Spend(t.Context(), []string{"other"}, []int{1}, []int{9})
		return err == nil
	})
	s.Kill()
	if d := fails(); d > 2*time.Second {
		t.Errorf("an error after %v", d)
	}
	s.Restart()
	await(t, "answer of Redis", func() bool {
		granted, err := b.Spend(t.Context(), []string{"a"}, []int{10}, []int{9})
		return err == nil && granted[0] == 9
	})

	// Who leaves is no failure of Redis.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Spend(ctx, []string{"x"}, []int{1}, []int{1}); err == nil {
		t.Error("no error on a context that has ended")
	}
	spent(t, b, "x", 1, 1, 1)
}

// Minutes that nobody asks about any more leave nothing.
func TestLogBudgetIsForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rdb := redistest.Embedded(t)
		b := throttle.NewLogBudget(rdb, time.Second)
		for range 10 {
			spent(t, b, "a", 4, 3, 3)
			spent(t, b, "a", 4, 3, 0)
			time.Sleep(time.Minute)
		}
		if keys := rdb.Keys(t.Context(), "*").Val(); len(keys) > 4 {
			t.Errorf("kept: %q", keys)
		}
		time.Sleep(2 * time.Minute)
		if keys := rdb.Keys(t.Context(), "*").Val(); len(keys) != 0 {
			t.Errorf("kept: %q", keys)
		}
	})
}
