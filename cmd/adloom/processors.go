package main

import (
	"os"
	"runtime"
)

// spare is how many threads there are at least beside those that render.
const spare = 3

// makeRoom lets goroutines run on more threads than there are CPUs for renders, until
// restore is called, and returns how many CPUs there are.
//
// A render computes for many milliseconds without a pause. If renders occupied every
// thread that Go runs goroutines on, a request that needs microseconds, a refusal or a
// health check, would wait until Go takes a thread away from one of them, 10 ms later
// at best; and it is Go's queue that it would wait in, where what the network brings
// comes last. With as many threads again the kernel decides, and gives the CPU to a
// thread that has just woken; the more so as renders run at a lower priority (package
// lowpriority).
func makeRoom() (cpus int, restore func()) {
	cpus = runtime.GOMAXPROCS(0)
	if os.Getenv("GOMAXPROCS") != "" {
		return cpus, func() {}
	}
	runtime.GOMAXPROCS(cpus + max(cpus, spare))
	return cpus, func() { runtime.GOMAXPROCS(cpus) }
}
