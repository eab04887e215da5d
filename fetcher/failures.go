package fetcher

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	mostFailures = 8192 // that are remembered: 6 MB at most
	failureText  = 512  // bytes of each
)

// failures remembers which photos cannot be had, so that an ad network that asks for a broken product again and again
// costs no downloads. It is bounded: keys are hashed, texts are cut, and the failure that nobody asked about for longest
// goes first. It is safe for concurrent use.
type failures struct {
	keep  time.Duration
	byKey *lru.Cache[failureKey, failure]
}

type failureKey [16]byte // of the URL's SHA-256: strangers cannot make two of them meet

type failure struct {
	cause *fault
	until time.Time
}

func newFailures(keep time.Duration) (*failures, error) {
	byKey, err := lru.New[failureKey, failure](mostFailures)
	if err != nil {
		return nil, fmt.Errorf("make room for remembered failures: %w", err)
	}
	return &failures{keep: keep, byKey: byKey}, nil
}

func keyOf(url string) failureKey {
	sum := sha256.Sum256([]byte(url))
	return failureKey(sum[:16])
}

// remember keeps what will not be better soon. A shop's trouble is not remembered here but by its breaker.
func (f *failures) remember(key string, cause *fault) {
	keep := f.keep
	switch {
	case isDead(cause):
		keep = min(deadTime, keep)
	case cause.temporary():
		return
	}
	if keep > 0 {
		f.byKey.Add(keyOf(key), failure{cause: cause.flat(), until: time.Now().Add(keep)})
	}
}

// recall returns the failure of key, or nil.
func (f *failures) recall(key string) error {
	k := keyOf(key)
	found, ok := f.byKey.Get(k)
	if !ok {
		return nil
	}
	left := time.Until(found.until)
	if left <= 0 {
		f.byKey.Remove(k)
		return nil
	}
	return found.cause.remembered(left)
}

// flat returns a copy that holds on to nothing but a short text.
func (f *fault) flat() *fault {
	return &fault{reason: f.reason, status: f.status, err: errors.New(cut(f.Error(), failureText))}
}

// remembered returns a copy that says for how much longer it stands.
func (f *fault) remembered(left time.Duration) *fault {
	return &fault{reason: f.reason, status: f.status, retryAfter: left, local: true,
		err: fmt.Errorf("%w (remembered for another %v)", f.err, shown(left))}
}
