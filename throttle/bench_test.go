package throttle_test

import (
	"fmt"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/throttle"
)

func BenchmarkLimiter(b *testing.B) {
	f := func(name string, client func(testing.TB) *redis.Client) {
		b.Run(name, func(b *testing.B) {
			l := newLimiter(b, throttle.DefaultConfig(), client(b))
			for b.Loop() {
				acquire(b, l, "a").Release()
			}
			if n := l.Stats().FailedOpen; n != 0 {
				b.Errorf("%d leases without an answer from Redis", n)
			}
		})
	}
	f("real", redistest.Client)
	f("embedded", redistest.Embedded)
}

// What one script costs Redis, alone and with 64 leases and 300 customers who
// wait, four requests each; a release then hands its lease to a waiter.
func BenchmarkScripts(b *testing.B) {
	f := func(name string, customers int, round func(s *scripts, i int)) {
		b.Run(name, func(b *testing.B) {
			s := newScripts(b, redistest.Client(b))
			s.hard, s.start, s.limit, s.wait = 64, 32, 16, time.Hour
			for i := range customers * 4 {
				s.admit(fmt.Sprint("customer", i%customers), fmt.Sprint("waiter", i))
			}
			s.rdb.ConfigResetStat(b.Context())
			i := 0
			for b.Loop() {
				round(s, i)
				i++
				for len(s.messages) > 0 {
					<-s.messages
				}
			}
			reportScripts(b, s.rdb.Info(b.Context(), "commandstats").Val())
		})
	}
	f("free", 0, func(s *scripts, i int) {
		s.admit("a", "1")
		s.giveBack("a", "1")
	})
	hand := func(s *scripts, _ int) {
		first := s.rdb.ZRange(s.t.Context(), throttle.NodeLeasesKey(), 0, 0).Val()[0]
		s.run(first, 0, 0)
		s.admit(first[26:], first[:26])
	}
	f("crowded", 300, hand)
	f("ask again", 300, func(s *scripts, i int) {
		s.admit(fmt.Sprint("customer", i%300), fmt.Sprint("waiter", 1199-i%300))
	})
}

// reportScripts tells for how long a script has kept Redis busy in the mean, from its statistics.
func reportScripts(b *testing.B, stats string) {
	took := regexp.MustCompile(`cmdstat_evalsha:calls=\d+,usec=\d+,usec_per_call=([\d.]+)`).FindStringSubmatch(stats)
	if took == nil {
		b.Fatalf("no EVALSHA in %s", stats)
	}
	us, _ := strconv.ParseFloat(took[1], 64)
	b.ReportMetric(us, "redis-us/script")
}

func BenchmarkGate(b *testing.B) {
	g := newGate(b, throttle.DefaultGateConfig())
	for b.Loop() {
		leave := enter(b, g)
		release := run(b, g, 1<<20)
		release()
		leave()
	}
}

// One call for the failures of 20 customers.
func BenchmarkLogBudget(b *testing.B) {
	rdb := redistest.Client(b)
	budget := throttle.NewLogBudget(rdb, time.Second)
	names, want, budgets := make([]string, 20), make([]int, 20), make([]int, 20)
	for i := range names {
		names[i], want[i], budgets[i] = fmt.Sprint("customer", i), 5, 1_000_000
	}
	for b.Loop() {
		if _, err := budget.Spend(b.Context(), names, want, budgets); err != nil {
			b.Fatal(err)
		}
	}
	reportScripts(b, rdb.Info(b.Context(), "commandstats").Val())
}
