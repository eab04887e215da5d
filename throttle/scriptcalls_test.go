package throttle_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/lua"
	"github.com/adloom/adloom/throttle"
)

// scripts calls admit and release as they are.
type scripts struct {
	t   testing.TB
	rdb *redis.Client

	hard, start, limit int
	ttl, later, wait   time.Duration
	longest            time.Duration
	most               int
	channel            string
	again              bool
	downloads, renders int
	admitted, released *redis.Script
	messages           <-chan *redis.Message
}

func newScripts(tb testing.TB, rdb *redis.Client) *scripts {
	tb.Helper()
	common := lua.Source("leases")
	s := &scripts{
		t: tb, rdb: rdb, hard: 1, limit: 1, ttl: time.Hour, later: time.Hour, longest: 4 * time.Hour,
		most: 100, channel: "here", downloads: -1, renders: -1,
		admitted: redis.NewScript(common + lua.Source("admit")), released: redis.NewScript(common + lua.Source("release")),
	}
	sub := rdb.Subscribe(tb.Context(), s.channel)
	if _, err := sub.Receive(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { sub.Close() })
	s.messages = sub.Channel(redis.WithChannelHealthCheckInterval(0))
	return s
}

// ticket is the ticket of a lease. IDs are written short in these tests.
func ticket(customer, id string) string { return fmt.Sprintf("%-26s%s", id, customer) }

func scriptKeys() []string {
	return []string{
		throttle.NodeLeasesKey(), throttle.CustomerLeasesKey(""), throttle.WaitingKey(), throttle.CustomerWaitingKey(""),
		throttle.WaitersKey(), throttle.BelowLimitKey(), throttle.AtLimitKey(), throttle.SlowKey(""), throttle.CountedKey(""),
	}
}

func (s *scripts) admit(customer, id string) []any {
	s.t.Helper()
	again := 0
	if s.again {
		again = 1
	}
	got, err := s.admitted.Run(s.t.Context(), s.rdb, scriptKeys(), s.hard, s.start, s.longest.Milliseconds(),
		ticket("", id), customer, s.ttl.Milliseconds(), s.later.Milliseconds(), s.limit, s.wait.Milliseconds(), s.most,
		s.channel, again, s.downloads, s.renders, 3).Slice()
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

func (s *scripts) granted(customer, id string, total, own int) {
	s.t.Helper()
	if got, want := fmt.Sprint(s.admit(customer, id)), fmt.Sprintf("[1 %d %d]", total, own); got != want {
		s.t.Errorf("admit(%q, %q) = %s, want %s", customer, id, got, want)
	}
}

func (s *scripts) waits(customer, id, reason string)   { s.t.Helper(); s.not(2, customer, id, reason) }
func (s *scripts) refused(customer, id, reason string) { s.t.Helper(); s.not(0, customer, id, reason) }

func (s *scripts) not(state int64, customer, id, reason string) {
	s.t.Helper()
	got := s.admit(customer, id)
	if got[0] != state || got[1] != reason {
		s.t.Errorf("admit(%q, %q) = %v, want {%d, %s, ...}", customer, id, got, state, reason)
		return
	}
	if wait := got[2].(int64); wait < 0 || wait > s.ttl.Milliseconds() {
		s.t.Errorf("admit(%q, %q) = %v, want up to %d ms", customer, id, got, s.ttl.Milliseconds())
	}
}

// release gives back customer, id, customer, id, ...
func (s *scripts) release(want int, leases ...string) {
	s.t.Helper()
	if got := s.giveBack(leases...); got != want {
		s.t.Errorf("release(%q) = %d, want %d", leases, got, want)
	}
}

func (s *scripts) giveBack(leases ...string) int {
	s.t.Helper()
	var args []any
	for i := 0; i < len(leases); i += 2 {
		args = append(args, ticket(leases[i], leases[i+1]), 0, 0)
	}
	return s.run(args...)
}

// count gives back a lease that was never held, with what was slow about it.
func (s *scripts) count(customer, id string, downloads, renders int) {
	s.t.Helper()
	s.run(ticket(customer, id), downloads, renders)
}

func (s *scripts) run(args ...any) int {
	s.t.Helper()
	args = append([]any{s.hard, s.start, s.longest.Milliseconds(), 3}, args...)
	got, err := s.released.Run(s.t.Context(), s.rdb, scriptKeys(), args...).Int()
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

// told wants exactly these to have been told of a lease, in this order.
func (s *scripts) told(ids ...string) {
	s.t.Helper()
	end := "end of " + fmt.Sprint(ids)
	if err := s.rdb.Publish(s.t.Context(), "here", end).Err(); err != nil {
		s.t.Fatal(err)
	}
	var got []string
	for m := range s.messages {
		if m.Payload == end {
			break
		}
		got = append(got, strings.TrimSpace(m.Payload))
	}
	if !slices.Equal(got, ids) {
		s.t.Errorf("told %q, want %q", got, ids)
	}
}

// held wants exactly these to have leases; of all customers when it is empty.
func (s *scripts) held(customer string, ids ...string) {
	s.t.Helper()
	key := throttle.NodeLeasesKey()
	if customer != "" {
		key = throttle.CustomerLeasesKey(customer)
	}
	var got []string
	for _, member := range s.rdb.ZRange(s.t.Context(), key, 0, -1).Val() {
		got = append(got, strings.TrimSpace(member[:26]))
	}
	slices.Sort(got)
	slices.Sort(ids)
	if !slices.Equal(got, ids) {
		s.t.Errorf("%s: %q hold leases, want %q", key, got, ids)
	}
}

// empty wants nothing to be left in Redis.
func (s *scripts) empty() {
	s.t.Helper()
	if keys := s.rdb.Keys(s.t.Context(), "*").Val(); len(keys) != 0 {
		s.t.Errorf("left in Redis: %q", keys)
	}
}
