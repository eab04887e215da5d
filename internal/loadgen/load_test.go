package loadgen

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// transport answers in the time of a synctest bubble.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func answer(status int, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(header); i += 2 {
		h.Add(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader("picture"))}
}

// instant answers at once.
func instant(*http.Request) (*http.Response, error) { return answer(200), nil }

// targets gives n requests.
func targets(n int) Source {
	at := make([]time.Duration, n)
	return &targetsOf{moments{at}}
}

type targetsOf struct{ moments }

func (s *targetsOf) Next() (Target, error) {
	t, err := s.moments.Next()
	t.Method, t.URL = http.MethodGet, &url.URL{Scheme: "http", Host: "a", Path: "/"}
	return t, err
}

// load runs n requests in a bubble of its own and checks that it ends.
func load(t *testing.T, n int, change func(*Config)) (report Report) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cfg := DefaultConfig()
		change(&cfg)
		l, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		if report, err = l.Run(t.Context(), targets(n)); err != nil {
			t.Fatal(err)
		}
	})
	return report
}

func within(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if !(got >= low && got <= high) {
		t.Errorf("%s: %g; want %g to %g", what, got, low, high)
	}
}

// A server that stands still for one second of ten, and serves in no time else. Of
// those who come meanwhile half wait longer than half a second: one in twenty of all.
func stalls(from time.Time) transport {
	return func(*http.Request) (*http.Response, error) {
		if since := time.Since(from); since >= 4*time.Second && since < 5*time.Second {
			time.Sleep(5*time.Second - since)
		}
		return answer(200), nil
	}
}

func TestStallShowsInOpenLoop(t *testing.T) {
	t.Parallel()
	f := func(inFlight int) {
		t.Helper()
		r := load(t, 1000, func(c *Config) { c.Rate, c.MaxInFlight, c.Transport = 100, inFlight, stalls(time.Now()) })
		within(t, "requests", float64(r.Requests), 1000, 1000)
		within(t, "p50", r.Latency.All.P50, 0, 0.01)
		within(t, "p99", r.Latency.All.P99, 880, 920)
		within(t, "max", r.Latency.All.Max, 995, 1005)
		within(t, "mean", r.Latency.All.Mean, 49, 52)
	}
	f(1000) // the requests wait at the server
	f(1)    // or here, where nobody hides them
}

// The same server in a closed loop: one request of a thousand is slow. This is what
// counting from the moment of sending hides.
func TestStallHidesInClosedLoop(t *testing.T) {
	t.Parallel()
	r := load(t, 100_000, func(c *Config) {
		slow := stalls(time.Now())
		c.Concurrency, c.Duration = 1, 10*time.Second
		c.Transport = transport(func(r *http.Request) (*http.Response, error) {
			time.Sleep(10 * time.Millisecond)
			return slow(r)
		})
	})
	within(t, "requests", float64(r.Requests), 890, 910)
	within(t, "p99", r.Latency.All.P99, 9, 11)
	within(t, "max", r.Latency.All.Max, 990, 1011)
}

func TestPace(t *testing.T) {
	t.Parallel()
	f := func(name string, change func(*Config), requests int64, seconds float64, ended string) {
		t.Helper()
		r := load(t, 1000, func(c *Config) { c.Transport = transport(instant); change(c) })
		if r.Requests != requests || r.Ended != ended || math.Abs(r.Took-seconds) > 0.011 {
			t.Errorf("%s: %d requests in %.3f s, ended by %s; want %d in %.3f by %s", name, r.Requests, r.Took, r.Ended, requests, seconds, ended)
		}
	}
	f("rate", func(c *Config) { c.Rate = 100 }, 1000, 9.99, EndOfInput)
	f("limit", func(c *Config) { c.Rate, c.Limit = 100, 200 }, 200, 1.99, EndLimit)
	f("duration", func(c *Config) { c.Rate, c.Duration = 100, 2*time.Second }, 200, 1.99, EndDuration)
	f("slow rate", func(c *Config) { c.Rate, c.Limit = 0.5, 3 }, 3, 4, EndLimit)
	f("closed", func(c *Config) {
		c.Concurrency = 4
		c.Transport = transport(func(*http.Request) (*http.Response, error) {
			time.Sleep(10 * time.Millisecond)
			return answer(200), nil
		})
	}, 1000, 2.5, EndOfInput)
}

func TestPoisson(t *testing.T) {
	t.Parallel()
	gaps := func(seed uint64) (mean, deviation float64, first time.Duration) {
		next := newArrivals(Config{Rate: 100, Poisson: true, Seed: seed})
		last, n := 0.0, 100_000
		var sum, squares float64
		for i := range n {
			at := next(Target{})
			if i == 0 {
				first = at
			}
			gap := at.Seconds() - last
			last, sum, squares = at.Seconds(), sum+gap, squares+gap*gap
		}
		mean = sum / float64(n)
		return mean, math.Sqrt(squares/float64(n) - mean*mean), first
	}
	mean, deviation, first := gaps(1)
	within(t, "mean gap", mean, 0.0098, 0.0102)
	within(t, "deviation", deviation, 0.0098, 0.0102) // that of an exponential distribution is its mean
	if _, _, again := gaps(1); again != first {
		t.Errorf("the same seed gives %v and %v", first, again)
	}
	if _, _, other := gaps(2); other == first {
		t.Error("another seed gives the same")
	}
}

func TestReplay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cfg := DefaultConfig()
		cfg.Replay = 2
		begin := time.Now()
		var sent []time.Duration
		cfg.Transport = transport(instant)
		cfg.Observe = func(r *Result) { sent = append(sent, r.Sent.Sub(begin)) }
		l, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		src := &targetsOf{moments{[]time.Duration{0, time.Second, 3 * time.Second}}}
		if _, err := l.Run(t.Context(), src); err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(sent), "[0s 500ms 1.5s]"; got != want {
			t.Errorf("sent at %s; want %s", got, want)
		}
	})
}

// A server that takes a second for each, asked by at most ten at a time, a hundred
// times a second: what is not sent within the duration is told, not left out.
func TestTooSlowToBeAsked(t *testing.T) {
	t.Parallel()
	r := load(t, 1000, func(c *Config) {
		c.Rate, c.MaxInFlight, c.Duration = 100, 10, 5*time.Second
		c.Transport = transport(func(*http.Request) (*http.Response, error) {
			time.Sleep(time.Second)
			return answer(200), nil
		})
	})
	if r.Requests+r.Unsent != 500 {
		t.Errorf("%d sent and %d not; want 500 together", r.Requests, r.Unsent)
	}
	within(t, "sent", float64(r.Requests), 50, 60)
	within(t, "late", float64(r.Late), float64(r.Requests-11), float64(r.Requests-9))
	within(t, "max", r.Latency.All.Max, 5000, 6000)
}

func TestRetryRefused(t *testing.T) {
	t.Parallel()
	f := func(retries int, refusal *http.Response, refusals int, status string, seconds float64, tries int64) {
		t.Helper()
		var asked atomic.Int64
		r := load(t, 1, func(c *Config) {
			c.Rate, c.RetryRefused = 1, retries
			c.Transport = transport(func(*http.Request) (*http.Response, error) {
				if n := int(asked.Add(1)); n <= refusals {
					res := *refusal
					res.Body = io.NopCloser(strings.NewReader(`{"type":"limited","reason":"node_full"}`))
					return &res, nil
				}
				return answer(200), nil
			})
		})
		if r.Statuses[status] != 1 || math.Abs(r.Took-seconds) > 0.01 || asked.Load() != tries || r.Retries != tries-1 {
			t.Errorf("%v after %.2f s and %d tries; want %s after %.2f s and %d", r.Statuses, r.Took, asked.Load(), status, seconds, tries)
		}
		within(t, "latency", r.Latency.All.Max, 999*seconds-10, 1001*seconds+10)
	}
	f(0, answer(429, "Retry-After", "3"), 1, "429", 0, 1)
	f(2, answer(429, "Retry-After", "3"), 1, "200", 3, 2)
	f(2, answer(429, "Retry-After", "3"), 5, "429", 6, 3)
	f(1, answer(429), 1, "200", 1, 2)
	f(1, answer(503, "Retry-After", "2"), 1, "200", 2, 2)
	f(1, answer(503), 1, "503", 0, 1)
	f(1, answer(429, "Retry-After", "999999"), 1, "200", 60, 2) // bounded
	f(1, answer(500, "Retry-After", "2"), 1, "500", 0, 1)
}

func TestRetryAfterOfProblem(t *testing.T) {
	t.Parallel()
	first := true
	r := load(t, 1, func(c *Config) {
		c.Rate, c.RetryRefused = 1, 1
		c.Transport = transport(func(*http.Request) (*http.Response, error) {
			if first {
				first = false
				res := answer(429, "Retry-After", "1", "Content-Type", "application/problem+json")
				res.Body = io.NopCloser(strings.NewReader(`{"type":"limited","reason":"node_full","retry_after_ms":120}`))
				return res, nil
			}
			return answer(200), nil
		})
	})
	within(t, "latency", r.Latency.All.Max, 119, 121)
}

func TestStop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 1005*time.Millisecond)
		defer cancel()
		cfg := DefaultConfig()
		cfg.Rate = 100
		cfg.Transport = transport(func(r *http.Request) (*http.Response, error) {
			timer := time.NewTimer(500 * time.Millisecond)
			defer timer.Stop()
			select {
			case <-r.Context().Done():
				return nil, r.Context().Err()
			case <-timer.C:
				return answer(200), nil
			}
		})
		l, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		r, err := l.Run(ctx, targets(1000))
		if err != nil || r.Ended != EndStopped || r.Requests != 51 || r.OK != 51 || r.Stopped != 50 {
			t.Errorf("%v: %d requests, %d good, %d broken off, ended by %s; want 51, 51, 50 and stopped", err, r.Requests, r.OK, r.Stopped, r.Ended)
		}
	})
}

// A source that fails ends the load, and the report of what was done stays.
func TestSourceFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cfg := DefaultConfig()
		cfg.Concurrency, cfg.Transport = 2, transport(instant)
		l, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		broken := errors.New("disk on fire")
		r, err := l.Run(t.Context(), &failing{targets(3), broken})
		if !errors.Is(err, broken) || r.Requests != 3 {
			t.Errorf("%d requests, %v; want 3 and the source's error", r.Requests, err)
		}
	})
}

type failing struct {
	Source
	err error
}

func (f *failing) Next() (Target, error) {
	t, err := f.Source.Next()
	if errors.Is(err, io.EOF) {
		err = f.err
	}
	return t, err
}

func TestConfigValidate(t *testing.T) {
	t.Parallel()
	f := func(change func(*Config), want ...string) {
		t.Helper()
		c := DefaultConfig()
		change(&c)
		err := c.Validate()
		if len(want) == 0 && err != nil {
			t.Error(err)
		}
		for _, w := range want {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("%v; want %s", err, w)
			}
		}
	}
	f(func(c *Config) { c.Rate = 1 })
	f(func(c *Config) { c.Replay = 0.5 })
	f(func(c *Config) {}, "exactly one of them; found 0")
	f(func(c *Config) { c.Rate, c.Concurrency = 1, 1 }, "exactly one of them; found 2")
	f(func(c *Config) { c.Rate, c.Timeout, c.Limit = math.NaN(), 0, -1 }, "Rate", "Timeout", "Limit")
	f(func(c *Config) { c.Rate, c.Agent, c.Header = 1, "a\r\nb", http.Header{"X y": {"1"}, "Z": {"\n"}} }, "Agent", `"X y"`, "Z without")
}
