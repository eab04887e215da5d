package diskcache

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

func lowerPriority() {
	n, _ := strconv.Atoi(os.Getenv("NICE"))
	_ = unix.Setpriority(unix.PRIO_PROCESS, unix.Gettid(), n)
	const processor, idle = 1, 3 << 13
	_, _, _ = unix.Syscall(unix.SYS_IOPRIO_SET, processor, 0, idle)
}

// exchange lets two files change places. Unlike a rename over a file it does not have ext4 write the new one out at once.
func exchange(a, b string) error {
	return unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
}
