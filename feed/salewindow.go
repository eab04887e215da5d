package feed

import (
	"fmt"
	"strings"
	"time"
)

// SaleActive tells whether now lies in a sale window as feeds write it in
// sale_price_effective_date: "2016-02-24T13:00-0800/2016-02-29T15:30-0800". A zone
// may have a colon or be Z; without one it is UTC. Seconds or the whole time may be
// left out: a date alone begins the window with its day and ends it after its day.
// An empty window is always open.
func SaleActive(window string, now time.Time) (bool, error) {
	window = strings.TrimSpace(window)
	if window == "" {
		return true, nil
	}
	from, to, ok := strings.Cut(window, "/")
	start, _, err1 := parseMoment(from)
	end, dateOnly, err2 := parseMoment(to)
	if !ok || err1 != nil || err2 != nil {
		return false, fmt.Errorf("expected a sale window such as 2016-02-24T13:00-0800/2016-02-29T15:30-0800; found %q", window)
	}
	if dateOnly {
		end = end.AddDate(0, 0, 1)
	}
	return !now.Before(start) && now.Before(end), nil
}

// parseMoment reads the forms of ISO 8601 that feeds use.
func parseMoment(s string) (t time.Time, dateOnly bool, err error) {
	s = strings.TrimSpace(s)
	for _, day := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02 15:04:05"} {
		for _, zone := range []string{"", "Z07:00", "Z0700", "-07"} {
			if t, err := time.Parse(day+zone, s); err == nil {
				return t, false, nil
			}
		}
	}
	t, err = time.Parse(time.DateOnly, s)
	return t, true, err
}
