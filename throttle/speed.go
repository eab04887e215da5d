package throttle

import (
	"sync"
	"time"
)

const (
	// speedLasts is how long a measured speed is believed.
	speedLasts = 10 * time.Second
	// enoughPlaces is how many places must have moved on: one request that waited long
	// for its lease with nobody in front says little of a line.
	enoughPlaces = 8
	// remembered is how much of what was measured before still counts after each
	// measurement.
	remembered = 0.75
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

// speed is a ratio of sums, not a mean of ratios: a long line says more than a short one.
type speed struct {
	waited float64   // ns
	places float64   // that were waited for in that time
	at     time.Time // of the last measurement
}

// observe takes what one request waited for its lease that had so many of its customer in
// front. One that gave up says nothing: it is not known how far it came.
func (s *speeds) observe(customer string, front int, waited time.Duration) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.of[customer]
	if !ok || now.Sub(known.at) >= speedLasts {
		known = speed{}
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
	s.of[customer] = speed{known.waited*remembered + float64(waited), known.places*remembered + float64(front+1), now}
}

// until estimates when a newcomer behind so many has its turn; false when too little
// is known of late.
func (s *speeds) until(customer string, front int) (time.Duration, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.of[customer]
	if !ok || time.Since(known.at) >= speedLasts || known.places < enoughPlaces {
		return 0, false
	}
	return max(time.Duration(known.waited/known.places*float64(front+1)), time.Millisecond), true
}
