package throttle_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/lua"
	"github.com/adloom/adloom/throttle"
)

func inspect(tb testing.TB, l *throttle.Limiter, customers ...string) throttle.Inspection {
	tb.Helper()
	got, err := l.Inspect(tb.Context(), customers)
	if err != nil {
		tb.Fatalf("Inspect(%q): %v", customers, err)
	}
	return got
}

// names are the customers of an inspection, with leases and waiters of each.
func holds(i throttle.Inspection) []string {
	var got []string
	for _, c := range i.Customers {
		got = append(got, fmt.Sprintf("%s %d+%d", c.Customer, c.Leases, c.Waiting))
	}
	return got
}

func TestInspect(t *testing.T) {
	cfg := limits(6, 3, 2)
	cfg.Lease = time.Minute
	cfg.SlowDownloads, cfg.SlowRenders = 3, 2
	cfg.Limits = func(customer string) throttle.Limits {
		if customer == "own" {
			return throttle.Limits{Concurrency: 9, SlowDownloads: -1, SlowRenders: 7}
		}
		return throttle.Limits{}
	}
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		if got := inspect(t, l); got.Leases != 0 || got.Waiting != 0 || len(got.Customers) != 0 || !got.Time.Equal(time.Now()) {
			t.Errorf("of nothing: %+v at %v", got, time.Now())
		}
		for _, customer := range []string{"a", "a", "a", "own", "own", "b"} {
			acquire(t, l, customer)
		}
		var wg sync.WaitGroup
		ctx, leave := context.WithCancel(t.Context())
		for _, customer := range []string{"w", "a", "a"} {
			wg.Go(func() {
				if _, err := l.Acquire(ctx, customer); !errors.Is(err, context.Canceled) {
					t.Errorf("Acquire = %v", err)
				}
			})
			synctest.Wait()
		}
		got := inspect(t, l)
		if got.Leases != 6 || got.Waiting != 3 || got.HardLimit != 6 || got.StartLimit != 3 {
			t.Errorf("node: %+v", got)
		}
		if got, want := holds(got), []string{"a 3+2", "own 2+0", "b 1+0", "w 0+1"}; !slices.Equal(got, want) {
			t.Errorf("customers: %q, want %q", got, want)
		}
		if got, want := got.Customers[0].Limits, (throttle.Limits{Concurrency: 2, SlowDownloads: 3, SlowRenders: 2}); got != want {
			t.Errorf("limits of a: %+v, want %+v", got, want)
		}
		if got, want := got.Customers[1].Limits, (throttle.Limits{Concurrency: 9, SlowDownloads: -1, SlowRenders: 7}); got != want {
			t.Errorf("limits of its own: %+v, want %+v", got, want)
		}
		if got, want := holds(inspect(t, l, "w", "nobody", "b", "w")), []string{"w 0+1", "nobody 0+0", "b 1+0", "w 0+1"}; !slices.Equal(got, want) {
			t.Errorf("named customers: %q, want %q", got, want)
		}

		// What has expired does not count, although nobody has removed it.
		leave()
		wg.Wait()
		before := keysOf(t, rdb)
		time.Sleep(cfg.Lease - 1)
		if got := inspect(t, l); got.Leases != 6 || len(got.Customers) != 3 {
			t.Errorf("just before they expire: %+v", got)
		}
		time.Sleep(time.Millisecond)
		if got := inspect(t, l); got.Leases != 0 || got.Waiting != 0 || len(got.Customers) != 0 {
			t.Errorf("expired: %+v", got)
		}
		if got := holds(inspect(t, l, "a", "w")); !slices.Equal(got, []string{"a 0+0", "w 0+0"}) {
			t.Errorf("expired: %q", got)
		}
		if after := keysOf(t, rdb); !slices.Equal(before, after) {
			t.Errorf("it changed Redis from %q to %q", before, after)
		}
	})
}

func keysOf(t *testing.T, rdb *redis.Client) []string {
	keys := rdb.Keys(t.Context(), "*").Val()
	slices.Sort(keys)
	return keys
}

// Leases and waiters of processes that have died, and what was written by another clock.
func TestInspectCountsNothingStale(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	l := newLimiter(t, limits(9, 0, 1), rdb)
	now := time.Now()
	put := func(key string, score time.Time, member string) {
		rdb.ZAdd(t.Context(), key, redis.Z{Score: float64(score.UnixMilli()), Member: member})
	}
	for i, at := range []time.Time{now.Add(-time.Second), now.Add(time.Minute), now.Add(100 * time.Hour)} {
		id := fmt.Sprint(i)
		put(throttle.NodeLeasesKey(), at, ticket("a", id))
		put(throttle.CustomerLeasesKey("a"), at, ticket("", id))
		put(throttle.WaitingKey(), at, ticket("w", id))
		rdb.ZAdd(t.Context(), throttle.CustomerWaitingKey("w"), redis.Z{Score: float64(i), Member: ticket("", id)})
	}
	rdb.HSet(t.Context(), throttle.SlowKey("a"), "", "x", "d", 1, "dx", 1, fmt.Sprint("d", now.Unix()/60), "many", "x1", 7)
	got := inspect(t, l)
	if want := []string{"a 1+0", "w 0+1"}; got.Leases != 1 || got.Waiting != 1 || !slices.Equal(holds(got), want) {
		t.Errorf("%d leases, %d waiting, %q; want one, one and %q", got.Leases, got.Waiting, holds(got), want)
	}
	if c := got.Customers[0]; slices.Max(c.SlowDownloads) != 0 || c.Refused != "" {
		t.Errorf("counts that are none: %+v", c)
	}
	if holdings := rdb.ZCard(t.Context(), throttle.NodeLeasesKey()).Val(); holdings != 3 {
		t.Errorf("%d leases are left, want all three", holdings)
	}
}

// It says of slow work what Acquire does.
func TestInspectSlowCustomers(t *testing.T) {
	cfg := limits(-1, -1, -1)
	cfg.SlowMinutes, cfg.SlowDownloads, cfg.SlowRenders = 5, 10, 6
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, rdb *redis.Client) {
		slowly(t, l, "a", 2, 1)
		time.Sleep(2 * time.Minute)
		slowly(t, l, "a", 1, 3)
		time.Sleep(time.Minute)
		slowly(t, l, "a", 7, 0)
		time.Sleep(10 * time.Second)
		c := inspect(t, l, "a").Customers[0]
		if want := []int{0, 2, 0, 1, 7}; !slices.Equal(c.SlowDownloads, want) {
			t.Errorf("slow downloads %v, want %v", c.SlowDownloads, want)
		}
		if want := []int{0, 1, 0, 3, 0}; !slices.Equal(c.SlowRenders, want) {
			t.Errorf("slow renders %v, want %v", c.SlowRenders, want)
		}
		if want := 110 * time.Second; c.Refused != throttle.CustomerSlowDownloads || c.RetryAfter.Round(time.Second) != want {
			t.Errorf("refused for %q, for %v; want slow downloads for %v", c.Refused, c.RetryAfter, want)
		}

		random := rand.New(rand.NewPCG(1, 2))
		refusals := map[throttle.Reason]int{}
		for i := range 300 {
			time.Sleep(time.Duration(random.IntN(120_000)) * time.Millisecond)
			customer, minute := fmt.Sprint("customer", i), time.Now().Unix()/60
			for m := minute - 6; m <= minute+1; m++ {
				rdb.HSet(t.Context(), throttle.SlowKey(customer), fmt.Sprint("d", m), random.IntN(5), fmt.Sprint("r", m), random.IntN(3))
			}
			c := inspect(t, l, customer).Customers[0]
			var limited throttle.LimitedError
			lease, err := l.Acquire(t.Context(), customer)
			lease.Release()
			if e := (*throttle.LimitedError)(nil); errors.As(err, &e) {
				limited = *e
			}
			if c.Refused != limited.Reason || c.RetryAfter != limited.RetryAfter {
				t.Fatalf("%+v, but Acquire was refused for %q, for %v", c, limited.Reason, limited.RetryAfter)
			}
			refusals[c.Refused]++
		}
		if len(refusals) != 3 {
			t.Errorf("not all cases were met: %v", refusals)
		}
	})
}

// Many customers take several calls, and those that are found are those with most.
func TestInspectManyCustomers(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	l := newLimiter(t, limits(-1, -1, -1), rdb)
	fill(t, rdb, 300)
	acquire(t, l, "first")
	acquire(t, l, "first")
	got := inspect(t, l)
	if got.Leases != 302 || len(got.Customers) != 200 || holds(got)[0] != "first 2+0" {
		t.Errorf("%d leases, %d customers, %q first", got.Leases, len(got.Customers), holds(got)[0])
	}
	names := make([]string, 450)
	for i := range names {
		names[i] = fmt.Sprint("customer", i)
	}
	names[17] = strings.Repeat("'; x \r\n\x00\xff", 1000)
	got = inspect(t, l, names...)
	if len(got.Customers) != len(names) || got.Leases != 302 {
		t.Fatalf("%d customers, %d leases", len(got.Customers), got.Leases)
	}
	for i, c := range got.Customers {
		want := 1
		if i >= 300 || i == 17 {
			want = 0
		}
		if c.Customer != names[i] || c.Leases != want {
			t.Fatalf("customer %d: %+v, want %d leases", i, c, want)
		}
	}
}

// Of more leases than it looks at one by one, it still says how many there are.
func TestInspectThousandsOfLeases(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	l := newLimiter(t, limits(-1, -1, -1), rdb)
	deadline := float64(time.Now().Add(time.Hour).UnixMilli())
	for _, kind := range [][2]string{
		{throttle.NodeLeasesKey(), throttle.CustomerLeasesKey("")}, {throttle.WaitingKey(), throttle.CustomerWaitingKey("")},
	} {
		var all []redis.Z
		of := map[string][]redis.Z{}
		for i := range 5000 {
			customer, id := fmt.Sprint("customer", i%50), fmt.Sprint(i)
			all = append(all, redis.Z{Score: deadline, Member: ticket(customer, id)})
			of[customer] = append(of[customer], redis.Z{Score: deadline, Member: ticket("", id)})
		}
		rdb.ZAdd(t.Context(), kind[0], all...)
		for customer, own := range of {
			rdb.ZAdd(t.Context(), kind[1]+customer, own...)
		}
	}
	for _, names := range [][]string{nil, {"customer7"}} {
		got := inspect(t, l, names...)
		if c := got.Customers[0]; got.Leases != 5000 || got.Waiting != 5000 || c.Leases != 100 || c.Waiting != 100 {
			t.Errorf("%q: %d leases, %d waiting, first %+v; want 5000 and 100 for each", names, got.Leases, got.Waiting, c)
		}
	}
}

// fill gives so many customers a lease and slow work each.
func fill(tb testing.TB, rdb *redis.Client, customers int) {
	tb.Helper()
	s := newScripts(tb, rdb)
	s.hard, s.start, s.limit = -1, -1, -1
	for i := range customers {
		s.admit(fmt.Sprint("customer", i), fmt.Sprint(i))
		s.count(fmt.Sprint("customer", i), fmt.Sprint("slow", i), 3, 4)
	}
}

// Its script writes nothing, so that it also works where nothing can be written.
func TestInspectOnlyReads(t *testing.T) {
	t.Parallel()
	rdb := redistest.Client(t)
	fill(t, rdb, 3)
	for _, all := range []int{0, 1} {
		keys := make([]string, 0, 9)
		keys = append(keys, scriptKeys()...)
		reply, err := rdb.EvalRO(t.Context(), lua.Source("inspect"), keys, time.Hour.Milliseconds(), all, 200, "customer1").Slice()
		if err != nil || len(reply) < 4 {
			t.Errorf("all %d: %v, %v", all, reply, err)
		}
	}
}

// A Redis that is away is told of quickly, and that it was asked here disturbs nobody.
func TestInspectWithoutRedis(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	cfg := limits(9, 0, 9)
	cfg.RedisTimeout, cfg.RetryRedis = 200*time.Millisecond, time.Hour
	var told atomic.Int64
	cfg.Notify = func(error) { told.Add(1) }
	l := newLimiter(t, cfg, s.Client())
	acquireFromRedis(t, l, "a")
	for _, f := range []failure{
		{on((*redistest.Server).Freeze), on((*redistest.Server).Thaw)},
		{on((*redistest.Server).Kill), on((*redistest.Server).Restart)},
	} {
		before, counted := told.Load(), l.Stats()
		f.begin(t, s, nil)
		start := time.Now()
		got, err := l.Inspect(t.Context(), []string{"a"})
		known := throttle.Inspection{HardLimit: cfg.HardLimit, StartLimit: cfg.StartLimit, Customers: []throttle.CustomerState{
			{Customer: "a", Limits: throttle.Limits{Concurrency: cfg.CustomerLimit, SlowDownloads: cfg.SlowDownloads, SlowRenders: cfg.SlowRenders}}}}
		if d := time.Since(start); err == nil || !reflect.DeepEqual(got, known) || d > cfg.RedisTimeout+2*time.Second {
			t.Errorf("Inspect = %+v, %v after %v; want an error within %v", got, err, d, cfg.RedisTimeout)
		}
		f.end(t, s, nil)
		await(t, "inspection", func() bool { _, err := l.Inspect(t.Context(), nil); return err == nil })
		if stats := l.Stats(); told.Load() != before || stats.RedisErr != nil {
			t.Errorf("told of %d, was %d; %+v, was %+v", told.Load(), before, stats, counted)
		}
		acquireFromRedis(t, l, "a")
	}
}

func TestRecent(t *testing.T) {
	cfg := noWait(limits(-1, 0, 1))
	cfg.SlowRenders = 1
	waiting(t, cfg, func(t *testing.T, l *throttle.Limiter, _ *redis.Client) {
		slowly(t, l, "slow", 0, 1)
		slow := refused(t, l, "slow", throttle.CustomerSlowRenders, 1)
		lease := acquire(t, l, "many")
		few := refused(t, l, "many", throttle.CustomerConcurrency, 1)
		time.Sleep(time.Millisecond)
		got := l.Recent()
		if len(got) != 2 || got[0].Customer != "many" || got[0].RetryAfter != few.RetryAfter-time.Millisecond ||
			got[1].Customer != "slow" || got[1].Reason != throttle.CustomerSlowRenders || got[1].RetryAfter != slow.RetryAfter-time.Millisecond {
			t.Errorf("Recent() = %+v", got)
		}

		// Who was let in since is refused no more.
		lease.Release()
		time.Sleep(time.Second)
		if err := l.Look("many"); err != nil {
			t.Errorf("Look = %v", err)
		}
		acquire(t, l, "many").Release()
		if got := l.Recent(); len(got) != 1 || got[0].Customer != "slow" || got[0].RetryAfter != slow.RetryAfter-time.Second-time.Millisecond {
			t.Errorf("Recent() = %+v", got)
		}
		time.Sleep(3 * time.Minute)
		if got := l.Recent(); len(got) != 0 {
			t.Errorf("Recent() = %+v", got)
		}
	})
}

// What it costs on top of an empty node: 200 customers with a lease each, a few or all of whom have been slow.
func BenchmarkInspect(b *testing.B) {
	f := func(name string, client func(testing.TB) *redis.Client, slow int) {
		b.Run(name, func(b *testing.B) {
			rdb := client(b)
			l := newLimiter(b, limits(-1, -1, -1), rdb)
			fill(b, rdb, 200)
			names := make([]string, 200)
			for i := range names {
				names[i] = fmt.Sprint("customer", i)
				if i >= slow {
					rdb.Del(b.Context(), throttle.SlowKey(names[i]))
				}
			}
			rdb.ConfigResetStat(b.Context())
			for b.Loop() {
				inspect(b, l, names...)
			}
			if stats, err := rdb.Info(b.Context(), "commandstats").Result(); err == nil {
				reportScripts(b, stats)
			}
		})
	}
	f("real", redistest.Client, 5)
	f("real, all slow", redistest.Client, 200)
	f("embedded", redistest.Embedded, 5)
}
