package fetcher

import (
	"context"
	"errors"
	"sync"
)

var (
	// errAbandoned ends a flight that nobody waits for any more.
	errAbandoned = errors.New("nobody waits for the photo any more")

	// errLeft tells a waiter that its own context ended.
	errLeft = errors.New("left before the photo came")
)

// flights lets all who want one URL at the same time share one run.
//
// The argument, for one key:
//
//   - mu orders joining, leaving and ending. A flight is in byKey from its start until its end, so at any time there is
//     at most one that a newcomer can join, and a newcomer who finds none starts the next.
//   - The run looks into the cache itself, after it has entered byKey. Whoever ran before has left byKey only after
//     its cache write. So the run sees that write, and no photo is downloaded twice because a caller looked into the
//     cache too early.
//   - photo and err are written before done is closed and read after; nobody writes them again.
//   - The run's context is detached from the leader's, which may end first. Each waiter minds its own. When the last
//     waiter has left before the result, the run is cancelled and taken out of byKey in the same critical section, so
//     that nobody joins a dying run; the next caller starts afresh while the old connection is still being closed. The
//     choice is to cancel rather than to finish: what a node does is bounded by the leases of those who wait, and
//     downloads that nobody holds a lease for would not be.
//   - Waiters get the result as soon as there is one; the cache is written after that, still in flight. Who joins then
//     has the result at once.
type flights struct {
	mu     sync.Mutex
	byKey  map[string]*flight
	closed bool
	runs   sync.WaitGroup
}

type flight struct {
	cancel  context.CancelCauseFunc
	waiters int  // guarded by flights.mu
	landed  bool // guarded by flights.mu: the result is there
	done    chan struct{}
	photo   *Photo
	err     error
}

// run makes the result; save, when not nil, does what can wait until the result is delivered.
type run func(ctx context.Context) (photo *Photo, save func(), err error)

// do returns the shared result for key, or errLeft. Joined says that another caller started the flight.
func (g *flights) do(ctx context.Context, key string, fly run) (photo *Photo, joined bool, err error) {
	f, joined, err := g.join(ctx, key, fly)
	if err != nil {
		return nil, false, err
	}
	defer g.leave(key, f)
	select {
	case <-f.done:
		return f.photo, joined, f.err
	case <-ctx.Done():
		return nil, joined, errLeft
	}
}

func (g *flights) join(ctx context.Context, key string, fly run) (f *flight, joined bool, err error) {
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
	f = &flight{cancel: cancel, waiters: 1, done: make(chan struct{})}
	if g.byKey == nil {
		g.byKey = make(map[string]*flight)
	}
	g.byKey[key] = f
	g.runs.Go(func() {
		defer cancel(nil)
		defer g.remove(key, f)
		var save func()
		f.photo, save, f.err = fly(own)
		g.land(f)
		if save != nil {
			save()
		}
	})
	return f, false, nil
}

func (g *flights) land(f *flight) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f.landed = true
	close(f.done)
}

func (g *flights) leave(key string, f *flight) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if f.waiters--; f.waiters > 0 || f.landed {
		return
	}
	if g.byKey[key] == f {
		delete(g.byKey, key)
	}
	f.cancel(errAbandoned)
}

func (g *flights) remove(key string, f *flight) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.byKey[key] == f {
		delete(g.byKey, key)
	}
}

// close cancels what flies, refuses what comes, and returns when all runs have ended.
func (g *flights) close() {
	g.mu.Lock()
	g.closed = true
	for _, f := range g.byKey {
		f.cancel(ErrClosed)
	}
	g.mu.Unlock()
	g.runs.Wait()
}
