package admin

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

const (
	stateEvery   = time.Second
	historyEvery = 10 // states
	writeTimeout = 5 * time.Second
)

// events sends states as server-sent events (HTML, 9.2), one a second, until the browser leaves.
func (a *Admin) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would gather them
	to := newStream(w, r)
	tick := time.NewTicker(stateEvery)
	defer tick.Stop()
	for n := 0; ; n++ {
		// A session that has ended, or a token that was changed, ends the stream as well.
		if a.sessions.who(r) == "" {
			return
		}
		_ = to.http.SetWriteDeadline(time.Now().Add(writeTimeout)) // a reader who hangs is left
		if n%historyEvery == 0 && to.event("history", a.parts.Console.History()) != nil {
			return
		}
		if to.event("state", a.parts.Console.State(r.Context())) != nil || to.flush() != nil {
			return
		}
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		case <-a.stopped:
			return
		}
	}
}

// stream writes events, compressed for those who can read that: a state of many customers is 100 KB, a second, to a phone.
type stream struct {
	http *http.ResponseController
	to   io.Writer
	gzip *gzip.Writer // nil: not compressed
}

func newStream(w http.ResponseWriter, r *http.Request) *stream {
	s := &stream{http: http.NewResponseController(w), to: w}
	w.Header().Add("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		s.gzip, _ = gzip.NewWriterLevel(w, gzip.BestSpeed) // a level that there is
		s.to = s.gzip
	}
	return s
}

func (s *stream) event(name string, data any) error {
	text, err := json.Marshal(data) // has no line breaks
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.to, "event: %s\ndata: %s\n\n", name, text)
	return err
}

func (s *stream) flush() error {
	if s.gzip != nil {
		if err := s.gzip.Flush(); err != nil {
			return err
		}
	}
	return s.http.Flush()
}
