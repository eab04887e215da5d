package throttle_test

import (
	"errors"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/adloom/adloom/throttle"
)

func BenchmarkGateEnter(b *testing.B) {
	open := throttle.DefaultGateConfig()
	full := open
	full.MaxQueue = 64
	f := func(name string, parallel int, work func(customer string, next func() bool)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			if parallel == 0 {
				work("a", b.Loop)
				return
			}
			var n atomic.Int64
			b.SetParallelism(parallel)
			b.RunParallel(func(pb *testing.PB) { work(strconv.FormatInt(n.Add(1)%8, 10), pb.Next) })
		})
	}
	g := newGate(b, open)
	enterLeave := func(customer string, next func() bool) {
		for next() {
			enterAs(b, g, customer).Leave()
		}
	}
	f("alone", 0, enterLeave)
	f("64", 32, enterLeave)

	crowded := newGate(b, full)
	for i := range full.MaxQueue {
		enterAs(b, crowded, strconv.Itoa(i))
	}
	f("refused", 0, func(customer string, next func() bool) {
		for next() {
			if _, err := crowded.Enter(customer); !errors.As(err, new(*throttle.LimitedError)) {
				b.Fatal("not refused")
			}
		}
	})
}

func BenchmarkGateRun(b *testing.B) {
	f := func(name string, slots, customers, parallel int) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			g := newGate(b, slotsOf(slots, 1<<30))
			if parallel == 0 {
				for b.Loop() {
					run(b, g, 1<<20)()
				}
				return
			}
			var n atomic.Int64
			b.SetParallelism(parallel)
			b.RunParallel(func(pb *testing.PB) {
				customer := strconv.FormatInt(n.Add(1)%int64(customers), 10)
				for pb.Next() {
					runAs(b, g, customer, 1<<20)()
				}
			})
		})
	}
	f("alone", 2, 1, 0)
	f("64 of one customer on 2 slots", 2, 1, 32)
	f("64 of 64 customers on 2 slots", 2, 64, 32)
	f("64 of 64 customers on 64 slots", 64, 64, 32)
}

// BenchmarkGateContended hands a slot round between goroutines that always wait,
// so that each release admits another.
func BenchmarkGateContended(b *testing.B) {
	for _, customers := range []int{1, 8, 300} {
		b.Run(strconv.Itoa(customers), func(b *testing.B) {
			b.ReportAllocs()
			g := newGate(b, slotsOf(1, -1))
			var n atomic.Int64
			b.SetParallelism(max(64, customers) / 2)
			b.RunParallel(func(pb *testing.PB) {
				customer := strconv.FormatInt(n.Add(1)%int64(customers), 10)
				for pb.Next() {
					release := runAs(b, g, customer, 0)
					runtime.Gosched() // the others come and wait
					release()
				}
			})
		})
	}
}
