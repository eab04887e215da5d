package diskcache

import (
	"context"
	"runtime"
	"time"
)

const (
	slice    = 500 * time.Microsecond // work aside before others are let by
	longRest = 20 * time.Millisecond
)

// aside runs long work on a thread of its own, and returns when it is done.
func aside(work func(*breather) error) error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // for good: the thread ends with the goroutine, and its priority with it
		lowerPriority()
		done <- work(&breather{began: time.Now()})
	}()
	return <-done
}

// breather lets others by.
type breather struct{ began time.Time }

func (b *breather) breathe(ctx context.Context) error {
	if time.Since(b.began) < slice {
		return nil
	}
	runtime.Gosched()
	b.began = time.Now()
	return ctx.Err()
}

// rest waits, unless ctx ends.
func rest(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
