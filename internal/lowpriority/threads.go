// Package lowpriority runs long computations on threads that the kernel lets wait for
// others.
package lowpriority

import (
	"runtime"
	"sync"
)

// Threads are OS threads that do nothing but what they are given. While one of them
// computes, a thread of this process that has just woken, to refuse a request or to
// answer a health check, gets the CPU from it at once instead of at the end of its
// time. With the CPU to themselves they lose nothing.
//
// They are threads of their own because a thread may lower its priority but, without
// a privilege, not raise it again.
type Threads struct {
	tasks chan task
	ended sync.WaitGroup
}

type task struct {
	run  func()
	done chan any // what run panicked with, or nil
}

// Start returns n threads, which the caller closes.
func Start(n int) *Threads {
	t := &Threads{tasks: make(chan task)}
	for range n {
		t.ended.Go(func() {
			runtime.LockOSThread() // until the goroutine ends, and the thread with it
			lower()
			for next := range t.tasks {
				next.done <- next.try()
			}
		})
	}
	return t
}

// Do runs f on one of the threads and returns when it has ended; it waits for one
// that is free. A panic of f is a panic of Do.
func (t *Threads) Do(f func()) {
	next := task{run: f, done: make(chan any, 1)}
	t.tasks <- next
	if v := <-next.done; v != nil {
		panic(v)
	}
}

func (t task) try() (panicked any) {
	defer func() { panicked = recover() }()
	t.run()
	return nil
}

// Close ends the threads when they have done what they were given. Do must not be
// called any more.
func (t *Threads) Close() {
	close(t.tasks)
	t.ended.Wait()
}
