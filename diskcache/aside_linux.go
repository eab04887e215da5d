package diskcache

import (
	"bytes"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

const noAtime = unix.O_NOATIME

// thread is what the kernel tells of the calling thread, or -1.
type thread struct{ schedstat int }

// enterBackground puts the thread last in line for the disk until restore is called.
func enterBackground() (t thread, restore func()) {
	const thisThread, none, idle = 1, 0, 3 << 13
	before, _, failed := unix.Syscall(unix.SYS_IOPRIO_GET, thisThread, 0, 0)
	if failed != 0 {
		before = none
	}
	_, _, _ = unix.Syscall(unix.SYS_IOPRIO_SET, thisThread, 0, idle) // a wish
	fd, err := unix.Open("/proc/thread-self/schedstat", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		fd = -1
	}
	return thread{fd}, func() {
		_, _, _ = unix.Syscall(unix.SYS_IOPRIO_SET, thisThread, 0, before)
		if fd >= 0 {
			unix.Close(fd)
		}
	}
}

// times are how long the thread has run, and how long it was ready to run and did not, since its beginning. They are not
// known when the kernel does not say.
func (t thread) times() (ran, waited time.Duration, known bool) {
	var clock unix.Timespec // up to date, while schedstat knows of the last turn
	if t.schedstat < 0 || unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &clock) != nil {
		return 0, 0, false
	}
	var buf [80]byte
	n, err := unix.Pread(t.schedstat, buf[:], 0)
	if err != nil || n <= 0 {
		return 0, 0, false
	}
	fields := bytes.Fields(buf[:n]) // time on a processor, time waiting for one, turns
	if len(fields) < 2 {
		return 0, 0, false
	}
	wait, err := strconv.ParseInt(string(fields[1]), 10, 64)
	return time.Duration(clock.Nano()), time.Duration(wait), err == nil
}

// nap has the thread sleep. The kernel wakes it within some tens of microseconds.
func nap(d time.Duration) {
	t := unix.NsecToTimespec(d.Nanoseconds())
	_ = unix.Nanosleep(&t, nil) // a signal ends it early, which does no harm
}

// exchange lets two files change places. Unlike a rename over a file it does not have ext4 write the new one out at once.
func exchange(a, b string) error {
	return unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
}
