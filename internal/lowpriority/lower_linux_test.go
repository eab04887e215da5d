package lowpriority_test

import (
	"testing"

	"golang.org/x/sys/unix"

	"github.com/adloom/adloom/internal/lowpriority"
)

func TestOnlyTheirPriorityIsLower(t *testing.T) {
	threads := lowpriority.Start(1)
	defer threads.Close()
	nice := func() int {
		n, err := unix.Getpriority(unix.PRIO_PROCESS, unix.Gettid())
		if err != nil {
			t.Fatal(err)
		}
		return 20 - n // as the kernel returns it
	}
	own := nice()
	var theirs int
	threads.Do(func() { theirs = nice() })
	if theirs != 5 {
		t.Errorf("niceness %d beside %d", theirs, own)
	}
	if nice() != own {
		t.Errorf("the caller's niceness went from %d to %d", own, nice())
	}
}
