package throttle

import (
	"fmt"
	"sync"
	"time"
)

// Gate protects this process: it bounds the requests inside and the memory
// these hold, and shares the CPU slots and the memory of renders between the
// customers. It knows nothing of Redis and has no goroutines. Safe for
// concurrent use.
type Gate struct {
	cfg   GateConfig
	epoch time.Time // times are kept as durations since then

	// mu guards everything below, and all accounts, entries and passes. It is
	// held for at most one look at each slot and each customer that waits, never
	// while anything waits. What is decided under it is complete when it is
	// released: a slot is either held by a render or nobody who waits could use
	// it, so nobody has to be woken to look again.
	mu       sync.Mutex
	accounts accounts
	fair     fairQueue
	memory   memory
	mean     average // of all renders
	inside   int
	held     int64
	refused  GateRefused
}

// GateStats is the state of a Gate.
type GateStats struct {
	Inside    int           // requests between Enter and Leave
	Running   int           // renders with a slot
	Waiting   int           // renders that wait for one
	OldestAge time.Duration // how long the oldest of those has waited, 0 for none
	Bytes     int64         // memory reserved by those running
	Held      int64         // memory that the requests inside hold beside that
	Refused   GateRefused   // requests that Enter has refused
}

// GateRefused counts requests by the reason of their refusal.
type GateRefused struct {
	NodeFull            uint64
	CustomerConcurrency uint64
}

// NewGate makes a Gate.
func NewGate(cfg GateConfig) (*Gate, error) {
	if err := cfg.Validate(); err != nil {
		return nil, fmt.Errorf("gate: %w", err)
	}
	return &Gate{
		cfg:      cfg,
		epoch:    time.Now(),
		accounts: accounts{of: map[string]*account{}},
		memory:   memory{max: cfg.MaxBytes},
	}, nil
}

func (g *Gate) now() time.Duration { return time.Since(g.epoch) }

// Stats can be called at any time.
func (g *Gate) Stats() GateStats {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := GateStats{
		Inside:  g.inside,
		Running: len(g.fair.running),
		Waiting: g.fair.entries,
		Bytes:   g.memory.reserved,
		Held:    g.held,
		Refused: g.refused,
	}
	now := g.now()
	for _, a := range g.fair.waiting {
		s.OldestAge = max(s.OldestAge, now-a.line.head.since)
	}
	return s
}
