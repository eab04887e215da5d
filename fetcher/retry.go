package fetcher

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"syscall"
	"time"
)

const (
	retryPause = 250 * time.Millisecond // at most; the pause is random from 0, so that many do not come back at once
	retryShare = 0.1                    // retries that a request earns
	mostSaved  = 10                     // retries of a host that may be saved up
)

// worthARetry decides on a retry after err. A GET may be repeated as such, but not everything gets better by it:
//
//   - only failures that come fast and pass: a connection refused, reset or closed before the answer, a name server that
//     asks to be asked again, 502, 503 and 504 unless the shop says when to come back. A shop that is slow is not asked
//     twice, and a body that has begun is not fetched again. (The transport itself repeats a request on a connection
//     that had been idle and turned out to be closed.)
//   - only while half of the time is left;
//   - only when the host is well, nobody is waiting for one of its places, and retries are no more than a tenth of its
//     requests, so that a shop in trouble does not get double load.
func (f *Fetcher) worthARetry(ctx context.Context, host *origin, err error) bool {
	cause := faultOf(err)
	if ctx.Err() != nil || cause == nil || cause.local || !passing(cause) {
		return false
	}
	if end, ok := ctx.Deadline(); ok && time.Until(end) < f.cfg.Timeout/2 {
		return false
	}
	return host.spendRetry()
}

// passing says that a failure is of the kind that a second request may not meet.
func passing(cause *fault) bool {
	var dns *net.DNSError
	switch cause.reason {
	case Connect, Broken:
		return errors.Is(cause.err, syscall.ECONNREFUSED) || errors.Is(cause.err, syscall.ECONNRESET) ||
			errors.Is(cause.err, syscall.EPIPE) || errors.Is(cause.err, io.EOF) || errors.Is(cause.err, io.ErrUnexpectedEOF)
	case DNS:
		return errors.As(cause.err, &dns) && dns.IsTemporary && !dns.IsTimeout
	case BadStatus:
		gateway := cause.status == http.StatusBadGateway || cause.status == http.StatusServiceUnavailable || cause.status == http.StatusGatewayTimeout
		return gateway && cause.retryAfter == 0
	}
	return false
}

// pause waits a moment and says whether ctx lasts.
func pause(ctx context.Context) bool {
	moment := time.NewTimer(rand.N(retryPause))
	defer moment.Stop()
	select {
	case <-moment.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// earnRetry is called for each request that is not a retry. Mu is held.
func (o *origin) earnRetry() { o.retries = min(o.retries+retryShare, mostSaved) }

// spendRetry says whether the host can do with one request more, and takes it off its account.
func (o *origin) spendRetry() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.broken || o.retries < 1 || o.queue.Len() > 0 || time.Now().Before(o.restUntil) {
		return false
	}
	o.retries--
	return true
}
