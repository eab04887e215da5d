package throttle

import (
	"math"
	"time"
)

// account is what the gate knows of one customer.
type account struct {
	customer string
	inside   int   // requests
	held     int64 // memory of those, outside of slots

	// served is the slot time that the customer has had, on the scale of
	// fairQueue.even, and expected what its running renders are still charged for
	// beforehand. Both are nanoseconds, and floats because the slots of a big
	// machine would overflow an integer within a year.
	served   float64
	expected float64
	mean     average // of its renders
	running  int
	line     line
	place    int // in fairQueue.waiting, meaningful while the line is not empty

	resting   bool // in the list of accounts that have nothing in the gate
	restSince time.Duration
	newer     *account
	older     *account
}

// charged orders the customers: who has been charged least is next.
func (a *account) charged() float64 { return a.served + a.expected }

// busy reports whether the customer takes part in the sharing of slots.
func (a *account) busy() bool { return a.running > 0 || a.line.len > 0 }

// line is the renders of a customer that wait, in the order in which they came.
type line struct {
	head, tail *entry
	len        int
}

func (l *line) push(e *entry) {
	if e.prev = l.tail; e.prev != nil {
		e.prev.next = e
	} else {
		l.head = e
	}
	l.tail = e
	l.len++
}

func (l *line) remove(e *entry) {
	if e.prev != nil {
		e.prev.next = e.next
	} else {
		l.head = e.next
	}
	if e.next != nil {
		e.next.prev = e.prev
	} else {
		l.tail = e.prev
	}
	e.prev, e.next = nil, nil
	l.len--
}

// average is a moving mean of which the last ten or so values weigh most. The
// zero value has seen nothing.
type average struct{ mean time.Duration }

func (v *average) add(d time.Duration) {
	if v.mean == 0 {
		v.mean = d
		return
	}
	v.mean = max(1, v.mean+time.Duration(math.Round(float64(d-v.mean)/8)))
}

// or is the mean, or guess when nothing has been seen.
func (v *average) or(guess time.Duration) time.Duration {
	if v.mean == 0 {
		return guess
	}
	return v.mean
}
