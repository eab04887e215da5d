package diskcache

import (
	"errors"
	"sync"
	"syscall"
	"time"
)

const tellAgain = time.Minute // a trouble that comes back sooner is not told again

// trouble is what a task met: the system's error when there is one, for texts name a file and differ each time.
type trouble struct{ task, cause string }

// reporter tells each trouble once, until it is over: a disk that stays full is one message, not one per file.
type reporter struct {
	tell func(error) // nil drops all

	mu     sync.Mutex
	active map[trouble]bool
	told   map[trouble]time.Time // of the last minute, and what is active
}

// outcome notes how a task ended. Its troubles that err does not hold are over.
func (r *reporter) outcome(task string, err error) {
	if r.tell == nil {
		return
	}
	for _, fresh := range r.fresh(task, parts(err), time.Now()) {
		r.tell(fresh)
	}
}

// fresh returns those that were not told yet.
func (r *reporter) fresh(task string, errs []error, now time.Time) (fresh []error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := r.active
	r.active = make(map[trouble]bool)
	for t := range before {
		if t.task != task {
			r.active[t] = true
		}
	}
	for _, err := range errs {
		t := trouble{task, causeOf(err)}
		_, recent := r.told[t]
		if !recent && !r.active[t] {
			fresh = append(fresh, err)
		}
		r.active[t] = true
		if r.told == nil {
			r.told = make(map[trouble]time.Time)
		}
		r.told[t] = now
	}
	for t, at := range r.told {
		if !r.active[t] && now.Sub(at) >= tellAgain {
			delete(r.told, t)
		}
	}
	return fresh
}

// parts returns the errors that are joined in err.
func parts(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, one := range joined.Unwrap() {
		all = append(all, parts(one)...)
	}
	return all
}

func causeOf(err error) string {
	var code syscall.Errno
	if errors.As(err, &code) {
		return code.Error()
	}
	return err.Error()
}
