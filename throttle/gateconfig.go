package throttle

import (
	"errors"
	"math"
	"runtime"
	"time"
)

// GateConfig sets a Gate.
type GateConfig struct {
	// Slots is how many renders use a CPU at once. 0 is a mistake. Default
	// GOMAXPROCS.
	Slots int
	// MaxBytes is how much memory the renders may have reserved at once, in
	// bytes. -1 for no limit; 0 is a mistake. Default 1 GiB.
	MaxBytes int64
	// MaxQueue is how many requests may be inside at once, running, waiting or
	// downloading. 0 is a mistake. Default 256.
	MaxQueue int
	// CustomerPerFree is how many requests one customer may have inside for each
	// place that is free: with 2, a customer that has the process for itself stops
	// at two thirds of MaxQueue, and at less when others are inside. One request it
	// may always have while there is a place. The same goes for its part of
	// MaxHeld. -1 for no limit; 0 is a mistake. Default 2.
	CustomerPerFree float64
	// MaxHeld is how much memory the requests inside may hold outside of CPU
	// slots, in bytes, when another is let in. Those inside may go beyond it. -1
	// for no limit; 0 is a mistake. Default 512 MiB.
	MaxHeld int64
	// MaxQueueAge is how long the first of a customer's requests that wait for a
	// slot may have waited when another of the same customer is let in. 0 lets none
	// in while one waits, -1 sets no limit. Default 3 s.
	MaxQueueAge time.Duration
}

// DefaultGateConfig returns the defaults that the fields of GateConfig name.
func DefaultGateConfig() GateConfig {
	return GateConfig{
		Slots:           runtime.GOMAXPROCS(0),
		MaxBytes:        1 << 30,
		MaxQueue:        256,
		CustomerPerFree: 2,
		MaxHeld:         512 << 20,
		MaxQueueAge:     3 * time.Second,
	}
}

// Validate names every mistake.
func (c GateConfig) Validate() error {
	var m mistakes
	m.expect(c.Slots > 0, "Slots", "at least 1", c.Slots)
	m.expect(c.MaxBytes == -1 || c.MaxBytes > 0, "MaxBytes", "at least 1, or -1 for no limit", c.MaxBytes)
	m.expect(c.MaxQueue > 0, "MaxQueue", "at least 1", c.MaxQueue)
	m.expect(c.CustomerPerFree == -1 || c.CustomerPerFree > 0 && !math.IsInf(c.CustomerPerFree, 1), "CustomerPerFree", "more than 0, or -1 for no limit", c.CustomerPerFree)
	m.expect(c.MaxHeld == -1 || c.MaxHeld > 0, "MaxHeld", "at least 1, or -1 for no limit", c.MaxHeld)
	m.expect(c.MaxQueueAge >= -1, "MaxQueueAge", "0 or more, or -1 for no limit", c.MaxQueueAge)
	return errors.Join(m...)
}
