package diskcache

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// tempFile is an unfinished file. It is written through plain calls of the system: an os.File would be offered to the
// poller, which takes no files of a disk, and get a cleanup of its own, for the half of a millisecond that this one lives.
// Its errors are the disk's, so that they are told from those of a body.
type tempFile struct {
	fd   int
	path string
}

// Write writes all of p.
func (f *tempFile) Write(p []byte) (written int, err error) {
	for written < len(p) {
		n, err := retried(func() (int, error) { return unix.Write(f.fd, p[written:]) })
		if err == nil && n == 0 {
			err = io.ErrShortWrite
		}
		if err != nil {
			return written, onDisk(&os.PathError{Op: "write", Path: f.path, Err: err})
		}
		written += n
	}
	return written, nil
}

// end closes the file, after syncing it if asked to.
func (f *tempFile) end(sync bool) error {
	var err error
	if sync {
		if _, err = retried(func() (int, error) { return 0, unix.Fsync(f.fd) }); err != nil {
			err = onDisk(&os.PathError{Op: "sync", Path: f.path, Err: err})
		}
	}
	if closeErr := unix.Close(f.fd); closeErr != nil && !errors.Is(closeErr, unix.EINTR) { // Linux has closed it all the same
		err = errors.Join(err, onDisk(&os.PathError{Op: "close", Path: f.path, Err: closeErr}))
	}
	return err
}

// retried repeats a call of the system that a signal has interrupted, as the runtime sends them at any time.
func retried(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if !errors.Is(err, unix.EINTR) {
			return n, err
		}
	}
}
