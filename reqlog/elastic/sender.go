package elastic

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/olivere/elastic/v7"
)

// sender is the one goroutine that sends. It decides itself when the bulk processor commits and what is sent again: left
// alone, the processor adds to a bulk that failed, again and again, and tells of a bulk of which only some documents
// were taken what came of its last attempt.
type sender struct {
	*Sink
	client   *elastic.Client
	requests *http.Client

	processor *elastic.BulkProcessor
	discard   context.CancelFunc // ends what the processor still wants
	answer    *elastic.BulkResponse
	err       error

	installed bool
	pause     time.Duration // before the next attempt
	down      bool          // it was told that the cluster is away
	told      map[string]bool
	toldDown  time.Time
	toldDoc   time.Time
}

func newSender(s *Sink) (*sender, error) {
	client, requests, err := newClient(s.cfg)
	if err != nil {
		return nil, fmt.Errorf("elastic: %w", err)
	}
	return &sender{Sink: s, client: client, requests: requests, told: map[string]bool{}}, nil
}

func (s *sender) run() {
	defer s.requests.CloseIdleConnections()
	s.start()
	defer func() { s.stop() }()
	var again []*document
	for {
		batch, ok := s.collect(again)
		if !ok {
			return
		}
		if s.ctx.Err() != nil { // Close has given up
			for _, doc := range batch {
				s.done(doc, &s.dropped)
			}
			again = nil
			continue
		}
		again = s.deliver(batch)
	}
}

// start makes a bulk processor that commits when it is told to, and once.
func (s *sender) start() {
	var ctx context.Context
	ctx, s.discard = context.WithCancel(s.ctx)
	s.processor, _ = s.client.BulkProcessor().Workers(1).BulkActions(-1).BulkSize(-1).FlushInterval(0).
		Backoff(elastic.StopBackoff{}).RetryItemStatusCodes().
		After(func(_ int64, _ []elastic.BulkableRequest, answer *elastic.BulkResponse, err error) {
			s.answer, s.err = answer, err
		}).
		Do(ctx) // never fails
}

// stop ends the processor with whatever it holds.
func (s *sender) stop() {
	s.discard()
	_ = s.processor.Close() // never fails; what it still sends ends with its context
}

// collect waits for documents, those that are sent again first. False: there is nothing more, and nothing will come.
func (s *sender) collect(again []*document) (batch []*document, ok bool) {
	batch = again
	bytes := 0
	for _, doc := range batch {
		bytes += doc.size()
	}
	linger := time.NewTimer(s.cfg.Linger)
	defer linger.Stop()
	waits := len(batch) == 0
	if waits {
		select {
		case doc := <-s.queue:
			batch, bytes = append(batch, doc), doc.size()
			linger.Reset(s.cfg.Linger)
		case <-s.closing:
		}
	}
	for len(batch) < s.cfg.BulkDocuments && bytes < s.cfg.BulkBytes {
		select {
		case doc := <-s.queue:
			batch, bytes = append(batch, doc), bytes+doc.size()
			continue
		default:
		}
		if !waits {
			break
		}
		select {
		case doc := <-s.queue:
			batch, bytes = append(batch, doc), bytes+doc.size()
		case <-linger.C:
			waits = false
		case <-s.closing: // nobody sends any more
			waits = false
		}
	}
	return batch, len(batch) > 0
}

// deliver sends a batch until the cluster has decided on each document, or Close gives up. It returns those that are to
// be sent again with the next.
func (s *sender) deliver(batch []*document) (again []*document) {
	for _, doc := range batch {
		s.processor.Add(doc)
	}
	for s.ctx.Err() == nil {
		err := s.commit()
		switch {
		case err == nil:
			s.reached()
			if again = s.settle(batch, s.answer); len(again) > 0 {
				s.wait()
			} else {
				s.pause = 0
			}
			return again
		case statusOf(err) == http.StatusRequestEntityTooLarge, statusOf(err) == http.StatusBadRequest:
			// Refused as a whole: what is wrong with it is found by halves.
			s.reached()
			s.stop()
			s.start()
			if len(batch) == 1 {
				s.done(batch[0], &s.failed)
				s.tellRefused(err)
				s.wait() // a server that has this answer for everything is not asked at once for each document
				return nil
			}
			half := len(batch) / 2
			return append(s.deliver(batch[:half:half]), s.deliver(batch[half:])...)
		}
		s.away(err)
		s.wait()
	}
	s.stop()
	s.start()
	return batch
}

// commit sends what the processor holds. After a failure it still holds it.
func (s *sender) commit() error {
	if !s.installed {
		if err := s.install(s.ctx); err != nil {
			return fmt.Errorf("install the index template: %w", asAway(err))
		}
		s.installed = true
	}
	s.answer, s.err = nil, errors.New("the bulk processor did not commit")
	_ = s.processor.Flush() // never fails; After has been called when it returns
	return s.err
}

// asAway keeps the status of an installation from being taken for that of a bulk.
func asAway(err error) error { return errors.New(err.Error()) }

// wait lets the pause between attempts pass, each longer than the last.
func (s *sender) wait() {
	s.pause = min(max(2*s.pause, s.cfg.Retry), s.cfg.RetryMost)
	pause := time.Duration(float64(s.pause) * (.8 + .4*rand.Float64())) // so that nodes do not come all at once
	closing := s.closing
	select {
	case <-s.closing: // the last attempts follow closely
		closing, pause = nil, min(pause, s.cfg.Retry)
	default:
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-closing:
	case <-s.ctx.Done():
	}
}
