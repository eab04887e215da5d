package throttle_test

import (
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/adloom/adloom/internal/redistest"
)

// A render on a node with a free place costs two calls of Redis, slow or not.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	const renders = 10
	rdb := redistest.Client(t)
	l := newLimiter(t, limits(64, 32, 16), rdb)
	acquire(t, l, "a").Release() // Redis has the scripts
	if err := rdb.ConfigResetStat(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	var sent atomic.Int64
	rdb.AddHook(callHook{after: func() { sent.Add(1) }})
	for range renders {
		lease := acquire(t, l, "a")
		lease.Downloaded(time.Minute)
		lease.Rendered(time.Minute)
		lease.Release()
	}
	if n := sent.Load(); n != 2*renders {
		t.Errorf("%d calls for %d renders, want two each", n, renders)
	}
	stats := rdb.Info(t.Context(), "commandstats").Val()
	got := regexp.MustCompile(`cmdstat_(eval\w*|script\S*|publish|subscribe):calls=\d+`).FindAllString(stats, -1)
	if len(got) != 1 || got[0] != "cmdstat_evalsha:calls=20" {
		t.Errorf("Redis ran %q, want EVALSHA 20 times\n%s", got, strings.ReplaceAll(stats, "\r", ""))
	}
}
