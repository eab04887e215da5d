package redistest

import (
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// client completes the options and returns a client that is closed when the
// test ends. Its calls obey the deadline of their context, which go-redis
// leaves off by default, and report a server that is away without trying again.
func client(tb testing.TB, options *redis.Options) *redis.Client {
	tb.Helper()
	options.ContextTimeoutEnabled = true
	options.DialerRetries = 1
	options.MaxRetries = -1
	// Left on, a new client asks the DNS for its server's address, even when
	// that is the path of a socket.
	options.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	rdb := redis.NewClient(options)
	tb.Cleanup(func() {
		if err := rdb.Close(); err != nil {
			tb.Errorf("close the client: %v", err)
		}
	})
	return rdb
}
