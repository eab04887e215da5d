package throttle

import (
	"testing"
	"testing/synctest"
	"time"
)

// One request that waited long with nobody in front says little of a line; a line that was waited in says much, until it
// is long ago.
func TestSpeeds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := speeds{of: map[string]speed{}}
		f := func(when string, want time.Duration) {
			t.Helper()
			if got, known := s.until("acme", 19); got != want || known != (want > 0) {
				t.Errorf("%s: %v, %v; want %v", when, got, known, want)
			}
		}
		f("at first", 0)
		s.observe("acme", 0, time.Second)
		f("after a stall", 0)
		s.observe("acme", 39, 400*time.Millisecond) // 40 places, 10 ms each
		got, known := s.until("acme", 19)
		if !known || got < 200*time.Millisecond || got > 600*time.Millisecond {
			t.Errorf("after a line: %v, %v; want some hundred milliseconds", got, known)
		}
		for range 50 {
			s.observe("acme", 39, 400*time.Millisecond)
		}
		if got, known := s.until("acme", 19); !known || got.Round(time.Millisecond) != 200*time.Millisecond {
			t.Errorf("in a steady line: %v, %v; want 200 ms", got, known)
		}
		time.Sleep(speedLasts)
		f("long after", 0)
	})
}
