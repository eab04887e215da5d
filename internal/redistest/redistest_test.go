package redistest_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"github.com/adloom/adloom/internal/redistest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestServersAreApart(t *testing.T) {
	t.Parallel()
	a, b := redistest.Client(t), redistest.Client(t)
	if err := a.Set(t.Context(), "k", "v", 0).Err(); err != nil {
		t.Fatal(err)
	}
	if err := b.Get(t.Context(), "k").Err(); !errors.Is(err, redis.Nil) {
		t.Errorf("the other server's key: error %v, want none such", err)
	}
}

func TestRestart(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*redistest.Server){
		"stop": (*redistest.Server).Stop,
		"kill": (*redistest.Server).Kill,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := redistest.Start(t)
			rdb := s.Client()
			if err := rdb.Set(t.Context(), "k", "v", 0).Err(); err != nil {
				t.Fatal(err)
			}
			end(s)
			end(s) // twice is no error
			if err := rdb.Ping(t.Context()).Err(); err == nil {
				t.Error("the server answers after its end")
			}
			s.Restart()
			if n, err := rdb.DBSize(t.Context()).Result(); n != 0 || err != nil {
				t.Errorf("after the restart: %d keys, error %v; want it empty", n, err)
			}
		})
	}
}

func TestFreeze(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	rdb := s.Client()
	if err := rdb.Ping(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	s.Freeze()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := rdb.Ping(ctx).Err(); !errors.Is(err, context.DeadlineExceeded) && !isTimeout(err) {
		t.Errorf("PING of a frozen server: error %v, want a timeout", err)
	}
	s.Thaw()
	if err := rdb.Ping(t.Context()).Err(); err != nil {
		t.Errorf("PING after the thaw: %v", err)
	}
}

func TestEmbedded(t *testing.T) {
	t.Parallel()
	rdb := redistest.Embedded(t)
	if got, err := rdb.Eval(t.Context(), "return 7", nil).Int(); got != 7 || err != nil {
		t.Errorf("EVAL = %d, %v; want 7", got, err)
	}
}

func TestEmbeddedInABubble(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rdb := redistest.Embedded(t)
		if err := rdb.Set(t.Context(), "k", "v", time.Hour).Err(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour) // the bubble's hour
		if err := rdb.Get(t.Context(), "k").Err(); !errors.Is(err, redis.Nil) {
			t.Errorf("a key that has expired: error %v, want none such", err)
		}
	})
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}
