package throttle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/adloom/adloom/throttle"
)

func slowByTheMinute(t *testing.T, s *scripts) {
	// The test is over within a minute of the clock, or begins anew.
	for {
		before := time.Now().Truncate(time.Minute)
		ok := slowWithinAMinute(t, s, before.Unix()/60)
		if time.Now().Truncate(time.Minute).Equal(before) {
			if !ok {
				t.Error("see above")
			}
			return
		}
		s.rdb.FlushAll(t.Context())
	}
}

func slowWithinAMinute(t *testing.T, s *scripts, minute int64) bool {
	ok := true
	fail := func(format string, args ...any) {
		ok = false
		t.Logf(format, args...)
	}
	put := func(kind string, ago int64, n int) {
		s.rdb.HSet(t.Context(), throttle.SlowKey("a"), fmt.Sprint(kind, minute-ago), n)
	}
	// check wants a refusal until the minute that came so long ago is forgotten.
	check := func(reason string, ago int64) {
		t.Helper()
		got := s.admit("a", "1")
		s.giveBack("a", "1")
		if reason == "" {
			if got[0] != int64(1) {
				fail("admit = %v, want a lease", got)
			}
			return
		}
		until := time.Unix((minute-ago+3)*60, 0)
		if got[0] != int64(0) || got[1] != reason {
			fail("admit = %v, want a refusal for %s", got, reason)
		} else if wait := time.Duration(got[2].(int64)) * time.Millisecond; time.Until(until)-wait > time.Second || wait-time.Until(until) > time.Second {
			fail("retry in %v, want %v", wait, time.Until(until))
		}
	}
	s.hard, s.downloads, s.renders = -1, 10, 5
	put("d", 3, 100) // forgotten
	put("d", -1, 100)
	put("d", 2, 4)
	put("d", 1, 3)
	put("d", 0, 2)
	check("", 0)
	s.count("a", "1", 1, 0)
	s.count("a", "1", 1, 0) // who did not hear the answer
	check("customer_slow_downloads", 2)
	put("d", 1, 9)
	check("customer_slow_downloads", 1)
	put("d", 0, 10)
	check("customer_slow_downloads", 0)
	s.downloads = -1
	check("", 0)
	s.count("a", "2", 0, 5)
	check("customer_slow_renders", 0)
	s.renders = 6
	check("", 0)
	got := s.rdb.HGetAll(t.Context(), throttle.SlowKey("a")).Val()
	if len(got) != 4 || got[fmt.Sprint("r", minute)] != "5" {
		fail("counts %v, want downloads of three minutes and renders of one", got)
	}
	if downloads := got[fmt.Sprint("d", minute)]; downloads != "10" {
		fail("%s slow downloads, want what was put there", downloads)
	}
	if ttl := s.rdb.PTTL(t.Context(), throttle.SlowKey("a")).Val(); ttl < 3*time.Minute || ttl > 4*time.Minute {
		fail("time to live of the counts = %v, want 3 to 4 minutes", ttl)
	}
	return ok
}
