package lowpriority

import "golang.org/x/sys/unix"

// niceness is far enough from 0 that whoever wakes goes first, and not so far that
// another process at 0 takes nearly all of the CPU.
const niceness = 5

// lower applies to the calling thread alone, as Linux has it against POSIX. A kernel
// that refuses leaves the thread like all others.
func lower() { _ = unix.Setpriority(unix.PRIO_PROCESS, unix.Gettid(), niceness) }
