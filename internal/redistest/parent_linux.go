package redistest

import "syscall"

// dieWithParent has the kernel end the server when the test binary dies
// without its cleanups, as on a panic or a timeout.
func dieWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
