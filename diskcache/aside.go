package diskcache

import (
	"context"
	"runtime"
	"time"
)

const (
	slice    = 500 * time.Microsecond // of computing aside, before others are let by
	shortest = slice / 4              // that one rest lasts
	longest  = 5 * time.Millisecond
)

// aside runs long work so that serving does not feel it, and returns when it is done: in short slices with rests between
// them, in which the goroutines that are ready go on; resting for as long as the work was kept waiting for a processor, so
// that on a busy machine it takes less than half of its share and on an idle one four fifths; and last in line for the disk.
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
		b := &breather{thread: thread, looked: time.Now()}
		b.ran, b.waited, _ = thread.times()
		done <- work(b)
	}()
	return <-done
}

// breather lets others by.
type breather struct {
	thread      thread
	looked      time.Time     // when its times were read
	ran, waited time.Duration // its times at the end of the last rest
}

// breathe is to be called often. Time spent waiting for the disk is no computing, and needs no rest.
func (b *breather) breathe(ctx context.Context) error {
	if time.Since(b.looked) < slice {
		return nil
	}
	ran, waited, known := b.thread.times()
	b.looked = time.Now()
	if known && ran-b.ran < slice {
		return ctx.Err()
	}
	if err := b.rest(ctx, min(max(waited-b.waited, shortest), longest)); err != nil {
		return err
	}
	b.ran, b.waited, _ = b.thread.times()
	b.looked = time.Now()
	return nil
}

// rest waits. The shortest waits are the thread's own: the runtime's timers may take a whole millisecond longer.
func (b *breather) rest(ctx context.Context, d time.Duration) error {
	if d >= time.Millisecond {
		return rest(ctx, d)
	}
	nap(d)
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
