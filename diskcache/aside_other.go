//go:build !linux

package diskcache

import (
	"errors"
	"time"
)

// thread knows nothing here.
type thread struct{}

func enterBackground() (thread, func()) { return thread{}, func() {} }

func (thread) waited() time.Duration { return 0 }

// exchange is not known here; a rename does.
func exchange(string, string) error { return errors.ErrUnsupported }
