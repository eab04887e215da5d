package throttle

import (
	"slices"
	"sync"
)

// lines are the requests that wait for a lease in this process, one line per
// customer. Only the head of a line asks Redis: when it is woken, and now and
// then by itself. Safe for concurrent use.
type lines struct {
	max int // waiters per customer

	mu      sync.Mutex
	of      map[string][]*waiter // no customer has an empty line
	waiting int                  // in all lines
	arrival uint64               // number of the last arrival
	freed   uint64               // leases that came back in this process
}

// waiter is one request in a line.
type waiter struct {
	customer string
	number   uint64        // of its arrival
	wake     chan struct{} // holds one signal: ask now. Only a head gets any
	reason   Reason        // of its or its forerunner's last refusal, "" behind a head
}

// look reports whether a newcomer has to queue behind others, and a mark to
// hand to join.
func (l *lines) look(customer string) (mark uint64, queue bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.freed, len(l.of[customer]) > 0
}

// join puts a request at the end of its customer's line, unless that is full.
// The reason is that of its refusal since look gave the mark, "" when it has not
// asked. A lease that came back since look did so while this request stood in no
// line, and woke nobody for it: then a head asks again at once.
func (l *lines) join(customer string, mark uint64, reason Reason) (w *waiter, head, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	line := l.of[customer]
	if len(line) >= l.max {
		return nil, false, false
	}
	l.arrival++
	w = &waiter{customer: customer, number: l.arrival, wake: make(chan struct{}, 1), reason: reason}
	l.of[customer] = append(line, w)
	l.waiting++
	head = len(line) == 0
	if head && mark != l.freed {
		w.signal()
	}
	return w, head, true
}

// refused notes why Redis refused a head.
func (l *lines) refused(w *waiter, reason Reason) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w.reason = reason
}

// leave takes a waiter out, granted or not; the one behind a head follows.
func (l *lines) leave(w *waiter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	line := l.of[w.customer]
	at := slices.Index(line, w)
	line = slices.Delete(line, at, at+1)
	l.waiting--
	if len(line) == 0 {
		delete(l.of, w.customer)
		return
	}
	l.of[w.customer] = line
	if at == 0 {
		// Until it has asked, what stopped the one before stops it too.
		line[0].reason = w.reason
		line[0].signal()
	}
}

// free is told that a lease of a customer came back. It may suit the same
// customer's head, if that was refused for its own limit, and it is a place on
// the node for the head that has waited longest for one. The other heads are
// left alone: all of them asking for each lease would be most of Redis's work.
// What suits them beyond that they find out by themselves.
func (l *lines) free(customer string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.freed++
	if line := l.of[customer]; len(line) > 0 {
		line[0].signal()
	}
	var first *waiter
	for _, line := range l.of {
		if w := line[0]; w.reason == NodeFull && (first == nil || w.number < first.number) {
			first = w
		}
	}
	if first != nil {
		first.signal()
	}
}

// count is the number of waiters of one customer, and of all.
func (l *lines) count(customer string) (own, all int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.of[customer]), l.waiting
}

// headReason is why the head of a customer's line waits, as far as is known.
func (l *lines) headReason(customer string) Reason {
	l.mu.Lock()
	defer l.mu.Unlock()
	if line := l.of[customer]; len(line) > 0 && line[0].reason != "" {
		return line[0].reason
	}
	return CustomerConcurrency
}

// signal never blocks: one that is still unread says the same.
func (w *waiter) signal() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}
