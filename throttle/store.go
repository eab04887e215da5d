package throttle

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/lua"
)

// maxOwed bounds the leases that are remembered while Redis is away. The oldest
// are forgotten first: they expire first.
const maxOwed = 1024

// payBackEvery is how often it is tried at most to give leases back that are owed.
const payBackEvery = 100 * time.Millisecond

// errSkipped means that Redis was not asked, because it failed a moment ago.
var errSkipped = errors.New("redis is left alone after a failure")

// bid is the wish for one lease.
type bid struct {
	customer string
	id       string // of the lease, 26 characters unlike any other
	limits   Limits // the customer's, with none left to Config
	end      time.Time
}

func (b bid) ticket() string { return b.id + b.customer }

// returned is a lease, or a place in the line, that is given back, and what was
// slow about it.
type returned struct {
	ticket             string
	downloads, renders int64
}

// store keeps the leases in Redis. Each call is bounded in time and goes on
// when its caller leaves, so that its outcome is always known.
type store struct {
	rdb            redis.Scripter
	admit, release *redis.Script
	inspect        *redis.Script // for Limiter.Inspect
	cfg            Config
	circuit        circuit
	failed         func() // called after the first failure

	mu   sync.Mutex
	owed []returned // given back while Redis did not listen

	owes chan struct{} // holds one signal: something is owed
}

func newStore(cfg Config, rdb redis.Scripter, failed func()) *store {
	common := lua.Source("leases")
	return &store{
		rdb:     rdb,
		admit:   redis.NewScript(common + lua.Source("admit")),
		release: redis.NewScript(common + lua.Source("release")),
		inspect: redis.NewScript(lua.Source("inspect")),
		cfg:     cfg,
		circuit: circuit{pause: cfg.RetryRedis},
		failed:  failed,
		owes:    make(chan struct{}, 1),
	}
}

// ask asks for a lease, or how it stands with one that was asked for before.
// Redis is told of the channel, if there is one, so that it can hand over a
// lease later.
func (s *store) ask(ctx context.Context, b bid, channel string, again bool) (answer, error) {
	if !s.circuit.allow() {
		return answer{}, errSkipped
	}
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	if err := s.settle(ctx); err != nil { // what is owed must not stand in this one's way
		return answer{}, err
	}
	later, wait := s.cfg.Lease, time.Until(b.end)
	if channel == "" {
		later, wait = min(later, unheardFor), min(wait, unheardFor)
	}
	before := 0
	if again {
		before = 1
	}
	args := append(s.limits(), b.id, b.customer, millis(s.cfg.Lease), millis(later), b.limits.Concurrency,
		millis(wait), s.cfg.MaxWaiting, channel, before,
		b.limits.SlowDownloads, b.limits.SlowRenders, s.cfg.SlowMinutes)
	reply, err := s.call(ctx, s.admit, args)
	if err != nil {
		return answer{}, fmt.Errorf("take lease: %w", err)
	}
	// Only this call shows that Redis is as it should be: one that has no memory
	// left, for example, still takes leases back.
	if s.circuit.succeed() && s.cfg.Notify != nil {
		s.cfg.Notify(nil)
	}
	return decode(reply)
}

// give gives back, together with what is owed. When Redis does not listen, it is
// owed.
func (s *store) give(r returned) error {
	s.owe(r)
	if s.circuit.failure() != nil {
		signal(s.owes)
		return errSkipped // the next one who asks settles it, or payBack
	}
	return s.settleNow()
}

func (s *store) owe(r ...returned) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.owed = append(s.owed, r...)
	s.owed = s.owed[max(0, len(s.owed)-maxOwed):]
}

// payBack settles what is owed also when nobody asks any more, until ctx ends.
func (s *store) payBack(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.owes:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(jitter(max(s.cfg.RetryRedis, payBackEvery))):
		}
		_ = s.settleNow() // signals again when it fails
	}
}

// settleNow gives back what is owed, in its own time.
func (s *store) settleNow() error {
	ctx, cancel := s.bounded(context.Background())
	defer cancel()
	return s.settle(ctx)
}

// settle gives back what is owed.
func (s *store) settle(ctx context.Context) error {
	s.mu.Lock()
	owed := s.owed
	s.owed = nil
	s.mu.Unlock()
	if len(owed) == 0 {
		return nil
	}
	args := append(s.limits(), s.cfg.SlowMinutes)
	for _, r := range owed {
		args = append(args, r.ticket, r.downloads, r.renders)
	}
	if _, err := s.call(ctx, s.release, args); err != nil {
		s.owe(owed...)
		signal(s.owes)
		return fmt.Errorf("give leases back: %w", err)
	}
	return nil
}

// limits are the arguments that every script has.
func (s *store) limits() []any {
	return []any{s.cfg.HardLimit, s.cfg.StartLimit, s.longest()}
}

// longest is how many ms a lease or a place in the line lasts at most.
func (s *store) longest() int64 { return 2 * (millis(s.cfg.Lease) + millis(s.cfg.MaxWait)) }

func (s *store) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), s.cfg.RedisTimeout)
}

// call is the one place that talks to Redis about leases and learns from it how Redis is.
func (s *store) call(ctx context.Context, script *redis.Script, args []any) (any, error) {
	reply, err := script.Run(ctx, s.rdb, scriptKeys(), args...).Result()
	if err != nil && s.circuit.fail(err) {
		if s.cfg.Notify != nil {
			s.cfg.Notify(err)
		}
		s.failed()
	}
	return reply, err
}

// millis rounds up to a millisecond.
func millis(d time.Duration) int64 {
	return int64((d + time.Millisecond - 1) / time.Millisecond)
}
