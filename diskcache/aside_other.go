//go:build !linux

package diskcache

import (
	"errors"
	"time"
)

// thread knows nothing here.
type thread struct{}

func enterBackground() (thread, func()) { return thread{}, func() {} }

func (thread) times() (ran, waited time.Duration, known bool) { return 0, 0, false }

// exchange is not known here; a rename does.
func exchange(string, string) error { return errors.ErrUnsupported }
