package throttle

import "sync"

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
	lookout *waiter            // see onLookout
}

// waiter is one bid in a process.
type waiter struct {
	id      string
	granted chan struct{} // holds one signal: the lease is there
	ask     chan struct{} // holds one signal: ask Redis how it stands
}

func (ws *waiters) add(id string) *waiter {
	w := &waiter{id: id, granted: make(chan struct{}, 1), ask: make(chan struct{}, 1)}
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.of[id] = w
	return w
}

func (ws *waiters) remove(w *waiter) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	delete(ws.of, w.id)
	if ws.lookout == w {
		ws.lookout = nil
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

// onLookout reports whether w is the one waiter of the process that asks as soon
// as a lease expires, for all who wait: whoever asks has the free places handed
// to those whose turn it is. Were it every waiter, one process that died with
// its leases would have hundreds of them ask for each.
func (ws *waiters) onLookout(w *waiter) bool {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.lookout == nil {
		ws.lookout = w
	}
	return ws.lookout == w
}

// signal never blocks: one that is still unread says the same.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
