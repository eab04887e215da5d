package throttle

import (
	"errors"
	"fmt"
	"time"
)

// Reason says which limit refused a request. Its words are stable: callers and
// dashboards may compare them.
type Reason string

const (
	// CustomerConcurrency: this customer has as many requests here as it may.
	CustomerConcurrency Reason = "customer_concurrency"
	// CustomerSlowDownloads: this customer's shop has answered slowly too often in
	// the last minutes.
	CustomerSlowDownloads Reason = "customer_slow_downloads"
	// CustomerSlowRenders: this customer's renders have taken long too often in the
	// last minutes.
	CustomerSlowRenders Reason = "customer_slow_renders"
	// Paused: an operator has paused this customer, or the template.
	Paused Reason = "paused"
	// NodeFull: the node has all it can do, whoever asks.
	NodeFull Reason = "node_full"
)

// Reasons lists all.
func Reasons() []Reason {
	return []Reason{CustomerConcurrency, CustomerSlowDownloads, CustomerSlowRenders, Paused, NodeFull}
}

// LimitedError is a refusal: the request was in order, and may come again.
type LimitedError struct {
	Customer string // who was refused; may be empty for NodeFull, which is nobody's own doing
	Reason   Reason
	Template string // only when it alone is Paused
	Limit    int    // the number that was reached; 0 when the limit is an age or there is none
	// RetryAfter estimates when the same request would be let in, from how long
	// the ones before it took and how many are waiting. For what was slow it is
	// the time until enough of it is forgotten, and for what is paused a minute: nobody
	// knows until when. It is above zero and not rounded.
	RetryAfter time.Duration
}

// PausedError is the refusal of a request for a template of a customer that is
// paused, or of all its requests when template is empty.
func PausedError(customer, template string) *LimitedError {
	return &LimitedError{Customer: customer, Template: template, Reason: Paused, RetryAfter: time.Minute}
}

func (e *LimitedError) Error() string {
	text := string(e.Reason)
	if e.Limit > 0 {
		text += fmt.Sprintf(": limit of %d reached", e.Limit)
	}
	switch {
	case e.Reason == Paused && e.Template != "":
		text += fmt.Sprintf(": an operator has paused template %q of customer %q", e.Template, e.Customer)
	case e.Reason == Paused:
		text += fmt.Sprintf(": an operator has paused customer %q", e.Customer)
	case e.Customer != "" && e.Reason != NodeFull:
		text += fmt.Sprintf(" by customer %q", e.Customer)
	}
	return text + fmt.Sprintf(", retry in %v", e.RetryAfter.Round(time.Millisecond))
}

// ErrTooLarge means that a render needs more memory than the whole budget, so
// that waiting is of no use.
var ErrTooLarge = errors.New("render needs more memory than the node gives to all renders")
