package throttle

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/adloom/adloom/lua"
)

const (
	logBatch    = 200             // customers asked for in one call: Redis is blocked for less than a millisecond
	logAccounts = 20_000          // customers that are kept apart in a minute, in Redis: 3 MB
	logLasts    = 2 * time.Minute // what is kept of a minute when nobody asks any more
	logMost     = 1_000_000_000   // of a want or a budget, so that Lua can count exactly
	logRetry    = time.Second     // Redis is left alone after a failure
	logName     = 64              // bytes of a customer's name; of longer ones a hash is kept
)

// LogBudget keeps count, in Redis, of how many failures of each customer are
// logged in a minute, by all processes that share the Redis: together they are
// granted exactly the smaller of what they want and the customer's budget. The
// minute is that of Redis's clock.
//
// When Redis is away it fails, within its timeout, and for a second after that at
// once: who asks goes by an account of its own then. A Redis that was restarted
// or emptied begins the minute anew. A clock set back begins the minute that it is
// set to, or goes on with it where it is still known. In one minute at most 20,000
// customers are kept apart; those that come later share one account, so that
// each of them is granted less, never more, and memory stays bounded.
//
// It is safe for concurrent use.
type LogBudget struct {
	rdb     redis.Scripter
	timeout time.Duration
	script  *redis.Script
	circuit circuit
}

// NewLogBudget returns a LogBudget whose calls of Redis take at most timeout each.
// For the client the same holds as in New.
func NewLogBudget(rdb redis.UniversalClient, timeout time.Duration) *LogBudget {
	return &LogBudget{
		rdb: rdb, timeout: timeout, script: redis.NewScript(lua.Source("logbudget")), circuit: circuit{pause: logRetry},
	}
}

// Spend takes from each customer's budget of this minute, and says how much of
// what is wanted it grants. A negative budget grants all and is not counted; one
// that has been changed counts from the next call on. It fails as a whole, and
// then something may have been taken that nobody is granted.
//
// Some hundred customers cost one call of Redis.
func (b *LogBudget) Spend(ctx context.Context, customers []string, want, budgets []int) (granted []int, err error) {
	if len(want) != len(customers) || len(budgets) != len(customers) {
		return nil, fmt.Errorf("spend log budget: expected a want and a budget for each of %d customers, found %d and %d",
			len(customers), len(want), len(budgets))
	}
	granted = make([]int, len(customers))
	asked := make([]int, 0, len(customers)) // what Redis has to decide
	for i, budget := range budgets {
		switch {
		case want[i] <= 0 || budget == 0:
		case budget < 0:
			granted[i] = want[i]
		default:
			asked = append(asked, i)
		}
	}
	if len(asked) == 0 {
		return granted, nil
	}
	if !b.circuit.allow() {
		return nil, fmt.Errorf("spend log budget: %w", errSkipped)
	}
	for len(asked) > 0 {
		batch := asked[:min(len(asked), logBatch)]
		asked = asked[len(batch):]
		args := make([]any, 0, 3+3*len(batch))
		args = append(args, logAccounts, logRest, logLasts.Milliseconds())
		for _, i := range batch {
			args = append(args, logAccount(customers[i]), min(want[i], logMost), min(budgets[i], logMost))
		}
		answer, err := b.call(ctx, args, len(batch))
		if err != nil {
			if ctx.Err() == nil {
				b.circuit.fail(err)
			}
			return nil, fmt.Errorf("spend log budget: %w", err)
		}
		for k, i := range batch {
			granted[i] = int(answer[k])
		}
	}
	b.circuit.succeed()
	return granted, nil
}

func (b *LogBudget) call(ctx context.Context, args []any, want int) ([]int64, error) {
	ctx, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	answer, err := b.script.Run(ctx, b.rdb, []string{LogBudgetKey(""), LogMinuteKey()}, args...).Int64Slice()
	if err == nil && len(answer) != want {
		err = fmt.Errorf("expected %d numbers from redis, found %d", want, len(answer))
	}
	return answer, err
}

// logRest is the account of those that have none of their own. No other begins like it.
const logRest = "rest"

// logAccount is under which name a customer is counted: its own, with a letter in
// front that keeps names and hashes apart.
func logAccount(customer string) string {
	if len(customer) <= logName {
		return "c" + customer
	}
	sum := sha256.Sum256([]byte(customer))
	return "h" + string(sum[:])
}
