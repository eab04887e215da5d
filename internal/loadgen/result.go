package loadgen

import (
	"net/http"
	"time"
)

// Result is what came of one request.
type Result struct {
	Target Target
	// Due is when the request should have been sent; in a closed loop that is when
	// it was. Sent is when its first try began, Done when its last one ended.
	Due, Sent, Done time.Time
	// Status is that of the last answer, 0 without one.
	Status int
	// Header of the last answer.
	Header http.Header
	// Bytes of its body.
	Bytes int64
	// Sum is the XXH64 of its body, if Config.Checksum asks for it.
	Sum uint64
	// Problem and Reason are the words of a problem+json body (RFC 9457).
	Problem, Reason string
	// Retries after refusals.
	Retries int
	// Err is why the last try has no whole answer, Kind the word it is counted under.
	Err  error
	Kind string
}

// Latency is the time from when the request was due to its end.
func (r *Result) Latency() time.Duration { return r.Done.Sub(r.Due) }

// Refused tells answers that ask to come again later.
func (r *Result) Refused() bool {
	return r.Status == http.StatusTooManyRequests || r.Status == http.StatusServiceUnavailable
}

// OK tells a whole answer that holds what was asked for.
func (r *Result) OK() bool { return r.Err == nil && good(r.Status) }

// refusal is the word that a refusal is counted under.
func (r *Result) refusal() string {
	switch {
	case r.Problem != "" && r.Reason != "":
		return r.Problem + "/" + r.Reason
	case r.Problem != "":
		return r.Problem
	}
	return "without a reason"
}
