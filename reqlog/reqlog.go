// Package reqlog keeps records of requests: a share of the successes, chosen by a hash of the request's ID, and all
// failures until the budget of their customer for the minute is used up. A kept record carries its weight, how many
// requests it stands for, and what is dropped beyond the sampling is told once a customer and minute, so that sums of
// weights over the log stay true.
//
// Add never waits and does no I/O. One goroutine asks for the budgets, many records in one call, and hands what is kept
// to the sinks. What may wait for it is bounded, by records and by bytes; what comes beyond is dropped and counted. When
// the common budget cannot be asked, this process goes by its own account. A sink that is in trouble counts that itself.
package reqlog

import (
	"sync"
	"sync/atomic"
	"time"
)

// Sink takes kept records. Write must not block for long, and must not keep what the entry refers to after it returns.
// It is called by one goroutine.
type Sink interface{ Write(e Entry) }

// Log samples records and hands them to its sinks. It is safe for concurrent use.
type Log struct {
	cfg   Config
	sinks []Sink

	accounts *accounts
	queue    chan item
	bytes    atomic.Int64 // of the records that wait
	waiting  atomic.Int64

	gate    sync.RWMutex // of the queue: who sends reads it
	shut    bool         // nobody sends any more
	closing chan struct{}
	closed  chan struct{}
	spoken  uint64 // summaries written; of the writing goroutine
	nonce   string

	kept, sampled, budget, buffer, summaries, spendErrors atomic.Uint64
}

// item is one record that waits to be written.
type item struct {
	record *Record
	weight float64
	bytes  int64
	failed bool
	budget int // of its customer, of a failure
}

// New returns a log that writes to the sinks until Close.
func New(cfg Config, sinks ...Sink) (*Log, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	l := &Log{
		cfg: cfg, sinks: sinks, accounts: newAccounts(customersKnown), queue: make(chan item, cfg.Buffer),
		closing: make(chan struct{}), closed: make(chan struct{}), nonce: newNonce(),
	}
	go l.write()
	return l, nil
}

// Add keeps or drops a record. Nobody may change it any more.
func (l *Log) Add(r *Record) {
	customer := r.Account()
	if !r.Failed() {
		weight := sample(r.RequestID, l.cfg.Share(customer))
		if weight == 0 {
			l.sampled.Add(1)
			return
		}
		l.enqueue(item{record: r, weight: weight})
		return
	}
	budget := l.cfg.Budget(customer)
	if !l.accounts.admit(customer, minuteOf(time.Now()), budget, kindOf(r)) {
		l.budget.Add(1)
		return
	}
	l.enqueue(item{record: r, weight: 1, failed: true, budget: budget})
}

// enqueue lets a record wait to be written, or counts that there is no room.
func (l *Log) enqueue(it item) {
	it.bytes = sizeOf(it.record)
	if l.bytes.Add(it.bytes) <= maxWaitingBytes && l.send(it) {
		return
	}
	l.bytes.Add(-it.bytes)
	l.buffer.Add(1)
	l.accounts.crowdedOut(it, minuteOf(time.Now()))
}

func (l *Log) send(it item) bool {
	l.gate.RLock()
	defer l.gate.RUnlock()
	if l.shut {
		return false
	}
	l.waiting.Add(1)
	select {
	case l.queue <- it:
		return true
	default:
		l.waiting.Add(-1)
		return false
	}
}

// Close writes what waits, then what there is to tell of what was dropped. Records that are added later are dropped.
// The sinks are not closed. When one of them hangs, Close gives up after a while: then done is false, what waits is lost
// with the process, and the sink is still being written to.
func (l *Log) Close() (done bool) {
	l.gate.Lock()
	if !l.shut {
		l.shut = true
		close(l.closing)
	}
	l.gate.Unlock()
	timer := time.NewTimer(closeWithin)
	defer timer.Stop()
	select {
	case <-l.closed:
		return true
	case <-timer.C:
		return false
	}
}

// Stats are counts since the start. Of the records that were added, each is kept, dropped for one cause, or waits.
type Stats struct {
	Kept uint64 // handed to the sinks

	Sampled uint64 // successes that their share left out
	Budget  uint64 // failures beyond their customer's budget
	Buffer  uint64 // dropped because too many waited

	Waiting     int
	Summaries   uint64 // records that tell what was dropped
	SpendErrors uint64 // calls of Spend that failed
}

// Stats returns the counts.
func (l *Log) Stats() Stats {
	return Stats{
		Kept: l.kept.Load(), Sampled: l.sampled.Load(), Budget: l.budget.Load(), Buffer: l.buffer.Load(),
		Waiting: int(l.waiting.Load()), Summaries: l.summaries.Load(), SpendErrors: l.spendErrors.Load(),
	}
}
