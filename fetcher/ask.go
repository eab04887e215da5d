package fetcher

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ask gets an answer from the shop, or says without asking why there is none. It takes a place at the host, which it
// holds over a retry, so that those who wait for one see no more requests than places. Idly is for what nobody waits for.
func (f *Fetcher) ask(ctx context.Context, u *url.URL, key string, known head, idly bool) (got *downloaded, err error) {
	defer func() {
		switch cause := faultOf(err); {
		case cause == nil:
		case !cause.local:
			f.failures.remember(key, cause)
		case cause.reason == OriginLimited || cause.reason == NodeFull:
			f.counters.limited.Add(1)
		default:
			f.counters.remembered.Add(1)
		}
	}()
	if err := f.failures.recall(key); err != nil {
		return nil, err
	}
	host, done := f.origins.use(u)
	defer done()
	leave, err := host.enter(ctx, idly)
	if err != nil {
		return nil, err
	}
	defer leave()
	for try := 0; ; try++ {
		got, err := f.download(ctx, u, known, try > 0)
		if err == nil || try == f.cfg.Retries || !f.worthARetry(ctx, host, err) || !pause(ctx) {
			return got, err
		}
		f.counters.retries.Add(1)
	}
}

// badStatus notes when a shop wants to be asked again.
func badStatus(response *http.Response, now time.Time) *fault {
	bad := faultf(BadStatus, "expected status 200, found %s", response.Status)
	if tooBusy(response.StatusCode) {
		bad.retryAfter = retryAfter(response.Header.Get("Retry-After"), now)
	}
	return bad
}

// retryAfter reads the header of this name, seconds or a date (RFC 9110, 10.2.3). What cannot be read is 0, and nobody
// gets more than longestRest.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return min(time.Duration(seconds)*time.Second, longestRest)
	}
	date, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(date.Sub(now), 0), longestRest)
}
