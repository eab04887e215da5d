package throttle

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	// reconnect is about how long it takes until a subscription that cannot be
	// made is tried again.
	reconnect = 250 * time.Millisecond
	// resubscribe is the same for one that has been lost.
	resubscribe = 10 * time.Millisecond
)

// announcements hears what Redis announces to this process: the leases that are
// handed to its waiters.
//
// Its goroutine must never wait for anything but Redis: the embedded one
// finishes no call of anybody before an announcement has been read.
type announcements struct {
	rdb     redis.UniversalClient
	channel string
	timeout time.Duration // of making the subscription
	heard   func(id string)
	changed func(listening bool) // called when a subscription is there or lost

	listening atomic.Bool
}

// target is the channel to be told of, empty while nobody listens there.
func (a *announcements) target() string {
	if a.listening.Load() {
		return a.channel
	}
	return ""
}

// run listens until ctx ends.
func (a *announcements) run(ctx context.Context) {
	for ctx.Err() == nil {
		pause := reconnect
		if a.listen(ctx) {
			pause = resubscribe
			a.listening.Store(false)
			a.changed(false)
		}
		select {
		case <-ctx.Done():
		case <-time.After(jitter(pause)):
		}
	}
}

// listen returns when the connection is lost, and says whether there was one.
func (a *announcements) listen(ctx context.Context) (listened bool) {
	sub := a.rdb.Subscribe(ctx)
	// Nothing but closing it ends a read.
	defer context.AfterFunc(ctx, func() { sub.Close() })()
	defer sub.Close()
	if err := a.subscribe(ctx, sub); err != nil {
		return false
	}
	for {
		message, err := sub.Receive(ctx)
		if err != nil {
			return listened // whatever it was, the store finds out and tells
		}
		switch m := message.(type) {
		case *redis.Subscription:
			listened = true
			a.listening.Store(true)
			a.changed(true)
		case *redis.Message:
			a.heard(m.Payload)
		}
	}
}

func (a *announcements) subscribe(ctx context.Context, sub *redis.PubSub) error {
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	return sub.Subscribe(ctx, a.channel)
}

// jitter is a time between half of d and d.
func jitter(d time.Duration) time.Duration { return d/2 + rand.N(d/2) }
