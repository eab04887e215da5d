package throttle

import (
	"sync"
	"time"
)

// firstGuess is the answer to "when?" before anything has been measured.
const firstGuess = time.Second

// pace knows how long places are held, from those given back. Safe for
// concurrent use; the zero value has seen nothing.
type pace struct {
	mu   sync.Mutex
	mean time.Duration // moving, the last ten or so weigh most
}

func (p *pace) observe(held time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.mean == 0 {
		p.mean = held
		return
	}
	p.mean += (held - p.mean) / 8
}

// until estimates when a newcomer gets one of so many places, with others
// waiting before it: each place is free once per mean. It returns guess when
// nothing is known, and always more than zero.
func (p *pace) until(waiting, places int, guess time.Duration) time.Duration {
	p.mu.Lock()
	mean := p.mean
	p.mu.Unlock()
	switch {
	case mean > 0:
		return max(mean*time.Duration(waiting+1)/time.Duration(max(places, 1)), time.Millisecond)
	case guess > 0:
		return guess
	}
	return firstGuess
}
