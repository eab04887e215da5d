package diskcache

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

const (
	firstWait   = time.Second      // after the disk refused a write, until one is tried again
	longestWait = 15 * time.Second // the wait doubles up to this
)

// RefusedError means that the disk refused a write a moment ago (it is full, read-only, broken or not there) and was
// not asked again. It wraps the disk's error, as syscall.ENOSPC.
type RefusedError struct {
	Cause error
	After time.Duration // when a write will be tried again
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("the disk refuses writes, next attempt in %v: %v", e.After.Round(time.Millisecond), e.Cause)
}

func (e *RefusedError) Unwrap() error { return e.Cause }

// diskError is an error of the disk, not of a body or a caller.
type diskError struct{ error }

func (e diskError) Unwrap() error { return e.error }

func onDisk(err error) error { return diskError{err} }

// refuses says that err is the disk's and will meet other files, too.
func refuses(err error) bool {
	if !errors.As(err, &diskError{}) {
		return false
	}
	for _, cause := range []error{errNotThere, unix.ENOSPC, unix.EDQUOT, unix.EROFS, unix.EIO, unix.ENODEV, unix.ENXIO} {
		if errors.Is(err, cause) {
			return true
		}
	}
	return false
}

// refusal keeps writes from a disk that refuses them: after one that was refused nobody tries for a while, then one
// caller does. The zero value is a disk that takes writes.
type refusal struct {
	refusing atomic.Bool // what a caller on the fast path looks at; changed with mu held

	mu      sync.Mutex
	cause   error
	wait    time.Duration
	until   time.Time
	probing bool // somebody tries
}

func (r *refusal) now() bool { return r.refusing.Load() }

// ask returns nil to those who may write. Who may while the disk refuses is the only one: until is moved on under the
// lock, so all others are refused until this one has failed or worked, or was held up for the length of a wait.
func (r *refusal) ask() error {
	if !r.refusing.Load() {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cause == nil {
		return nil // it worked just now
	}
	now := time.Now()
	if now.Before(r.until) {
		return &RefusedError{Cause: r.cause, After: r.until.Sub(now)}
	}
	r.until, r.probing = now.Add(r.wait), true
	return nil
}

// failed notes that the disk refused a write. Those that were under way when it began to do not make the wait longer.
func (r *refusal) failed(cause error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.cause == nil:
		r.wait = firstWait
	case r.probing:
		r.wait = min(2*r.wait, longestWait)
	default:
		return
	}
	r.cause, r.until, r.probing = cause, time.Now().Add(r.wait), false
	r.refusing.Store(true)
}

// worked notes that the disk took a write, and says whether it had refused.
func (r *refusal) worked() (again bool) {
	if !r.refusing.Load() {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	again = r.cause != nil
	r.cause, r.probing = nil, false
	r.refusing.Store(false)
	return again
}

// retry lets the next writer try at once: there is new space.
func (r *refusal) retry() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.until, r.wait = time.Time{}, firstWait
}
