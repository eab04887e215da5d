package redistest_test

import (
	"runtime"
	"sync"
	"testing"

	"github.com/adloom/adloom/internal/redistest"
)

// A server outlives the threads of those who started it.
func TestThreadsThatEnd(t *testing.T) {
	t.Parallel()
	var s *redistest.Server
	var starting sync.WaitGroup
	starting.Go(func() {
		runtime.LockOSThread() // and the thread ends with the goroutine
		s = redistest.Start(t)
	})
	starting.Wait()
	client := s.Client()
	for range 200 {
		if err := client.Ping(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
	}
}
