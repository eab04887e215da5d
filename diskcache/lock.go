package diskcache

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	rebuildLock = time.Minute     // so a dead rebuilder holds others up no longer
	sweepLock   = 5 * time.Second // a node that is short of space waits no longer for a dead process
)

var (
	errHeld = errors.New("another process holds the lock")

	// errLockLost ends work whose lock is gone: Redis was emptied meanwhile, or another took over.
	errLockLost = errors.New("the lock of the index is gone")
)

// lock is work that one process of the node does at a time. It is renewed and given back in two steps, look and act.
// Between them it may pass to another process, and then two do the same work, which costs time but no correctness.
type lock struct {
	x          *index
	key, token string
	lasts      time.Duration
	renewed    time.Time
}

// lock takes the lock, or fails with errHeld.
func (x *index) lock(ctx context.Context, key string, lasts time.Duration) (*lock, error) {
	l := &lock{x: x, key: key, token: rand.Text(), lasts: lasts, renewed: time.Now()}
	taken, err := x.rdb.SetNX(ctx, key, l.token, lasts).Result()
	if err = x.noted(err); err != nil {
		return nil, fmt.Errorf("lock the index: %w", err)
	}
	if !taken {
		return nil, errHeld
	}
	return l, nil
}

// release gives it back; when that fails, it expires.
func (l *lock) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.x.timeout)
	defer cancel()
	if l.held(ctx) == nil {
		_ = l.x.noted(l.x.rdb.Del(ctx, l.key).Err())
	}
}

func (l *lock) held(ctx context.Context) error {
	holder, err := l.x.rdb.Get(ctx, l.key).Result()
	if errors.Is(err, redis.Nil) || err == nil && holder != l.token {
		return errLockLost
	}
	return l.x.noted(err)
}

// keep renews the lock when a quarter of its time is over. It is to be called often.
func (l *lock) keep(ctx context.Context) error {
	now := time.Now()
	if now.Sub(l.renewed) < l.lasts/4 {
		return nil
	}
	if err := l.held(ctx); err != nil {
		return fmt.Errorf("renew the lock of the index: %w", err)
	}
	if err := l.x.noted(l.x.rdb.PExpire(ctx, l.key, l.lasts).Err()); err != nil {
		return fmt.Errorf("renew the lock of the index: %w", err)
	}
	l.renewed = now
	return nil
}
