package throttle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/lua"
	"github.com/adloom/adloom/throttle"
)

// Both kinds of Redis have to understand the scripts in the same way.
func TestScripts(t *testing.T) {
	t.Parallel()
	servers := map[string]func(testing.TB) *redis.Client{"real": redistest.Client, "embedded": redistest.Embedded}
	cases := map[string]func(*testing.T, scripts){
		"hard limit":     hardLimit,
		"customer limit": customerLimit,
		"no limits":      noLimits,
		"asked twice":    askedTwice,
		"release":        release,
		"expiry":         expiry,
		"idle customer":  idleCustomer,
		"names":          names,
	}
	for server, client := range servers {
		for name, test := range cases {
			t.Run(server+"/"+name, func(t *testing.T) {
				t.Parallel()
				test(t, scripts{t, client(t)})
			})
		}
	}
}

func hardLimit(t *testing.T, s scripts) {
	s.admit("a", "1", time.Hour, 2, -1, -1, "[1 1 1]")
	s.admit("b", "2", time.Hour, 2, -1, -1, "[1 2 1]")
	s.refused("b", "3", time.Hour, 2, -1, -1, "node_full")
}

func customerLimit(t *testing.T, s scripts) {
	// Up to the start limit a customer may exceed its own.
	s.admit("a", "1", time.Hour, 9, 3, 1, "[1 1 1]")
	s.admit("a", "2", time.Hour, 9, 3, 1, "[1 2 2]")
	s.admit("a", "3", time.Hour, 9, 3, 1, "[1 3 3]")
	s.refused("a", "4", time.Hour, 9, 3, 1, "customer_concurrency")
	s.admit("b", "5", time.Hour, 9, 3, 1, "[1 4 1]")
	s.refused("b", "6", time.Hour, 9, 3, 1, "customer_concurrency")
	s.admit("b", "6", time.Hour, 9, 3, 2, "[1 5 2]")
	// The hard limit is the reason when both are reached.
	s.refused("b", "7", time.Hour, 5, 3, 2, "node_full")
}

func noLimits(t *testing.T, s scripts) {
	for i := range 20 {
		want := fmt.Sprintf("[1 %d %d]", i+1, i+1)
		s.admit("a", fmt.Sprint(i), time.Hour, -1, i%2-1, -1, want)
	}
	s.admit("a", "start limit off", time.Hour, -1, -1, 1, "[1 21 21]")
}

func askedTwice(t *testing.T, s scripts) {
	s.admit("a", "1", time.Hour, 1, 0, 1, "[1 1 1]")
	s.admit("a", "1", time.Hour, 1, 0, 1, "[1 1 1]")
}

func release(t *testing.T, s scripts) {
	s.admit("a", "1", time.Hour, -1, 0, -1, "[1 1 1]")
	s.admit("a", "2", time.Hour, -1, 0, -1, "[1 2 2]")
	s.admit("b", "3", time.Hour, -1, 0, -1, "[1 3 1]")
	s.release(1, "a", "1")
	s.release(0, "a", "1")
	s.release(0, "nobody", "9")
	s.admit("a", "4", time.Hour, -1, 0, -1, "[1 3 2]")
	s.release(3, "a", "2", "b", "3", "a", "1", "a", "4")
	if keys := s.rdb.Keys(t.Context(), "*").Val(); len(keys) != 0 {
		t.Errorf("left in Redis after the last release: %q", keys)
	}
}

func expiry(t *testing.T, s scripts) {
	s.admit("a", "first", time.Hour, 2, 0, 2, "[1 1 1]")
	s.admit("a", "short", time.Millisecond, 2, 0, 2, "[1 2 2]")
	for start := time.Now(); ; {
		got := s.try("a", "long", time.Hour, 2, 0, 2)
		if got == "[1 2 2]" { // not 3: the short one is gone from both sets
			break
		}
		if time.Since(start) > 10*time.Second {
			t.Fatalf("admit after the lease has expired = %s", got)
		}
	}
	s.release(0, "a", "short")
	s.release(1, "a", "long")
}

func idleCustomer(t *testing.T, s scripts) {
	ttl := func(least, most time.Duration) {
		t.Helper()
		key := throttle.CustomerLeasesKey("a")
		if got := s.rdb.PTTL(t.Context(), key).Val(); got <= least || got > most {
			t.Errorf("time to live of the customer's key = %v, want %v to %v", got, least, most)
		}
	}
	s.admit("a", "1", time.Hour, -1, 0, -1, "[1 1 1]")
	ttl(30*time.Minute, time.Hour)
	// A process with shorter leases does not shorten the life of longer ones.
	s.admit("a", "2", time.Minute, -1, 0, -1, "[1 2 2]")
	ttl(30*time.Minute, time.Hour)
	s.admit("a", "3", 3*time.Hour, -1, 0, -1, "[1 3 3]")
	ttl(2*time.Hour, 3*time.Hour)
}

func names(t *testing.T, s scripts) {
	for i, customer := range []string{"", "a", "of:a", "}{", "a b\r\n", "\x00\xff", "עברית", "{adloom}:leases"} {
		s.admit(customer, fmt.Sprint(i), time.Hour, -1, 0, 1, fmt.Sprintf("[1 %d 1]", i+1))
	}
}

// scripts calls admit and release as they are.
type scripts struct {
	t   *testing.T
	rdb *redis.Client
}

func (s scripts) run(customer, id string, ttl time.Duration, hard, start, limit int) []any {
	s.t.Helper()
	keys := []string{throttle.NodeLeasesKey(), throttle.CustomerLeasesKey(customer)}
	got, err := redis.NewScript(lua.Source("admit")).
		Run(s.t.Context(), s.rdb, keys, id, ttl.Milliseconds(), hard, start, limit).Slice()
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

func (s scripts) try(customer, id string, ttl time.Duration, hard, start, limit int) string {
	s.t.Helper()
	return fmt.Sprint(s.run(customer, id, ttl, hard, start, limit))
}

func (s scripts) admit(customer, id string, ttl time.Duration, hard, start, limit int, want string) {
	s.t.Helper()
	if got := s.try(customer, id, ttl, hard, start, limit); got != want {
		s.t.Errorf("admit(%q, %q, limits %d, %d, %d) = %s, want %s", customer, id, hard, start, limit, got, want)
	}
}

func (s scripts) refused(customer, id string, ttl time.Duration, hard, start, limit int, reason string) {
	s.t.Helper()
	got := s.run(customer, id, ttl, hard, start, limit)
	wait, _ := got[2].(int64)
	if got[0] != int64(0) || got[1] != reason || wait <= 0 || wait > ttl.Milliseconds() {
		s.t.Errorf("admit(%q, %q, limits %d, %d, %d) = %v, want {0, %s, up to %d ms}", customer, id, hard, start, limit, got, reason, ttl.Milliseconds())
	}
}

// release gives back customer, id, customer, id, ...
func (s scripts) release(want int, leases ...string) {
	s.t.Helper()
	keys := []string{throttle.NodeLeasesKey()}
	var ids []any
	for i := 0; i < len(leases); i += 2 {
		keys = append(keys, throttle.CustomerLeasesKey(leases[i]))
		ids = append(ids, leases[i+1])
	}
	got, err := redis.NewScript(lua.Source("release")).Run(s.t.Context(), s.rdb, keys, ids...).Int()
	if got != want || err != nil {
		s.t.Errorf("release(%q) = %d, %v; want %d", leases, got, err, want)
	}
}
