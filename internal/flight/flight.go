// Package flight lets all who want one thing at the same time share one run that makes it.
package flight

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

var (
	// ErrLeft tells a waiter that its own context ended before the result was there.
	ErrLeft = errors.New("left before the result came")

	// ErrClosed is returned by Do after Close, and is the cause that a run's context ends with when Close cancels it.
	ErrClosed = errors.New("closed")

	// ErrAbandoned is the cause that a run's context ends with when nobody waits for its result any more.
	ErrAbandoned = errors.New("nobody waits for the result any more")

	// errGone stands for the result of a run that ended its goroutine instead of returning.
	errGone = errors.New("the run ended without a result")
)

// PanicError is the result of a run that panicked.
type PanicError struct {
	Value any    // of the panic
	Stack []byte // where it was
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v\n%s", e.Value, e.Stack) }

// Run makes the result. Save, when not nil, does what can wait until the result is delivered; a panic in it goes no
// further, and nobody is told.
type Run[T any] func(ctx context.Context) (value T, save func(), err error)

// Group holds what is being made now, by key. Its zero value is ready, and it is safe for concurrent use; it must not be
// copied after the first Do.
//
// The argument, for one key:
//
//   - mu orders joining, leaving and ending. A flight is in byKey from its start until its end, so at any time there is
//     at most one that a newcomer can join, and a newcomer who finds none starts the next.
//   - A run that looks into a cache does so after it has entered byKey. Whoever ran before has left byKey only after its
//     save. So the run sees what was saved, and nothing is made twice because a caller looked into the cache too early.
//   - value and err are written before done is closed and read after; nobody writes them again.
//   - The run's context is detached from the leader's, which may end first. Each waiter minds its own. When the last
//     waiter has left before the result, the run is cancelled and taken out of byKey in the same critical section, so
//     that nobody joins a dying run; the next caller starts afresh while the old run is still ending. The choice is to
//     cancel rather than to finish: what a process does is bounded by those who wait, and runs that nobody waits for
//     would not be.
//   - Waiters get the result as soon as there is one; save runs after that, still in flight. Who joins then has the
//     result at once. Without a save the flight ends as it lands, so whoever comes after an answer starts afresh.
//   - A run that panics lands like any other, with a *PanicError for all who wait: the process and its other flights go
//     on.
type Group[T any] struct {
	mu     sync.Mutex
	byKey  map[string]*one[T]
	closed bool
	runs   sync.WaitGroup
}

type one[T any] struct {
	cancel  context.CancelCauseFunc
	waiters int  // guarded by Group.mu
	landed  bool // guarded by Group.mu: the result is there
	done    chan struct{}
	value   T
	err     error
}

// Do returns the result of the run for key, which it starts unless one is under way. When ctx ends first the error is
// ErrLeft; after Close it is ErrClosed. Joined says that another caller started the run. The value is shared by all who
// wait for it.
func (g *Group[T]) Do(ctx context.Context, key string, run Run[T]) (value T, joined bool, err error) {
	f, joined, err := g.join(ctx, key, run)
	if err != nil {
		return value, false, err
	}
	defer g.leave(key, f)
	select {
	case <-f.done:
		return f.value, joined, f.err
	case <-ctx.Done():
		return value, joined, ErrLeft
	}
}

// Waiting returns how many callers wait for the result for key, or have it and are about to return.
func (g *Group[T]) Waiting(key string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	if f := g.byKey[key]; f != nil {
		return f.waiters
	}
	return 0
}

// Flying says that who asks for key now would join: its result is being made, or is there and being saved.
func (g *Group[T]) Flying(key string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.byKey[key] != nil
}

// Close cancels what flies, refuses what comes, and returns when all runs and their saves have ended. It may be called
// more than once.
func (g *Group[T]) Close() {
	g.mu.Lock()
	g.closed = true
	for _, f := range g.byKey {
		f.cancel(ErrClosed)
	}
	g.mu.Unlock()
	g.runs.Wait()
}

func (g *Group[T]) join(ctx context.Context, key string, run Run[T]) (f *one[T], joined bool, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil, false, ErrClosed
	}
	if f := g.byKey[key]; f != nil {
		f.waiters++
		return f, true, nil
	}
	own, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	f = &one[T]{cancel: cancel, waiters: 1, done: make(chan struct{}), err: errGone}
	if g.byKey == nil {
		g.byKey = make(map[string]*one[T])
	}
	g.byKey[key] = f
	g.runs.Go(func() {
		defer cancel(nil)
		if save := g.fly(own, key, f, run); save != nil {
			defer g.remove(key, f)
			defer func() { _ = recover() }()
			save()
		}
	})
	return f, false, nil
}

// fly lands f in every case: with what run returned, with its panic, or with errGone.
func (g *Group[T]) fly(ctx context.Context, key string, f *one[T], run Run[T]) (save func()) {
	defer func() { g.land(key, f, save == nil) }()
	defer func() {
		if p := recover(); p != nil {
			save, f.err = nil, &PanicError{Value: p, Stack: debug.Stack()}
		}
	}()
	f.value, save, f.err = run(ctx)
	return save
}

// land delivers the result. With nothing to save, the flight ends in the same moment.
func (g *Group[T]) land(key string, f *one[T], ended bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f.landed = true
	close(f.done)
	if ended {
		g.end(key, f)
	}
}

func (g *Group[T]) leave(key string, f *one[T]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if f.waiters--; f.waiters > 0 || f.landed {
		return
	}
	g.end(key, f)
	f.cancel(ErrAbandoned)
}

func (g *Group[T]) remove(key string, f *one[T]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.end(key, f)
}

// end takes f out of byKey, where another may have its place already. It is called with mu held.
func (g *Group[T]) end(key string, f *one[T]) {
	if g.byKey[key] == f {
		delete(g.byKey, key)
	}
}
