//go:build !linux

package diskcache

import "errors"

func lowerPriority() {}

// exchange is not known here; a rename does.
func exchange(string, string) error { return errors.ErrUnsupported }
