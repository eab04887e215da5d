package throttle_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/throttle"
)

// Both kinds of Redis have to understand the scripts in the same way.
func TestScripts(t *testing.T) {
	t.Parallel()
	servers := map[string]func(testing.TB) *redis.Client{"real": redistest.Client, "embedded": redistest.Embedded}
	cases := map[string]func(*testing.T, *scripts){
		"hard limit":         hardLimit,
		"customer limit":     customerLimit,
		"no limits":          noLimits,
		"asked twice":        askedTwice,
		"release":            release,
		"expiry":             expiry,
		"idle customer":      idleCustomer,
		"names":              names,
		"fewest leases":      fewestLeases,
		"own limits":         ownLimits,
		"no overtaking":      noOvertaking,
		"leaving":            leaving,
		"giving up":          givingUp,
		"full line":          fullLine,
		"dead waiters":       deadWaiters,
		"dead process":       deadProcess,
		"unheard":            unheardLease,
		"other clocks":       otherClocks,
		"keys deleted":       keysDeleted,
		"slow by the minute": slowByTheMinute,
	}
	for server, client := range servers {
		for name, test := range cases {
			t.Run(server+"/"+name, func(t *testing.T) {
				t.Parallel()
				test(t, newScripts(t, client(t)))
			})
		}
	}
}

func hardLimit(t *testing.T, s *scripts) {
	s.hard, s.start, s.limit = 2, -1, -1
	s.granted("a", "1", 1, 1)
	s.granted("b", "2", 2, 1)
	s.refused("b", "3", "node_full")
}

func customerLimit(t *testing.T, s *scripts) {
	// Up to the start limit a customer may exceed its own.
	s.hard, s.start, s.limit = 9, 3, 1
	s.granted("a", "1", 1, 1)
	s.granted("a", "2", 2, 2)
	s.granted("a", "3", 3, 3)
	s.refused("a", "4", "customer_concurrency")
	s.granted("b", "5", 4, 1)
	s.refused("b", "6", "customer_concurrency")
	s.limit = 2
	s.granted("b", "6", 5, 2)
	// The hard limit is the reason when both are reached.
	s.hard = 5
	s.refused("b", "7", "node_full")
}

func noLimits(t *testing.T, s *scripts) {
	s.hard, s.limit = -1, -1
	for i := range 20 {
		s.start = i%2 - 1
		s.granted("a", fmt.Sprint(i), i+1, i+1)
	}
	s.start, s.limit = -1, 1
	s.granted("a", "start limit off", 21, 21)
}

func askedTwice(t *testing.T, s *scripts) {
	s.granted("a", "1", 1, 1)
	s.granted("a", "1", 1, 1)
	s.wait = time.Hour
	s.waits("a", "2", "node_full")
	s.waits("a", "2", "node_full")
	if n := s.rdb.ZCard(t.Context(), throttle.WaitingKey()).Val(); n != 1 {
		t.Errorf("%d wait, want 1", n)
	}
}

func release(t *testing.T, s *scripts) {
	s.hard, s.limit = -1, -1
	s.granted("a", "1", 1, 1)
	s.granted("a", "2", 2, 2)
	s.granted("b", "3", 3, 1)
	s.release(1, "a", "1")
	s.release(0, "a", "1")
	s.release(0, "nobody", "9")
	s.granted("a", "4", 3, 2)
	s.release(3, "a", "2", "b", "3", "a", "1", "a", "4")
	s.empty()
}

func expiry(t *testing.T, s *scripts) {
	s.hard, s.limit = 2, 2
	s.granted("a", "first", 1, 1)
	s.ttl = time.Millisecond
	s.granted("a", "short", 2, 2)
	s.ttl = time.Hour
	await(t, "place", func() bool { return s.admit("a", "long")[0] == int64(1) })
	s.held("a", "first", "long") // the short one is gone from both sets
	s.release(0, "a", "short")
	s.release(1, "a", "long")
}

func idleCustomer(t *testing.T, s *scripts) {
	s.granted("a", "1", 1, 1)
	got := s.rdb.PTTL(t.Context(), throttle.CustomerLeasesKey("a")).Val()
	if got <= s.ttl || got > s.longest {
		t.Errorf("time to live of the customer's key = %v, want more than a lease and at most %v", got, s.longest)
	}
}

func names(t *testing.T, s *scripts) {
	s.hard = -1
	all := []string{"", "a", "of:a", "}{", "a b\r\n", "\x00\xff", "עברית", "{adloom}:leases", strings.Repeat("x", 1000)}
	for i, customer := range all {
		s.granted(customer, fmt.Sprint(i), i+1, 1)
	}
	s.wait = time.Hour
	for i, customer := range all {
		s.waits(customer, "w"+fmt.Sprint(i), "customer_concurrency")
	}
	for i, customer := range all {
		s.release(1, customer, fmt.Sprint(i))
		s.told("w" + fmt.Sprint(i))
		s.release(1, customer, "w"+fmt.Sprint(i))
	}
	s.empty()
}

// The customer with the fewest leases is next, then the one who waits longest;
// within a customer it is the one who waits longest.
func fewestLeases(t *testing.T, s *scripts) {
	s.hard, s.start, s.limit, s.wait = 6, -1, -1, time.Hour
	for i, customer := range []string{"a", "a", "a", "b", "b", "c"} {
		s.admit(customer, fmt.Sprint(i))
	}
	s.waits("a", "a1", "node_full")
	s.waits("b", "b1", "node_full")
	s.waits("c", "c1", "node_full")
	s.waits("c", "c2", "node_full")
	s.waits("d", "d1", "node_full")
	s.waits("e", "e1", "node_full")
	f := func(customer, id, next string) {
		t.Helper()
		s.release(1, customer, id)
		s.told(next)
	}
	f("a", "0", "d1") // d and e hold none
	f("a", "1", "e1")
	f("a", "2", "a1") // a has none any more, and has waited longest
	f("b", "3", "b1") // b and c hold one
	f("d", "d1", "c1")
	f("e", "e1", "c2")
	s.held("", "b1", "a1", "4", "5", "c1", "c2")
}

// Those at their own limit are passed over, unless own limits do not count.
func ownLimits(t *testing.T, s *scripts) {
	s.hard, s.start, s.limit, s.wait = 4, 2, 1, time.Hour
	s.admit("a", "1")
	s.admit("a", "2")
	s.admit("b", "3")
	s.waits("a", "a1", "customer_concurrency")
	s.waits("b", "b1", "customer_concurrency")
	s.limit = 2
	s.waits("b", "b2", "customer_concurrency") // behind b1, which may not
	s.limit = 1
	s.granted("c", "c1", 4, 1)
	s.waits("d", "d1", "node_full")
	s.release(1, "a", "1")
	s.told("d1")
	s.release(1, "c", "c1")
	s.told()               // three leases, both at their limits
	s.release(1, "b", "3") // one is left to b1; then two, and b2 may have two
	s.told("b1", "b2")
	s.release(1, "d", "d1")
	s.told()
	s.release(1, "b", "b1")
	s.release(1, "b", "b2") // one lease is less than the start limit
	s.told("a1")
}

func noOvertaking(t *testing.T, s *scripts) {
	s.hard, s.start, s.limit, s.wait = 1, 0, 1, time.Hour
	s.granted("a", "1", 1, 1)
	s.waits("b", "2", "node_full")
	// A place that became free without a release, as by its expiry.
	s.rdb.Del(t.Context(), throttle.NodeLeasesKey(), throttle.CustomerLeasesKey("a"))
	s.waits("c", "3", "node_full")
	s.told("2")
	s.hard = 2
	s.granted("c", "3", 2, 1) // told by the answer alone
	s.told()
}

func leaving(t *testing.T, s *scripts) {
	s.wait = time.Hour
	s.granted("a", "1", 1, 1)
	s.waits("a", "2", "node_full")
	s.waits("a", "3", "node_full")
	s.waits("b", "4", "node_full")
	s.release(0, "a", "2")
	s.release(1, "a", "1")
	s.told("3") // both hold none, and 3 came before 4
	// One that leaves with a lease it has not heard of hands it on.
	s.release(1, "a", "3")
	s.told("4")
	s.release(1, "b", "4")
	s.empty()
}

func givingUp(t *testing.T, s *scripts) {
	s.hard, s.start, s.limit = 9, 0, 1
	s.granted("a", "1", 1, 1)
	s.wait = time.Hour
	s.waits("a", "2", "customer_concurrency")
	s.waits("a", "3", "customer_concurrency")
	s.wait, s.again = 0, true
	s.refused("a", "2", "customer_concurrency")
	s.release(1, "a", "1")
	s.told("3") // not the one that has given up
	s.release(1, "a", "3")
	s.empty()
}

func fullLine(t *testing.T, s *scripts) {
	s.wait, s.most = time.Hour, 2
	s.granted("a", "1", 1, 1)
	s.waits("a", "2", "node_full")
	s.waits("a", "3", "node_full")
	s.refused("a", "4", "customer_waiting")
	s.waits("b", "5", "node_full")
	s.again = true // forgotten, and not to be refused for what came in between
	s.waits("a", "6", "node_full")
}

func deadWaiters(t *testing.T, s *scripts) {
	s.granted("a", "1", 1, 1)
	s.wait, s.most = time.Millisecond, 1
	s.waits("a", "2", "node_full")
	s.wait = time.Hour
	await(t, "place in the line", func() bool { return s.admit("a", "3")[0] == int64(2) })
	s.release(1, "a", "1")
	s.told("3")
}

// What nobody hears goes to the next.
func deadProcess(t *testing.T, s *scripts) {
	s.wait = time.Hour
	s.granted("a", "1", 1, 1)
	here := s.channel
	s.channel = "of nobody"
	for i := range 5 {
		s.waits("b", fmt.Sprint("dead", i), "node_full")
	}
	s.channel = here
	s.waits("a", "2", "node_full")
	s.release(1, "a", "1")
	s.told("2")
	s.held("a", "2")
	if n := s.rdb.ZCard(t.Context(), throttle.WaitingKey()).Val(); n != 0 {
		t.Errorf("%d wait, want none", n)
	}
}

// Without a channel the lease is short until its owner has asked.
func unheardLease(t *testing.T, s *scripts) {
	s.wait, s.later, s.channel = time.Hour, time.Minute, ""
	s.granted("a", "1", 1, 1)
	s.waits("a", "2", "node_full")
	s.release(1, "a", "1")
	s.told()
	f := func(least, most time.Duration) {
		t.Helper()
		deadline := time.UnixMilli(int64(s.rdb.ZScore(t.Context(), throttle.NodeLeasesKey(), ticket("a", "2")).Val()))
		if left := time.Until(deadline); left < least || left > most {
			t.Errorf("the lease lasts %v, want %v to %v", left, least, most)
		}
	}
	f(50*time.Second, time.Minute)
	s.granted("a", "2", 1, 1)
	f(50*time.Minute, time.Hour)
}

// Deadlines that this clock cannot have set, whoever wrote them.
func otherClocks(t *testing.T, s *scripts) {
	s.hard, s.limit = 1, 1
	put := func(key string, score float64, member string) {
		t.Helper()
		if err := s.rdb.ZAdd(t.Context(), key, redis.Z{Score: score, Member: member}).Err(); err != nil {
			t.Fatal(err)
		}
	}
	now := float64(time.Now().UnixMilli())
	for i, score := range []float64{-1e300, -1, 0, now - 1e10, now + 1e10, 1e300} {
		for _, member := range []string{ticket("a", "put"), ticket("b", "put"), "short", ""} {
			put(throttle.NodeLeasesKey(), score, member)
			put(throttle.CustomerLeasesKey("a"), score, member)
			put(throttle.WaitingKey(), score, member)
			put(throttle.CustomerWaitingKey("a"), score, member)
			put(throttle.BelowLimitKey(), score, "a")
			put(throttle.AtLimitKey(), score, "b")
		}
		id := fmt.Sprint(i)
		await(t, "place", func() bool { return s.admit("a", id)[0] == int64(1) })
		s.held("a", id)
		s.release(1, "a", id)
		s.empty()
	}
}

func keysDeleted(t *testing.T, s *scripts) {
	keys := []string{
		throttle.NodeLeasesKey(), throttle.CustomerLeasesKey("a"), throttle.WaitingKey(), throttle.CustomerWaitingKey("a"),
		throttle.WaitersKey(), throttle.BelowLimitKey(), throttle.AtLimitKey(),
	}
	s.wait = time.Hour
	for i, key := range keys {
		id := func(n int) string { return fmt.Sprint(i, " ", n) }
		s.granted("a", id(1), 1, 1)
		s.waits("a", id(2), "node_full")
		s.waits("a", id(3), "node_full")
		s.waits("b", id(4), "node_full")
		s.rdb.Del(t.Context(), key)
		s.giveBack("a", id(1))
		// Those who wait ask again by themselves, in any order.
		s.again = true
		left := map[string]string{id(2): "a", id(3): "a", id(4): "b"}
		for range 10 {
			for id, customer := range left {
				if s.admit(customer, id)[0] == int64(1) {
					s.giveBack(customer, id)
					delete(left, id)
				}
			}
		}
		s.again = false
		if len(left) > 0 {
			t.Errorf("%s deleted: %v are never served", key, left)
		}
		// What has lost its counterpart is forgotten when its time is over, or when
		// the last waiter leaves.
		s.granted("a", id(5), 1, 1)
		s.waits("a", id(6), "node_full")
		longest := s.longest
		s.longest = 0 // and everything has lasted too long
		s.giveBack("a", id(6))
		s.giveBack("a", id(5))
		s.longest = longest
		s.empty()
	}
}
