package resultcache

import (
	"errors"
	"fmt"
	"time"
)

// Config says what is kept and for how long. Start from DefaultConfig.
type Config struct {
	// Fresh is how long a picture answers without a render. 0 never. Default 1 h.
	Fresh time.Duration
	// MaxStale is how old a picture may be that is sent instead of a refusal. 0
	// never sends one that is not fresh. Default 7 days.
	MaxStale time.Duration
	// Engine names what drew the pictures, in at most 1024 bytes; others' are not
	// served. Default "".
	Engine string
	// Writes is how many pictures are written at once. Default 32.
	Writes int
	// MaxBytes is the largest picture that is kept. Default 8 MiB.
	MaxBytes int
	// Now is the clock. Nil means time.Now.
	Now func() time.Time
}

// DefaultConfig returns the defaults that the fields of Config name.
func DefaultConfig() Config {
	return Config{Fresh: time.Hour, MaxStale: 7 * 24 * time.Hour, Writes: 32, MaxBytes: 8 << 20}
}

// Validate names every mistake.
func (c Config) Validate() error {
	var errs []error
	expect := func(ok bool, field, expected string, found any) {
		if !ok {
			errs = append(errs, fmt.Errorf("resultcache.Config.%s: expected %s, found %v", field, expected, found))
		}
	}
	expect(c.Fresh >= 0, "Fresh", "0 or more", c.Fresh)
	expect(c.MaxStale >= 0, "MaxStale", "0 or more", c.MaxStale)
	expect(len(c.Engine) <= maxEngine, "Engine", fmt.Sprintf("at most %d bytes", maxEngine), len(c.Engine))
	expect(c.Writes > 0, "Writes", "at least 1", c.Writes)
	expect(c.MaxBytes > 0, "MaxBytes", "at least 1", c.MaxBytes)
	return errors.Join(errs...)
}
