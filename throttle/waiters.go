package throttle

import (
	"sync"
	"time"
)

// waiters are the bids of this process that have no lease yet. Safe for
// concurrent use.
//
// A bid is here before Redis is asked for it, because a lease may be announced
// before the answer that it has to wait has been read. Signals stay until they
// are read, so none is missed by a waiter that is busy asking. A lease announced
// to nobody is no loss: its waiter has left, and leaving gives it back.
type waiters struct {
	mu      sync.Mutex
	of      map[string]*waiter // by the id of the bid
	lookout *waiter            // see sooner
	expiry  time.Time          // when the next lease expires, as far as is known
	asked   time.Time          // when one of them last asked Redis
}

// waiter is one bid in a process.
type waiter struct {
	id      string
	granted chan struct{} // holds one signal: the lease is there
	ask     chan struct{} // holds one signal: ask Redis how it stands
	watch   chan struct{} // holds one signal: go on the lookout

	resigned bool // see resign; guarded by waiters.mu
}

func (ws *waiters) add(id string) *waiter {
	w := &waiter{id: id, granted: make(chan struct{}, 1), ask: make(chan struct{}, 1), watch: make(chan struct{}, 1)}
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.of[id] = w
	return w
}

func (ws *waiters) remove(w *waiter) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	delete(ws.of, w.id)
	ws.relieve(w)
}

// resign says that w asks no more, so that another is on the lookout.
func (ws *waiters) resign(w *waiter) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	w.resigned = true
	ws.relieve(w)
}

// relieve puts any other waiter in the place of w on the lookout.
func (ws *waiters) relieve(w *waiter) {
	if ws.lookout != w {
		return
	}
	ws.lookout = nil
	for _, next := range ws.of {
		if !next.resigned {
			ws.lookout = next
			signal(next.watch)
			return
		}
	}
}

// grant tells a bid that its lease is there.
func (ws *waiters) grant(id string) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if w := ws.of[id]; w != nil {
		signal(w.granted)
	}
}

// askAll has all of them ask.
func (ws *waiters) askAll() {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	for _, w := range ws.of {
		signal(w.ask)
	}
}

// expires notes that Redis has just been asked, and that a lease of the node
// expires after so long; 0 means that this is not known.
func (ws *waiters) expires(after time.Duration) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.asked = time.Now()
	if after <= 0 {
		ws.expiry = time.Time{}
		return
	}
	// A lease whose deadline is now has expired, and after was rounded down to a
	// millisecond.
	ws.expiry = time.Now().Add(after + time.Millisecond)
}

// sooner returns when w has to ask: at the given time, or, when w is on the lookout,
// before that: when a lease expires, or nobody has asked for long. Only one waiter of the process is, for all
// who wait: whoever asks has the free places handed to those whose turn it is.
// Were it every waiter, a process that died with its leases would have hundreds
// of them ask for each.
func (ws *waiters) sooner(w *waiter, asks time.Time) time.Time {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.lookout == nil {
		ws.lookout = w
	}
	if ws.lookout != w {
		return asks
	}
	if !ws.expiry.IsZero() && ws.expiry.Before(asks) {
		asks = ws.expiry
	}
	if last := ws.asked.Add(jitter(fallBack)); last.Before(asks) {
		asks = last
	}
	return asks
}

// signal never blocks: one that is still unread says the same.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
