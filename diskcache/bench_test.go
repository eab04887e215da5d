package diskcache_test

import (
	"bytes"
	"context"
	"io"
	"testing"
	"time"

	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/internal/redistest"
	"golang.org/x/sys/unix"
)

// cpu is the time that this process, with the kernel on its behalf, has computed for.
func cpu() time.Duration {
	var u unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measured runs the loop of a benchmark and reports its computing time.
func measured(b *testing.B, op func(i int)) {
	b.Helper()
	b.ReportAllocs()
	b.ResetTimer()
	start := cpu()
	for i := range b.N {
		op(i)
	}
	b.ReportMetric(float64((cpu()-start).Microseconds())/float64(b.N), "cpu-µs/op")
}

// running is a cache in a new folder whose janitor runs until the benchmark ends.
func running(b *testing.B, cfg diskcache.Config) *diskcache.Cache {
	b.Helper()
	cfg.Dir = b.TempDir()
	c, err := diskcache.New(cfg, redistest.Client(b))
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error)
	go func() { ended <- c.Run(ctx) }()
	b.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	})
	return c
}

func BenchmarkPut(b *testing.B) {
	body := bytes.Repeat([]byte("x"), 100<<10)
	f := func(name string, sync bool, keys int) {
		b.Run(name, func(b *testing.B) {
			cfg := diskcache.DefaultConfig()
			cfg.Sync = sync
			c := running(b, cfg)
			measured(b, func(i int) {
				if err := c.Put(b.Context(), key(i%keys), bytes.NewReader(body)); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
	f("synced", true, 1<<30)
	f("synced, again", true, 1000)
	f("not synced", false, 1<<30)
	f("not synced, again", false, 1000)
}

func BenchmarkGet(b *testing.B) {
	c := running(b, diskcache.DefaultConfig())
	for i := range 1000 {
		if err := c.Put(b.Context(), key(i), bytes.NewReader(make([]byte, 100<<10))); err != nil {
			b.Fatal(err)
		}
	}
	f := func(name string, use func(io.Reader)) {
		b.Run(name, func(b *testing.B) {
			measured(b, func(i int) {
				r, err := c.Get(b.Context(), key(i%1000))
				if err != nil {
					b.Fatal(err)
				}
				use(r)
				if err := r.Close(); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
	buf := make([]byte, 128<<10)
	f("open", func(io.Reader) {})
	f("read", func(r io.Reader) {
		if _, err := io.ReadFull(r, buf[:100<<10]); err != nil {
			b.Fatal(err)
		}
	})
}
