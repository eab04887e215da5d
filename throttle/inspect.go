package throttle

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"
)

// inspected is how many customers are looked at in one call, and found when none
// are named: Redis is blocked for less than a millisecond.
const inspected = 200

// Inspection is how it stands with the leases of the node: of all processes that
// share the Redis.
type Inspection struct {
	Time       time.Time // by Redis's clock
	Leases     int       // that are out now
	Waiting    int       // requests that wait for one now
	HardLimit  int       // Config.HardLimit of this process, -1 for none
	StartLimit int       // Config.StartLimit of this process, -1 for never
	Customers  []CustomerState
}

// CustomerState is how it stands with one customer.
type CustomerState struct {
	Customer string
	Leases   int // that are out now
	Waiting  int // requests that wait for one now
	Limits   Limits

	// SlowDownloads and SlowRenders count by the minute in which the work ended,
	// for Config.SlowMinutes minutes. The oldest comes first, the present one last.
	SlowDownloads []int
	SlowRenders   []int

	// Refused is CustomerSlowDownloads or CustomerSlowRenders when the customer is
	// refused because of them now, and RetryAfter says for how much longer. It is
	// empty otherwise.
	Refused    Reason
	RetryAfter time.Duration
}

// Inspect looks at the node and at some customers, in this order; without any, at
// those that hold leases or wait, at most 200 of them, those with most of both
// first. Limits of a customer are those that count now: its own or Config's, never
// 0, and negative for none.
//
// It changes nothing and disturbs nothing: 200 customers cost one call of Redis.
// When Redis does not answer it fails within Config.RedisTimeout, with the limits
// alone. That is nobody else's concern: leases are asked for as before.
func (l *Limiter) Inspect(ctx context.Context, customers []string) (Inspection, error) {
	ctx, cancel := context.WithTimeout(ctx, l.cfg.RedisTimeout)
	defer cancel()
	i := Inspection{HardLimit: l.cfg.HardLimit, StartLimit: l.cfg.StartLimit}
	find := 0
	if len(customers) == 0 {
		find = 1
	}
	for rest := customers; ; {
		some := rest[:min(len(rest), inspected)]
		rest = rest[len(some):]
		args := []any{l.store.longest(), find, inspected}
		for _, customer := range some {
			args = append(args, customer)
		}
		reply, err := l.store.inspect.Run(ctx, l.store.rdb, scriptKeys(), args...).Slice()
		if err == nil {
			err = l.read(&i, reply)
		}
		if err != nil {
			return l.unseen(customers), fmt.Errorf("inspect leases: %w", err)
		}
		if len(rest) == 0 {
			return i, nil
		}
	}
}

// unseen is what is known without Redis.
func (l *Limiter) unseen(customers []string) Inspection {
	i := Inspection{HardLimit: l.cfg.HardLimit, StartLimit: l.cfg.StartLimit}
	for _, customer := range customers {
		i.Customers = append(i.Customers, CustomerState{Customer: customer, Limits: l.limits(customer)})
	}
	return i
}

// read adds what Redis says: {now, leases, waiters, {customer, leases, waiters, {field, count, ...}}, ...}.
func (l *Limiter) read(i *Inspection, reply []any) error {
	unexpected := func(found any) error {
		return fmt.Errorf("expected {now, leases, waiters, {customer, leases, waiters, counts}, ...} from redis, found %v", found)
	}
	if len(reply) < 3 {
		return unexpected(reply)
	}
	now, isTime := reply[0].(int64)
	leases, isNumber := reply[1].(int64)
	waiting, isNumberToo := reply[2].(int64)
	if !isTime || !isNumber || !isNumberToo {
		return unexpected(reply[:3])
	}
	i.Time, i.Leases, i.Waiting = time.UnixMilli(now).UTC(), int(leases), int(waiting)
	for _, part := range reply[3:] {
		list, _ := part.([]any)
		if len(list) != 4 {
			return unexpected(part)
		}
		customer, isText := list[0].(string)
		leases, isNumber := list[1].(int64)
		waiting, isNumberToo := list[2].(int64)
		counts, isList := list[3].([]any)
		if !isText || !isNumber || !isNumberToo || !isList {
			return unexpected(part)
		}
		c := CustomerState{Customer: customer, Leases: int(leases), Waiting: int(waiting), Limits: l.limits(customer)}
		l.slow(&c, i.Time, counts)
		i.Customers = append(i.Customers, c)
	}
	return nil
}

// slow fills in what was slow, and whether that stands against the customer, as
// admit.lua decides it.
func (l *Limiter) slow(c *CustomerState, now time.Time, counts []any) {
	minutes := l.cfg.SlowMinutes
	c.SlowDownloads, c.SlowRenders = make([]int, minutes), make([]int, minutes)
	first := now.UnixMilli()/time.Minute.Milliseconds() - int64(minutes) + 1
	for k := 0; k+1 < len(counts); k += 2 {
		field, _ := counts[k].(string)
		count, _ := counts[k+1].(string)
		if field == "" {
			continue
		}
		minute, err := strconv.ParseInt(field[1:], 10, 64)
		n, err2 := strconv.Atoi(count)
		if at := minute - first; cmp.Or(err, err2) == nil && at >= 0 && at < int64(minutes) {
			switch field[0] {
			case 'd':
				c.SlowDownloads[at] = n
			case 'r':
				c.SlowRenders[at] = n
			}
		}
	}
	end := time.UnixMilli((first + int64(minutes)) * time.Minute.Milliseconds()) // when the first minute is forgotten
	for _, kind := range []struct {
		reason Reason
		counts []int
		bound  int
	}{{CustomerSlowDownloads, c.SlowDownloads, c.Limits.SlowDownloads}, {CustomerSlowRenders, c.SlowRenders, c.Limits.SlowRenders}} {
		if n := forgotten(kind.counts, kind.bound); n > 0 {
			c.Refused, c.RetryAfter = kind.reason, end.Add(time.Duration(n-1)*time.Minute).Sub(now)
			return
		}
	}
}

// forgotten is how many of the first minutes must be forgotten before less than
// bound is left; 0 when that is so already.
func forgotten(counts []int, bound int) int {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	if bound < 0 {
		return 0
	}
	for k, n := range counts {
		if sum < bound {
			return k
		}
		sum -= n
	}
	return len(counts)
}
