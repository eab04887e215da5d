package flight_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/adloom/adloom/internal/flight"
)

// making returns a run that gives value when open is closed, and how often it was started.
func making(value string, open <-chan struct{}) (flight.Run[string], *atomic.Int32) {
	var runs atomic.Int32
	return func(ctx context.Context) (string, func(), error) {
		runs.Add(1)
		select {
		case <-open:
			return value, nil, nil
		case <-ctx.Done():
			return "", nil, context.Cause(ctx)
		}
	}, &runs
}

func TestManyShareOneRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var g flight.Group[string]
		open := make(chan struct{})
		run, runs := making("a", open)
		const callers = 1000
		var joins atomic.Int32
		var callersDone sync.WaitGroup
		for range callers {
			callersDone.Go(func() {
				value, joined, err := g.Do(t.Context(), "key", run)
				if value != "a" || err != nil {
					t.Errorf("got %q, %v", value, err)
				}
				if joined {
					joins.Add(1)
				}
			})
		}
		synctest.Wait()
		if n := g.Waiting("key"); n != callers {
			t.Errorf("%d wait, want %d", n, callers)
		}
		close(open)
		callersDone.Wait()
		g.Close()
		if runs.Load() != 1 || joins.Load() != callers-1 || g.Waiting("key") != 0 {
			t.Errorf("%d runs, %d joined, %d still wait", runs.Load(), joins.Load(), g.Waiting("key"))
		}
	})
}

// Who asks for what is being saved may join, though nobody waits for it.
func TestFlying(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var g flight.Group[string]
		open, saved := make(chan struct{}), make(chan struct{})
		f := func(when string, flying bool, waiting int) {
			t.Helper()
			synctest.Wait()
			if g.Flying("key") != flying || g.Waiting("key") != waiting || g.Flying("other") {
				t.Errorf("%s: flying %v with %d waiting; want %v with %d", when, g.Flying("key"), g.Waiting("key"), flying, waiting)
			}
		}
		f("before", false, 0)
		go g.Do(t.Context(), "key", func(context.Context) (string, func(), error) {
			<-open
			return "a", func() { <-saved }, nil
		})
		f("while it is made", true, 1)
		close(open)
		f("while it is saved", true, 0)
		close(saved)
		f("afterwards", false, 0)
		g.Close()
	})
}

func TestKeysFlyApart(t *testing.T) {
	t.Parallel()
	var g flight.Group[string]
	defer g.Close()
	value, _, err := g.Do(t.Context(), "a", func(ctx context.Context) (string, func(), error) {
		b, joined, err := g.Do(ctx, "b", func(context.Context) (string, func(), error) { return "b", nil, nil })
		if joined {
			t.Error("b joined the flight of a")
		}
		return "a" + b, nil, err
	})
	if value != "ab" || err != nil {
		t.Errorf("got %q, %v", value, err)
	}
}

func TestLeaderLeavesOthersStay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var g flight.Group[string]
		open := make(chan struct{})
		run, runs := making("a", open)
		leader, leave := context.WithCancel(t.Context())
		left, stayed := make(chan error, 1), make(chan error, 1)
		go func() { _, _, err := g.Do(leader, "key", run); left <- err }()
		synctest.Wait()
		go func() { _, _, err := g.Do(t.Context(), "key", run); stayed <- err }()
		synctest.Wait()
		leave()
		if err := <-left; !errors.Is(err, flight.ErrLeft) {
			t.Errorf("the leader got %v", err)
		}
		close(open)
		if err := <-stayed; err != nil || runs.Load() != 1 {
			t.Errorf("who stayed got %v after %d runs", err, runs.Load())
		}
		g.Close()
	})
}

func TestLastWhoLeavesCancels(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var g flight.Group[string]
		ctx, leave := context.WithCancel(t.Context())
		cause, dying := make(chan error, 1), make(chan struct{})
		left := make(chan error, 1)
		go func() {
			_, _, err := g.Do(ctx, "key", func(ctx context.Context) (string, func(), error) {
				<-ctx.Done()
				cause <- context.Cause(ctx)
				<-dying
				return "old", nil, nil
			})
			left <- err
		}()
		synctest.Wait()
		leave()
		if err := <-left; !errors.Is(err, flight.ErrLeft) {
			t.Errorf("got %v", err)
		}
		if err := <-cause; !errors.Is(err, flight.ErrAbandoned) {
			t.Errorf("the run ended with %v", err)
		}
		// The old run is still ending; the next caller does not join it.
		value, joined, err := g.Do(t.Context(), "key", func(context.Context) (string, func(), error) { return "new", nil, nil })
		if value != "new" || joined || err != nil {
			t.Errorf("the next caller got %q, %v, %v", value, joined, err)
		}
		close(dying)
		g.Close()
	})
}

// The run's context has the values of the leader's, but not its end.
func TestContextOfRun(t *testing.T) {
	t.Parallel()
	type word struct{}
	var g flight.Group[string]
	defer g.Close()
	ctx, cancel := context.WithCancel(context.WithValue(t.Context(), word{}, "said"))
	got, _, err := g.Do(ctx, "key", func(own context.Context) (string, func(), error) {
		said, _ := own.Value(word{}).(string)
		return said, nil, own.Err()
	})
	cancel()
	if got != "said" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestDeliveredBeforeSaved(t *testing.T) {
	t.Parallel()
	var g flight.Group[string]
	saving, proceed, saved := make(chan struct{}), make(chan struct{}), false
	run := func(context.Context) (string, func(), error) {
		return "a", func() { close(saving); <-proceed; saved = true }, nil
	}
	for i := range 3 {
		value, joined, err := g.Do(t.Context(), "key", run)
		if value != "a" || joined != (i > 0) || err != nil {
			t.Errorf("caller %d got %q, %v, %v", i, value, joined, err)
		}
	}
	<-saving
	close(proceed)
	g.Close()
	if !saved {
		t.Error("Close did not wait for save")
	}
}

func TestClose(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var g flight.Group[string]
		run, _ := making("a", nil)
		got := make(chan error, 1)
		go func() { _, _, err := g.Do(t.Context(), "key", run); got <- err }()
		synctest.Wait()
		g.Close()
		g.Close()
		if err := <-got; !errors.Is(err, flight.ErrClosed) {
			t.Errorf("in flight: got %v", err)
		}
		if _, _, err := g.Do(t.Context(), "key", run); !errors.Is(err, flight.ErrClosed) {
			t.Errorf("afterwards: got %v", err)
		}
	})
}

// A run that does not return in the usual way is an error for those who wait, and for nobody else.
func TestRunThatDoesNotReturn(t *testing.T) {
	t.Parallel()
	f := func(name string, run flight.Run[string], words string) {
		t.Helper()
		var g flight.Group[string]
		value, _, err := g.Do(t.Context(), "key", run)
		if value != "" || err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: got %q, %v; want %q", name, value, err, words)
		}
		g.Close()
	}
	f("panic", func(context.Context) (string, func(), error) { panic("boom") }, "panic: boom")
	f("panic with nothing", func(context.Context) (string, func(), error) { panic(nil) }, "panic: ")
	f("goroutine ended", func(context.Context) (string, func(), error) { runtime.Goexit(); return "a", nil, nil }, "without a result")

	var g flight.Group[string]
	value, _, err := g.Do(t.Context(), "key", func(context.Context) (string, func(), error) {
		return "a", func() { panic("boom") }, nil
	})
	g.Close()
	if value != "a" || err != nil || g.Waiting("key") != 0 {
		t.Errorf("panic in save: got %q, %v", value, err)
	}
}

func TestPanicError(t *testing.T) {
	t.Parallel()
	var g flight.Group[int]
	defer g.Close()
	_, _, err := g.Do(t.Context(), "key", func(context.Context) (int, func(), error) { panic(errors.ErrUnsupported) })
	var panicked *flight.PanicError
	if !errors.As(err, &panicked) || panicked.Value != errors.ErrUnsupported || !strings.Contains(string(panicked.Stack), "flight_test.go") {
		t.Errorf("got %v", err)
	}
}
