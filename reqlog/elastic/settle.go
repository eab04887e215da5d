package elastic

import (
	"fmt"
	"net/http"
	"time"

	"github.com/olivere/elastic/v7"
)

// settle books what the cluster made of each document, and returns those that it may take another time.
func (s *sender) settle(batch []*document, answer *elastic.BulkResponse) (again []*document) {
	if answer == nil || len(answer.Items) != len(batch) {
		found := 0
		if answer != nil {
			found = len(answer.Items)
		}
		err := fmt.Errorf("expected an answer for each of %d documents, found %d", len(batch), found)
		return s.again(batch, len(batch) > 0, err) // a document that is there already is not created twice
	}
	var soft []*document
	var last error
	taken := false
	for i, item := range answer.Items {
		result := resultOf(item)
		switch {
		case result.Status >= 200 && result.Status <= 299, result.Status == http.StatusConflict: // it is there already
			s.done(batch[i], &s.indexed)
			taken = true
		case passing(result):
			soft = append(soft, batch[i])
			last = refusal(result)
		default:
			s.done(batch[i], &s.failed)
			s.tellRefused(refusal(result))
			taken = true
		}
	}
	return s.again(soft, taken, last)
}

// again counts an attempt of documents that were left while others were decided on, and gives up those that had enough.
func (s *sender) again(soft []*document, counts bool, err error) (again []*document) {
	for _, doc := range soft {
		if counts {
			doc.attempts++
		}
		if doc.attempts > s.cfg.Attempts {
			s.done(doc, &s.failed)
			s.tellRefused(err)
			continue
		}
		again = append(again, doc)
	}
	return again
}

// resultOf is the result of the one action of an item.
func resultOf(item map[string]*elastic.BulkResponseItem) *elastic.BulkResponseItem {
	for _, result := range item {
		if result != nil {
			return result
		}
	}
	return &elastic.BulkResponseItem{}
}

// passing says that the cluster may take the document another time.
func passing(r *elastic.BulkResponseItem) bool {
	switch r.Status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout,
		http.StatusInsufficientStorage:
		return true
	case http.StatusForbidden: // a full disk, as long as it is full
		return r.Error != nil && r.Error.Type == "cluster_block_exception"
	}
	return false
}

func refusal(r *elastic.BulkResponseItem) error {
	if r.Error == nil {
		return fmt.Errorf("%s in %s: status %d", r.Id, r.Index, r.Status)
	}
	return fmt.Errorf("%s in %s: status %d, %s: %s%s", r.Id, r.Index, r.Status, r.Error.Type, r.Error.Reason, cause(r.Error))
}

// cause is the reason below an error's reason.
func cause(e *elastic.ErrorDetails) string {
	if reason, ok := e.CausedBy["reason"].(string); ok {
		return " (" + reason + ")"
	}
	return ""
}

const seldom = time.Minute // between two reports of the same kind

// tellRefused reports a document that was refused, one for many.
func (s *sender) tellRefused(err error) {
	if now := time.Now(); now.Sub(s.toldDoc) >= seldom {
		s.toldDoc = now
		s.cfg.Report(Report{Message: "the cluster refuses request records; one of them", Err: err})
	}
}

// tellOnce reports what does not change.
func (s *sender) tellOnce(message string, err error) {
	if !s.told[message] {
		s.told[message] = true
		s.cfg.Report(Report{Message: message, Err: err})
	}
}

// away books that the cluster did not take a bulk.
func (s *sender) away(err error) {
	s.up.Store(false)
	if statusOf(err) != http.StatusTooManyRequests {
		s.installed = false // it may come back empty
	}
	if now := time.Now(); !s.down && now.Sub(s.toldDown) >= seldom {
		s.down, s.toldDown = true, now
		s.cfg.Report(Report{Message: "elasticsearch does not take request records: they wait, and are dropped when too many wait", Err: err})
	}
}

// reached books that it answered.
func (s *sender) reached() {
	s.up.Store(true)
	if s.down {
		s.down = false
		s.cfg.Report(Report{Message: "elasticsearch takes request records again"})
	}
}
