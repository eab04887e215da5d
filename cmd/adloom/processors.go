package main

import (
	"os"
	"runtime"
)

// makeRoom lets goroutines run on more threads than there are CPUs for renders, until
// restore is called, and returns how many CPUs there are.
//
// A render computes for many milliseconds without a pause. If renders occupied every
// thread that Go runs goroutines on, a request that needs microseconds, a refusal or a
// health check, would wait until Go takes a thread away from one of them, 10 ms later
// at best; and it is Go's queue that it would wait in, where what the network brings
// comes last. With as many threads again the kernel decides: it gives the CPU at once
// to a thread that has just woken.
func makeRoom() (cpus int, restore func()) {
	cpus = runtime.GOMAXPROCS(0)
	if os.Getenv("GOMAXPROCS") != "" {
		return cpus, func() {}
	}
	runtime.GOMAXPROCS(2 * cpus)
	return cpus, func() { runtime.GOMAXPROCS(cpus) }
}
