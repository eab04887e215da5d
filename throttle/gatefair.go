package throttle

import "time"

// How far a customer may be from the even share, in nanoseconds of slot time:
// what it has used beyond that is forgotten, so that nobody pays for ever, and
// so is what it has not used.
const (
	mostOwed   = float64(10 * time.Second) // either way
	mostCredit = float64(time.Second)      // of one that does not wait for all of its share
)

// fairQueue shares the slots between customers by the time they have had them:
// next is the head of the line of whoever has been charged least. Its owner's
// lock guards it.
//
// The charge is wall time in the slot. Renders compute, and there are no more
// slots than CPUs, so it is nearly CPU time; and where it is not, the slot was
// taken from the others all the same. What a render will take is not known
// before it ends: at its start its customer is charged the mean of its own
// renders, so that one that sends many at once does not get many slots on
// credit. A render that takes longer is charged as it goes, and at the end the
// charge is what it took.
//
// even is the slot time that each busy customer would have had in an exactly
// even sharing: the virtual time of fair queueing. A customer that becomes busy
// starts there, whatever it used or did not use before, so no credit can be
// saved up. Two things move it. It goes on while renders run, at the pace of an
// even share, so that customers that come one after the other cannot keep an
// older one from its turn. And it is never behind a customer that starts a
// render, nor behind the last one when nobody is left (start-time fair queueing;
// Goyal, Vin and Cheng, 1996): whoever used more than its share because the
// others left it over owes them nothing.
type fairQueue struct {
	even    float64
	at      time.Duration // until when even and the accounts are reckoned
	busy    int           // customers that run or wait
	entries int           // waiting renders of all customers
	waiting leastCharged
	running []*entry
}

// advance reckons the time that has passed: O(slots).
func (q *fairQueue) advance(now time.Duration) {
	passed := now - q.at
	if passed <= 0 {
		return
	}
	q.at = now
	if len(q.running) == 0 {
		return
	}
	q.even += float64(passed) * float64(len(q.running)) / float64(q.busy)
	for _, e := range q.running {
		a := e.account
		a.served += float64(passed)
		ahead := min(passed, e.expected)
		e.expected -= ahead
		a.expected -= float64(ahead)
		if ahead < passed && a.line.len > 0 {
			q.waiting.fix(a)
		}
	}
}

// join puts a render at the end of its customer's line.
func (q *fairQueue) join(e *entry, now time.Duration) {
	q.advance(now)
	a := e.account
	switch {
	case !a.busy():
		q.busy++
		a.served = max(a.served, q.even)
	case a.line.len == 0:
		a.served = max(a.served, q.even-mostCredit)
	}
	a.line.push(e)
	q.entries++
	if a.line.len == 1 {
		q.waiting.push(a)
	}
}

// start takes a head out of its line and into a slot, and charges what it is
// expected to take.
func (q *fairQueue) start(e *entry, expected, now time.Duration) {
	a := e.account
	q.unline(e)
	e.state, e.since, e.expected = running, now, expected
	e.index = len(q.running)
	q.running = append(q.running, e)
	a.running++
	a.expected += float64(expected)
	q.even = max(q.even, a.served)
	q.settle(a)
}

// stop takes a render out of its slot, and leaves the charge at what it took.
func (q *fairQueue) stop(e *entry, now time.Duration) {
	q.advance(now)
	a := e.account
	last := len(q.running) - 1
	q.running[e.index] = q.running[last]
	q.running[e.index].index = e.index
	q.running[last] = nil
	q.running = q.running[:last]
	e.state = gone
	a.running--
	a.expected -= float64(e.expected)
	q.settle(a)
	if !a.busy() {
		q.busy--
	}
	if q.busy == 0 {
		q.even = max(q.even, a.served)
	}
}

// withdraw takes a render out of its line for good.
func (q *fairQueue) withdraw(e *entry) {
	q.unline(e)
	e.state = gone
	if !e.account.busy() {
		q.busy--
	}
}

func (q *fairQueue) unline(e *entry) {
	a := e.account
	a.line.remove(e)
	q.entries--
	if a.line.len == 0 {
		q.waiting.remove(a)
	} else {
		q.waiting.fix(a) // the new head came later
	}
}

// settle forgets what is beyond mostOwed, and puts a customer whose charge has
// changed into its place.
func (q *fairQueue) settle(a *account) {
	a.served = min(max(a.served, q.even-mostOwed), q.even+mostOwed)
	if a.line.len > 0 {
		q.waiting.fix(a)
	}
}

// before estimates the slot time that is given away before a newcomer of this
// customer starts: its own line, and of each other line what stands before the
// end of that in fair order. The customer is nil when it has no account, mean
// stands in for customers of whose renders nothing is known. O(waiting customers).
func (q *fairQueue) before(a *account, mean time.Duration) float64 {
	own, start := 0.0, q.even
	if a != nil {
		own = float64(a.line.len) * float64(a.mean.or(mean))
		start = max(start, a.charged()) + own
	}
	work := own
	for _, other := range q.waiting {
		if other != a {
			wants := float64(other.line.len) * float64(other.mean.or(mean))
			work += min(wants, max(0, start-other.charged()))
		}
	}
	return work
}
