package throttle_test

import (
	"testing"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/throttle"
)

func BenchmarkLimiter(b *testing.B) {
	f := func(name string, client func(testing.TB) *redis.Client) {
		b.Run(name, func(b *testing.B) {
			l := newLimiter(b, throttle.DefaultConfig(), client(b))
			for b.Loop() {
				acquire(b, l, "a").Release()
			}
			if n := l.Stats().FailedOpen; n != 0 {
				b.Errorf("%d leases without an answer from Redis", n)
			}
		})
	}
	f("real", redistest.Client)
	f("embedded", redistest.Embedded)
}

func BenchmarkGate(b *testing.B) {
	g := newGate(b, throttle.DefaultGateConfig())
	for b.Loop() {
		leave := enter(b, g)
		release := run(b, g, 1<<20)
		release()
		leave()
	}
}
