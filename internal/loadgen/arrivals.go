package loadgen

import (
	"math/rand/v2"
	"time"
)

// arrivals say when requests are due, counted from the beginning. Calls come in the
// order of the requests.
type arrivals func(Target) time.Duration

// newArrivals is nil for a closed loop, where nothing is due.
func newArrivals(c Config) arrivals {
	switch {
	case c.Replay > 0:
		return func(t Target) time.Duration { return time.Duration(float64(t.At) / c.Replay) }
	case c.Rate > 0 && c.Poisson:
		// The gaps of a Poisson process are exponential; they are added up in seconds,
		// since rounding each to a nanosecond would change the rate.
		chance, at := rand.New(rand.NewPCG(c.Seed, 0)), 0.0
		return func(Target) time.Duration {
			at += chance.ExpFloat64() / c.Rate
			return time.Duration(at * float64(time.Second))
		}
	case c.Rate > 0:
		n := 0.0
		return func(Target) time.Duration {
			due := time.Duration(n / c.Rate * float64(time.Second))
			n++
			return due
		}
	}
	return nil
}
