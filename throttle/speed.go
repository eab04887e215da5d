package throttle

import (
	"sync"
	"time"
)

const (
	// speedLasts is how long a measured speed is believed.
	speedLasts = 10 * time.Second
	// maxSpeeds is how many customers' are kept. Of more, nothing is known.
	maxSpeeds = 4096
)

// speeds know how fast the customers' lines move, from those that waited in them in
// this process. How fast that is depends on what all the others do, so it is measured
// and not derived. Safe for concurrent use.
type speeds struct {
	mu sync.Mutex
	of map[string]speed
}

type speed struct {
	perPlace time.Duration // moving mean
	at       time.Time     // of the last measurement
}

// observe takes what one request waited that had so many of its customer in front. One
// that gave up would have waited longer, which makes the speed seem higher than it is,
// and never lower.
func (s *speeds) observe(customer string, front int, waited time.Duration) {
	now := time.Now()
	perPlace := waited / time.Duration(front+1)
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.of[customer]
	if ok && now.Sub(known.at) < speedLasts {
		perPlace = known.perPlace + (perPlace-known.perPlace)/4
	}
	if !ok && len(s.of) >= maxSpeeds {
		for c, old := range s.of {
			if now.Sub(old.at) >= speedLasts {
				delete(s.of, c)
			}
		}
		if len(s.of) >= maxSpeeds {
			return
		}
	}
	s.of[customer] = speed{perPlace, now}
}

// until estimates when a newcomer behind so many has its turn; false when nothing is
// known of late.
func (s *speeds) until(customer string, front int) (time.Duration, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.of[customer]
	if !ok || time.Since(known.at) >= speedLasts {
		return 0, false
	}
	return max(known.perPlace*time.Duration(front+1), time.Millisecond), true
}
