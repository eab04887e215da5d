package loadgen

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"
)

// maxProblem is how much of an error's body is looked at for its reason.
const maxProblem = 16 << 10

// fetch makes requests, one at a time, in memory of its own.
type fetch struct {
	load    *Load
	scratch []byte
	sum     *xxhash.Digest
}

// do makes a request and makes it again after refusals, as often as is allowed.
func (f *fetch) do(ctx context.Context, j job) Result {
	r := Result{Target: j.target, Due: j.due, Sent: time.Now()}
	if r.Due.IsZero() {
		r.Due = r.Sent
	}
	for {
		wait, again := f.try(ctx, &r)
		r.Done = time.Now()
		if !again || r.Retries == f.load.cfg.RetryRefused {
			return r
		}
		timer := time.NewTimer(min(wait, f.load.cfg.MaxRetryWait))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			r.Err = ctx.Err()
			return r
		}
		r.Retries++
	}
}

// try makes a request once. It tells whether the answer asks to come again, and when.
func (f *fetch) try(ctx context.Context, r *Result) (wait time.Duration, again bool) {
	ctx, cancel := context.WithTimeout(ctx, f.load.cfg.Timeout)
	defer cancel()
	r.Status, r.Header, r.Bytes, r.Problem, r.Reason, r.Err, r.Kind = 0, nil, 0, "", "", nil, ""
	res, err := f.load.transport.RoundTrip(f.request(ctx, r.Target))
	if err != nil {
		r.Err, r.Kind = err, kind(ctx, err)
		return 0, false
	}
	defer res.Body.Close() // what it could still say changes nothing
	r.Status, r.Header = res.StatusCode, res.Header
	problem, err := f.read(res, r)
	if err != nil {
		r.Err, r.Kind = err, kind(ctx, err)
		return 0, false
	}
	var p struct {
		Type, Reason string
		RetryAfter   int64 `json:"retry_after_ms"`
	}
	if len(problem) > 0 && json.Unmarshal(problem, &p) == nil { // else it has no reason
		r.Problem, r.Reason = word(p.Type), word(p.Reason)
	}
	if !r.Refused() {
		return 0, false
	}
	if p.RetryAfter > 0 {
		return time.Duration(min(p.RetryAfter, 1<<40)) * time.Millisecond, true
	}
	return retryAfter(res)
}

func (f *fetch) request(ctx context.Context, t Target) *http.Request {
	header := f.load.fixed
	if t.Agent != "" && f.load.cfg.KeepAgent {
		header = f.load.header(t.Agent)
	}
	host := t.URL.Host
	if h := header.Get("Host"); h != "" {
		host = h
	}
	r := &http.Request{Method: t.Method, URL: t.URL, Host: host, Header: header, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	return r.WithContext(ctx)
}

// read passes over a body. It returns the beginning of one that explains an error,
// valid until the next call.
func (f *fetch) read(res *http.Response, r *Result) (problem []byte, err error) {
	wanted := 0
	if res.StatusCode >= 400 && strings.Contains(res.Header.Get("Content-Type"), "json") {
		wanted = maxProblem
	}
	if f.load.cfg.Checksum {
		if f.sum == nil {
			f.sum = xxhash.New()
		}
		f.sum.Reset()
	}
	at := 0 // so much of scratch is kept
	for err == nil {
		var n int
		n, err = res.Body.Read(f.scratch[at:])
		if f.load.cfg.Checksum {
			_, _ = f.sum.Write(f.scratch[at : at+n]) // never fails
		}
		r.Bytes += int64(n)
		at = min(at+n, wanted)
	}
	if f.load.cfg.Checksum {
		r.Sum = f.sum.Sum64()
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return f.scratch[:at], err
}

// retryAfter reads the header of that name (RFC 9110, 10.2.3). A 429 without one may
// be tried again after a second, anything else may not.
func retryAfter(res *http.Response) (wait time.Duration, again bool) {
	value := res.Header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second, true
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(at)), true
	}
	return time.Second, res.StatusCode == http.StatusTooManyRequests
}
