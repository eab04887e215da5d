package throttle

// Lease is the right to run one render, until it is given back or expires.
type Lease struct{ release func() }

// Release gives the lease back. It may be called more than once and from
// several goroutines, also after the lease has expired and after the context of
// Acquire has ended; it takes at most Config.RedisTimeout. A nil Lease and the
// zero Lease hold nothing.
func (l *Lease) Release() {
	if l != nil && l.release != nil {
		l.release()
	}
}

// Stats is what a Limiter has done in this process since it was made.
type Stats struct {
	Held       int    // leases that are out now
	Waiting    int    // requests that wait for one now
	Granted    uint64 // leases given out, failed open or not
	Refused    uint64 // requests that got a LimitedError
	FailedOpen uint64 // leases given out without an answer from Redis
	RedisErr   error  // the last failure of Redis, nil once it answers again
}

// Stats can be called at any time.
func (l *Limiter) Stats() Stats {
	_, waiting := l.lines.count("")
	return Stats{
		Held:       int(l.held.Load()),
		Waiting:    waiting,
		Granted:    l.granted.Load(),
		Refused:    l.refused.Load(),
		FailedOpen: l.failedOpen.Load(),
		RedisErr:   l.store.circuit.failure(),
	}
}
