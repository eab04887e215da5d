package throttle

import (
	"errors"
	"fmt"
	"time"
)

// Config sets a Limiter. All processes of a node should have the same limits:
// each applies its own to the leases of all.
type Config struct {
	// HardLimit is the most leases of the node at once. -1 for no limit; 0 is a
	// mistake. Default 64.
	HardLimit int
	// StartLimit is how many leases the node has when the customers' limits begin
	// to count. 0 means always, -1 never. It must be below HardLimit. Default 32.
	StartLimit int
	// CustomerLimit is the most leases of one customer once StartLimit is
	// reached. -1 for no limit; 0 is a mistake. Default 16.
	CustomerLimit int
	// Limits gives the limits of one customer, where they differ. It is called
	// whenever Redis is asked, from many goroutines at once, so that what it says
	// counts from the next request on, and within two seconds for those who wait. Nil
	// means that all customers have the same.
	Limits func(customer string) Limits

	// Lease is how long a lease lasts unless it is given back. It must be longer
	// than the longest request, and is rounded up to a millisecond. Default 30 s.
	Lease time.Duration
	// MaxWait is how long a request waits for a lease. 0 refuses at once.
	// Default 2 s.
	MaxWait time.Duration
	// MaxWaiting is how many requests of one customer may wait, in all processes
	// together; the next one is refused at once. 0 lets none wait. Default 64.
	MaxWaiting int

	// SlowDownload is how long a download takes that is slow. Default 3 s.
	SlowDownload time.Duration
	// SlowRender is how long a render takes that is slow. Default 1 s.
	SlowRender time.Duration
	// SlowMinutes is for how many minutes slow work counts against its customer,
	// the present one included; 60 at most. Default 3.
	SlowMinutes int
	// SlowDownloads is how many slow downloads a customer may have in that time;
	// with so many its requests are refused. -1 for no limit; 0 is a mistake.
	// Default 100.
	SlowDownloads int
	// SlowRenders is the same for slow renders. -1 for no limit; 0 is a mistake.
	// Default 100.
	SlowRenders int

	// RedisTimeout bounds each call of Redis. It is long enough for a process that has
	// to wait for its CPU: whoever gets no answer is let through. Default 500 ms.
	RedisTimeout time.Duration
	// RetryRedis is how long Redis is left alone after a failure. 0 tries it for
	// every request. Default 1 s.
	RetryRedis time.Duration
	// Notify is told when Redis fails, with the error, and when it answers again,
	// with nil; not for each failure. It must not block. Nil tells nobody.
	Notify func(err error)
}

// Limits are the limits of one customer. The zero value means the ones of
// Config.
type Limits struct {
	// Concurrency takes the place of Config.CustomerLimit. 0 means
	// Config.CustomerLimit, a negative number no limit.
	Concurrency int
	// SlowDownloads takes the place of Config.SlowDownloads. 0 means
	// Config.SlowDownloads, a negative number no limit.
	SlowDownloads int
	// SlowRenders takes the place of Config.SlowRenders. 0 means
	// Config.SlowRenders, a negative number no limit.
	SlowRenders int
}

// DefaultConfig returns the defaults that the fields of Config name.
func DefaultConfig() Config {
	return Config{
		HardLimit:     64,
		StartLimit:    32,
		CustomerLimit: 16,
		Lease:         30 * time.Second,
		MaxWait:       2 * time.Second,
		MaxWaiting:    64,
		SlowDownload:  3 * time.Second,
		SlowRender:    time.Second,
		SlowMinutes:   3,
		SlowDownloads: 100,
		SlowRenders:   100,
		RedisTimeout:  500 * time.Millisecond,
		RetryRedis:    time.Second,
	}
}

// Validate names every mistake.
func (c Config) Validate() error {
	var m mistakes
	m.expect(c.HardLimit == -1 || c.HardLimit > 0, "HardLimit", "at least 1, or -1 for no limit", c.HardLimit)
	m.expect(c.StartLimit >= -1, "StartLimit", "0 or more, or -1 for never", c.StartLimit)
	m.expect(c.HardLimit <= 0 || c.StartLimit < c.HardLimit, "StartLimit",
		fmt.Sprintf("less than HardLimit, which is %d, or -1 for never", c.HardLimit), c.StartLimit)
	m.expect(c.CustomerLimit == -1 || c.CustomerLimit > 0, "CustomerLimit", "at least 1, or -1 for no limit", c.CustomerLimit)
	m.expect(c.Lease > 0, "Lease", "more than 0", c.Lease)
	m.expect(c.MaxWait >= 0, "MaxWait", "0 or more", c.MaxWait)
	m.expect(c.MaxWaiting >= 0, "MaxWaiting", "0 or more", c.MaxWaiting)
	m.expect(c.SlowDownload > 0, "SlowDownload", "more than 0", c.SlowDownload)
	m.expect(c.SlowRender > 0, "SlowRender", "more than 0", c.SlowRender)
	m.expect(c.SlowMinutes >= 1 && c.SlowMinutes <= 60, "SlowMinutes", "1 to 60", c.SlowMinutes)
	m.expect(c.SlowDownloads == -1 || c.SlowDownloads > 0, "SlowDownloads", "at least 1, or -1 for no limit", c.SlowDownloads)
	m.expect(c.SlowRenders == -1 || c.SlowRenders > 0, "SlowRenders", "at least 1, or -1 for no limit", c.SlowRenders)
	m.expect(c.RedisTimeout > 0, "RedisTimeout", "more than 0", c.RedisTimeout)
	m.expect(c.RetryRedis >= 0, "RetryRedis", "0 or more", c.RetryRedis)
	return errors.Join(m...)
}

// mistakes are gathered, so that all of them are told at once.
type mistakes []error

func (m *mistakes) expect(ok bool, field, expected string, found any) {
	if !ok {
		*m = append(*m, fmt.Errorf("%s: expected %s, found %v", field, expected, found))
	}
}
