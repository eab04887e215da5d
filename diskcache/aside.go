package diskcache

import (
	"context"
	"runtime"
	"time"
)

const (
	slice   = 500 * time.Microsecond // of work aside, before others are let by
	longest = 5 * time.Millisecond   // that one rest lasts
)

// aside runs long work so that serving does not feel it, and returns when it is done: in short slices, between which
// every goroutine that is ready goes first; resting for as long as the work has kept waiting for a processor, so that on a
// busy machine it takes half of its share and on an idle one all there is; and last in line for the disk.
//
// It has a thread of its own, because the kernel counts waiting, and ranks reads, by thread. Niceness would be the wrong
// tool: a thread that the kernel keeps waiting holds on to one of the runtime's processors, and the goroutines queued
// there, or a collection of garbage that must stop the world, wait with it.
func aside(work func(*breather) error) error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		thread, restore := enterBackground()
		defer restore()
		done <- work(&breather{thread: thread, began: time.Now(), waited: thread.waited()})
	}()
	return <-done
}

// breather lets others by.
type breather struct {
	thread thread
	began  time.Time
	waited time.Duration
}

// breathe is to be called often.
func (b *breather) breathe(ctx context.Context) error {
	if time.Since(b.began) < slice {
		return nil
	}
	runtime.Gosched()
	waited := b.thread.waited()
	if kept := waited - b.waited; kept > slice/4 {
		if err := rest(ctx, min(kept, longest)); err != nil {
			return err
		}
		waited = b.thread.waited()
	}
	b.waited, b.began = waited, time.Now()
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
