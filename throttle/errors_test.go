package throttle_test

import (
	"testing"
	"time"

	"github.com/adloom/adloom/throttle"
)

func TestLimitedErrorText(t *testing.T) {
	t.Parallel()
	f := func(e *throttle.LimitedError, want string) {
		t.Helper()
		if got := e.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	f(throttle.PausedError("acme", ""), `paused: an operator has paused customer "acme", retry in 1m0s`)
	f(throttle.PausedError("acme", "link"), `paused: an operator has paused template "link" of customer "acme", retry in 1m0s`)
	f(&throttle.LimitedError{Customer: "acme", Reason: throttle.CustomerConcurrency, Limit: 4, RetryAfter: 1500 * time.Microsecond},
		`customer_concurrency: limit of 4 reached by customer "acme", retry in 2ms`)
	f(&throttle.LimitedError{Reason: throttle.NodeFull, RetryAfter: time.Second}, `node_full, retry in 1s`)
	f(&throttle.LimitedError{Customer: "acme", Reason: throttle.NodeFull, Limit: 64, RetryAfter: time.Second},
		`node_full: limit of 64 reached, retry in 1s`)
}
