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

// errSkipped means that Redis was not asked, because it failed a moment ago.
var errSkipped = errors.New("redis is left alone after a failure")

// bid is the wish for one lease.
type bid struct {
	customer string
	id       string // of the lease, unlike any other
	limit    int    // the customer's
}

// refusal is Redis's no.
type refusal struct {
	reason Reason
	wait   time.Duration // until the first lease in the way expires; 0 when unknown
}

// store keeps the leases in Redis. Each call is bounded in time and goes on
// when its caller leaves, so that its outcome is always known.
type store struct {
	rdb            redis.Scripter
	admit, release *redis.Script
	cfg            Config
	circuit        circuit

	mu   sync.Mutex
	owed []bid // leases given back while Redis did not listen
}

func newStore(cfg Config, rdb redis.Scripter) *store {
	return &store{
		rdb:     rdb,
		admit:   redis.NewScript(lua.Source("admit")),
		release: redis.NewScript(lua.Source("release")),
		cfg:     cfg,
		circuit: circuit{pause: cfg.RetryRedis},
	}
}

// take asks for a lease: granted when there is neither refusal nor error.
func (s *store) take(ctx context.Context, b bid) (*refusal, error) {
	s.give(ctx) // what is owed must not stand in this one's way
	ttl := (s.cfg.Lease + time.Millisecond - 1) / time.Millisecond
	keys := []string{NodeLeasesKey(), CustomerLeasesKey(b.customer)}
	reply, err := s.run(ctx, s.admit, keys, b.id, int64(ttl), s.cfg.HardLimit, s.cfg.StartLimit, b.limit)
	if err != nil {
		return nil, fmt.Errorf("take lease: %w", err)
	}
	return decodeAdmit(reply)
}

// give gives leases back, together with those that are owed. When Redis does
// not listen, they are owed.
func (s *store) give(ctx context.Context, bids ...bid) {
	s.mu.Lock()
	bids = append(s.owed, bids...)
	s.owed = nil
	s.mu.Unlock()
	if len(bids) == 0 {
		return
	}
	if err := s.giveAll(ctx, bids); err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		bids = append(bids, s.owed...)
		s.owed = bids[max(0, len(bids)-maxOwed):]
	}
}

func (s *store) giveAll(ctx context.Context, bids []bid) error {
	keys := []string{NodeLeasesKey()}
	ids := make([]any, len(bids))
	for i, b := range bids {
		keys = append(keys, CustomerLeasesKey(b.customer))
		ids[i] = b.id
	}
	_, err := s.run(ctx, s.release, keys, ids...)
	return err
}

// run is the one place that talks to Redis.
func (s *store) run(ctx context.Context, script *redis.Script, keys []string, args ...any) (any, error) {
	if !s.circuit.allow() {
		return nil, errSkipped
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.RedisTimeout)
	defer cancel()
	reply, err := script.Run(ctx, s.rdb, keys, args...).Result()
	if s.circuit.report(err) && s.cfg.Notify != nil {
		s.cfg.Notify(err)
	}
	return reply, err
}

// decodeAdmit reads {1, ...} or {0, reason, ms}.
func decodeAdmit(reply any) (*refusal, error) {
	list, _ := reply.([]any)
	if len(list) == 3 {
		switch list[0] {
		case int64(1):
			return nil, nil
		case int64(0):
			reason, isText := list[1].(string)
			ms, isNumber := list[2].(int64)
			if isText && isNumber {
				return &refusal{Reason(reason), time.Duration(ms) * time.Millisecond}, nil
			}
		}
	}
	return nil, fmt.Errorf("take lease: expected {1, n, n} or {0, reason, ms} from redis, found %v", reply)
}
