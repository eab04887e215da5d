//go:build !linux

package diskcache

import (
	"errors"
	"time"
)

const noAtime = 0 // not known here

// thread knows nothing here.
type thread struct{}

func enterBackground() (thread, func()) { return thread{}, func() {} }

func (thread) times() (ran, waited time.Duration, known bool) { return 0, 0, false }

func nap(d time.Duration) { time.Sleep(d) }

// exchange is not known here; a rename does.
func exchange(string, string) error { return errors.ErrUnsupported }
