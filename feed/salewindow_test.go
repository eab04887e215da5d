package feed_test

import (
	"testing"
	"time"

	"github.com/adloom/adloom/feed"
)

func TestSaleActive(t *testing.T) {
	t.Parallel()
	f := func(window, now string, want bool) {
		t.Helper()
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		got, err := feed.SaleActive(window, at)
		if err != nil || got != want {
			t.Errorf("SaleActive(%q) at %s = %v, %v; want %v", window, now, got, err, want)
		}
	}
	const week = "2016-02-24T13:00-0800/2016-02-29T15:30-0800"
	f("", "2016-02-24T20:59:59Z", true)
	f(week, "2016-02-24T20:59:59Z", false)
	f(week, "2016-02-24T21:00:00Z", true)
	f(week, "2016-02-29T23:29:59Z", true)
	f(week, "2016-02-29T23:30:00Z", false)
	f("2016-02-24T13:00+01:00/2016-02-24T14:00:30+01:00", "2016-02-24T13:00:29Z", true)
	f("2016-02-24T13:00Z/2016-02-24T14:00Z", "2016-02-24T13:30:00Z", true)
	f("2016-02-24/2016-02-24", "2016-02-24T23:59:59Z", true)
	f("2016-02-24/2016-02-24", "2016-02-25T00:00:00Z", false)
	f("2016-02-24T13:00 / 2016-02-24T14:00", "2016-02-24T13:30:00Z", true)
	f("2016-03-24/2016-02-24", "2016-03-01T00:00:00Z", false)
	for _, bad := range []string{"soon", "2016-02-24", "2016-02-24/", "/2016-02-24", "2016-13-24/2016-02-24"} {
		if _, err := feed.SaleActive(bad, time.Time{}); err == nil {
			t.Errorf("SaleActive(%q) took it", bad)
		}
	}
}
