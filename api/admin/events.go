package admin

import (
	"encoding/json"
	"fmt"
	"net/http"
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
	stream := http.NewResponseController(w)
	tick := time.NewTicker(stateEvery)
	defer tick.Stop()
	for n := 0; ; n++ {
		// A session that has ended, or a token that was changed, ends the stream as well.
		if a.sessions.who(r) == "" {
			return
		}
		_ = stream.SetWriteDeadline(time.Now().Add(writeTimeout)) // a reader who hangs is left
		if n%historyEvery == 0 && event(w, "history", a.parts.Console.History()) != nil {
			return
		}
		if event(w, "state", a.parts.Console.State(r.Context())) != nil || stream.Flush() != nil {
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

func event(w http.ResponseWriter, name string, data any) error {
	text, err := json.Marshal(data) // has no line breaks
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "event: %s\ndata: %s\n\n", name, text)
	return err
}
