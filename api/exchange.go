package api

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/adloom/adloom/reqlog"
)

// exchange is one request and its answer as they are measured.
type exchange struct {
	record reqlog.Record
	laps
}

// serverTiming writes the stages as the header of that name (W3C Server Timing).
func (x *exchange) serverTiming() string {
	parts := make([]string, len(x.stages))
	for i, s := range x.stages {
		parts[i] = fmt.Sprintf("%s;dur=%.2f", s.Name, float64(s.Took.Microseconds())/1000)
	}
	return strings.Join(parts, ", ")
}

// clientGone stands in logs and metrics for requests whose client left. It is also what
// little is written to it: one that has only ended its half of the connection still
// listens, and without an answer net/http would tell it 200 and nothing more.
const clientGone = 499

type handler func(w http.ResponseWriter, r *http.Request, x *exchange) error

// endpoint wraps a handler that returns its errors: here they become answers, and
// every request is measured and recorded.
func (a *API) endpoint(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		x := &exchange{laps: laps{last: start}, record: reqlog.Record{Time: start, RequestID: newRequestID(), Agent: shorten(r.UserAgent()), Status: http.StatusOK}}
		x.record.Client, x.record.Parent = client(r, a.cfg.TrustedProxies)
		w.Header().Set("X-Request-Id", x.record.RequestID)
		if a.Draining() {
			w.Header().Set("Connection", "close") // so that the client's next request goes elsewhere
		}
		a.metrics.running.Inc()
		defer a.metrics.running.Dec()

		err := a.guard(h, w, r, x)
		switch {
		case err == nil:
		case r.Context().Err() != nil && !errors.Is(err, errClientGone): // nothing is sent yet
			x.record.Status, x.record.Error = clientGone, "client_gone"
			w.Header().Set("Cache-Control", "no-store")
			w.WriteHeader(clientGone)
		default:
			a.fail(w, x, err)
		}
		x.record.Total, x.record.Stages, x.record.Steps = time.Since(start), x.stages, x.steps
		a.metrics.Add(&x.record)
		for _, watcher := range a.parts.Watchers {
			watcher.Add(&x.record)
		}
	})
}

// guard turns a panic into an error: one product's picture must not end the node.
func (a *API) guard(h handler, w http.ResponseWriter, r *http.Request, x *exchange) (err error) {
	defer func() {
		if v := recover(); v != nil {
			a.metrics.panics.Inc()
			a.parts.Log.Error("panic", zap.String("request_id", x.record.RequestID), zap.Any("value", v), zap.ByteString("stack", debug.Stack()))
			err = errors.New("panic")
		}
	}()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return errMethod
	}
	return h(w, r, x)
}

// newRequestID is 16 hex digits of chance. It is never taken from the client: it
// stands in logs.
func newRequestID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

func shorten(s string) string {
	const most = 200
	if len(s) > most {
		s = s[:most]
	}
	return strings.ToValidUTF8(s, "�")
}
