package elastic

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/adloom/adloom/reqlog"
)

// Sink writes records to a cluster. It is safe for concurrent use.
type Sink struct {
	cfg   Config
	queue chan *document
	bytes atomic.Int64

	gate    sync.RWMutex // of the queue: who sends reads it
	shut    bool         // nobody sends any more
	closing chan struct{}
	closed  chan struct{}
	ctx     context.Context // of all requests; ends when Close gives up
	giveUp  context.CancelFunc

	written, indexed, failed, dropped atomic.Uint64
	up                                atomic.Bool
}

// document is one record on its way. It is what the bulk processor calls a bulkable request.
type document struct {
	lines    []string // action and document
	attempts int
}

func (d *document) String() string            { return d.lines[0] }
func (d *document) Source() ([]string, error) { return d.lines, nil }
func (d *document) size() int                 { return len(d.lines[0]) + len(d.lines[1]) + 2 }

// Stats are counts since the start. Written is the sum of Indexed, Failed, Dropped and Waiting.
type Stats struct {
	Written uint64
	Indexed uint64
	Failed  uint64 // that the cluster would not have
	Dropped uint64 // for which there was no room, or no time at the end
	Waiting int
	Up      bool // the last request was answered, or there was none yet
}

// New returns a sink that sends until Close. It does not wait for the cluster.
func New(cfg Config) (*Sink, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if cfg.Report == nil {
		cfg.Report = func(Report) {}
	}
	s := &Sink{cfg: cfg, queue: make(chan *document, cfg.Buffer), closing: make(chan struct{}), closed: make(chan struct{})}
	s.up.Store(true)
	s.ctx, s.giveUp = context.WithCancel(context.Background())
	sender, err := newSender(s)
	if err != nil {
		s.giveUp()
		return nil, err
	}
	go func() {
		defer close(s.closed)
		sender.run()
	}()
	return s, nil
}

// Write lets a record wait to be sent, or drops it.
func (s *Sink) Write(e reqlog.Entry) {
	s.written.Add(1)
	doc := newDocument(s.cfg.Prefix, e)
	size := int64(doc.size())
	if s.bytes.Add(size) > s.cfg.BufferBytes || !s.put(doc) {
		s.bytes.Add(-size)
		s.dropped.Add(1)
	}
}

func (s *Sink) put(doc *document) bool {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.shut {
		return false
	}
	select {
	case s.queue <- doc:
		return true
	default:
		return false
	}
}

// done books what became of a document, and gives back its room.
func (s *Sink) done(doc *document, count *atomic.Uint64) {
	s.bytes.Add(-int64(doc.size()))
	count.Add(1)
}

// Close sends what waits, for a few seconds at most; what is left then counts as dropped.
func (s *Sink) Close() {
	s.gate.Lock()
	if !s.shut {
		s.shut = true
		close(s.closing)
		timer := time.AfterFunc(s.cfg.CloseWithin, s.giveUp)
		defer timer.Stop()
	}
	s.gate.Unlock()
	<-s.closed
	s.giveUp()
}

// Stats returns the counts.
func (s *Sink) Stats() Stats {
	st := Stats{Indexed: s.indexed.Load(), Failed: s.failed.Load(), Dropped: s.dropped.Load(), Up: s.up.Load()}
	st.Written = s.written.Load() // last: each of the others was written before
	st.Waiting = int(st.Written - st.Indexed - st.Failed - st.Dropped)
	return st
}
