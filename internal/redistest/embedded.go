package redistest

import (
	"context"
	"net"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// Embedded is a client of a Redis that lives in this process, the one that
// serves nodes without a Redis of their own. Both end with the test. They talk
// over a pipe and read Go's clock, so they also work in a synctest bubble, where
// time is the bubble's.
func Embedded(tb testing.TB) *redis.Client {
	tb.Helper()
	server := miniredis.NewMiniRedis()
	server.ClockTTL(true)
	tb.Cleanup(server.Close)
	return client(tb, &redis.Options{
		Dialer: func(context.Context, string, string) (net.Conn, error) { return server.Dial() },
	})
}
