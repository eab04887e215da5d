package lowpriority_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/adloom/adloom/internal/lowpriority"
)

func TestDo(t *testing.T) {
	defer goleak.VerifyNone(t)
	threads := lowpriority.Start(2)
	var sum, running atomic.Int64
	var group sync.WaitGroup
	for i := range 100 {
		group.Go(func() {
			threads.Do(func() {
				if running.Add(1) > 2 {
					t.Error("more than two run at once")
				}
				sum.Add(int64(i))
				running.Add(-1)
			})
		})
	}
	group.Wait()
	threads.Close()
	if sum.Load() != 4950 {
		t.Errorf("sum %d", sum.Load())
	}
}

func TestPanic(t *testing.T) {
	defer goleak.VerifyNone(t)
	threads := lowpriority.Start(1)
	defer threads.Close()
	func() {
		defer func() {
			if v := recover(); v != "broken" {
				t.Errorf("recovered %v", v)
			}
		}()
		threads.Do(func() { panic("broken") })
		t.Error("Do returned")
	}()
	done := false
	if threads.Do(func() { done = true }); !done {
		t.Error("the thread did not go on")
	}
}
