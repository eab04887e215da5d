package loadgen

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Config is how requests are sent. Exactly one of Rate, Concurrency and Replay says
// when.
type Config struct {
	// Rate is how many requests are due each second, whatever the answers.
	Rate float64
	// Poisson lets them come as independent visitors do, Rate in the mean. Without
	// it they come evenly.
	Poisson bool
	// Seed of the chance in that.
	Seed uint64
	// Concurrency is how many requests run at any moment; each answer lets the next
	// one go.
	Concurrency int
	// Replay lets requests come when their log says, Replay times as fast. 0 is off.
	Replay float64

	// MaxInFlight bounds the requests that wait for an answer in an open loop. One
	// that is due beyond it waits, and its wait counts. Default 1000.
	MaxInFlight int
	// Limit is how many requests are sent at most. 0 is no limit.
	Limit int64
	// Duration ends the sending. 0 is no limit.
	Duration time.Duration
	// Timeout bounds each try, from sending to the last byte. Default 30 s.
	Timeout time.Duration
	// RetryRefused is how often a request is sent again that was answered 429, or 503
	// with Retry-After, after the wait that the answer asks for. Default 0.
	RetryRefused int
	// MaxRetryWait bounds that wait. Default 60 s.
	MaxRetryWait time.Duration

	// Agent is the User-Agent of requests. Default "adloom-loadgen".
	Agent string
	// KeepAgent sends the agents that targets bring in its place.
	KeepAgent bool
	// Header goes with each request.
	Header http.Header
	// TLS is the configuration of connections to https URLs. Default Go's own.
	TLS *tls.Config
	// Checksum asks for the SHA-256 of each body.
	Checksum bool
	// Transport sends the requests, if set, in place of the client of this package.
	Transport http.RoundTripper
	// Observe, if set, is told of each request. Calls come one at a time and hold up
	// the next; the result is not valid afterwards.
	Observe func(*Result)
}

// DefaultConfig returns the defaults that the fields of Config name. When requests
// are sent is still to be said.
func DefaultConfig() Config {
	return Config{MaxInFlight: 1000, Timeout: 30 * time.Second, MaxRetryWait: time.Minute, Agent: "adloom-loadgen"}
}

// Validate names every mistake.
func (c Config) Validate() error {
	var errs []error
	expect := func(ok bool, field, want string, found any) {
		if !ok {
			errs = append(errs, fmt.Errorf("loadgen.Config.%s: expected %s; found %v", field, want, found))
		}
	}
	modes := 0
	for _, set := range []bool{c.Rate != 0, c.Concurrency != 0, c.Replay != 0} {
		if set {
			modes++
		}
	}
	expect(modes == 1, "Rate, Concurrency, Replay", "exactly one of them", modes)
	expect(c.Rate == 0 || c.Rate >= minRate && c.Rate <= maxRate, "Rate", fmt.Sprintf("%g to %g a second", minRate, maxRate), c.Rate)
	expect(c.Replay == 0 || c.Replay >= 0.001 && c.Replay <= 1e6, "Replay", "0.001 to 1000000", c.Replay)
	expect(c.Concurrency >= 0 && c.Concurrency <= maxInFlight, "Concurrency", fmt.Sprintf("0 to %d", maxInFlight), c.Concurrency)
	expect(c.MaxInFlight >= 1 && c.MaxInFlight <= maxInFlight, "MaxInFlight", fmt.Sprintf("1 to %d", maxInFlight), c.MaxInFlight)
	expect(c.Limit >= 0, "Limit", "at least 0", c.Limit)
	expect(c.Duration >= 0, "Duration", "at least 0", c.Duration)
	expect(c.Timeout > 0, "Timeout", "more than 0", c.Timeout)
	expect(c.RetryRefused >= 0, "RetryRefused", "at least 0", c.RetryRefused)
	expect(c.MaxRetryWait >= 0, "MaxRetryWait", "at least 0", c.MaxRetryWait)
	expect(plain(c.Agent), "Agent", "a text without control characters", quote(c.Agent))
	for name, values := range c.Header {
		expect(token(name), "Header", "the name of a header", quote(name))
		for _, value := range values {
			expect(plain(value), "Header", name+" without control characters", quote(value))
		}
	}
	return errors.Join(errs...)
}

const (
	minRate     = 0.001
	maxRate     = 1e6
	maxInFlight = 100_000
)

// plain is what a header's value may be (RFC 9110, 5.5).
func plain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}

// token is what a header's name may be (RFC 9110, 5.6.2).
func token(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	})
}
