package throttle

// Stats is what a Limiter has done in this process since it was made.
type Stats struct {
	Held       int    // leases that are out now
	Waiting    int    // requests that wait for one now
	Granted    uint64 // leases given out, failed open or not
	Refused    uint64 // requests that got a LimitedError
	FailedOpen uint64 // leases given out without an answer from Redis
	RedisErr   error  // the last failure of Redis, nil once it answers again
	Listening  bool   // whether waiters are told of their leases; else they ask
}

// Stats can be called at any time.
func (l *Limiter) Stats() Stats {
	return Stats{
		Held:       int(l.held.Load()),
		Waiting:    int(l.waiting.Load()),
		Granted:    l.granted.Load(),
		Refused:    l.refused.Load(),
		FailedOpen: l.failedOpen.Load(),
		RedisErr:   l.store.circuit.failure(),
		Listening:  l.announcements.listening.Load(),
	}
}
