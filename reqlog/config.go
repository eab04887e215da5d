package reqlog

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	batchSize       = 512                    // records for which budgets are asked in one call
	batchWait       = 100 * time.Millisecond // that a record waits for others to ask with
	spendWithin     = 2 * time.Second        // for one call of Spend
	customersKnown  = 10_000                 // customers with failures that are kept apart in a minute
	maxWaitingBytes = 32 << 20               // of records that wait, about
	closeWithin     = 5 * time.Second        // for what waits at the end
)

// Config says what is kept.
type Config struct {
	// Node is the name of this node in the records.
	Node string
	// Share is the share of a customer's successes that is kept, 0 to 1. It is asked for each of them, and must be quick.
	Share func(customer string) float64
	// Budget is how many failures of a customer are kept in a minute; -1: all. It is asked for each failure, and must be
	// quick. Requests that no customer has signed have one in common, that of "".
	Budget func(customer string) int
	// Spend asks the budget that all processes of the node share. nil: this process alone counts.
	Spend Spend
	// Buffer is how many records may wait to be written.
	Buffer int
}

// Ask is how many failures of a customer want to be kept, under its budget for a minute.
type Ask struct {
	Customer     string
	Want, Budget int
}

// Spend takes from the budgets of this minute, and says how many of each ask are granted.
type Spend func(ctx context.Context, asks []Ask) (granted []int, err error)

// Validate names every mistake.
func (c Config) Validate() error {
	var errs []error
	if c.Share == nil {
		errs = append(errs, errors.New("reqlog.Config.Share: expected a function, found none"))
	}
	if c.Budget == nil {
		errs = append(errs, errors.New("reqlog.Config.Budget: expected a function, found none"))
	}
	if c.Buffer < 1 {
		errs = append(errs, fmt.Errorf("reqlog.Config.Buffer: expected at least 1 record, found %d", c.Buffer))
	}
	return errors.Join(errs...)
}

// ForAll is a share or a budget that is the same for all customers.
func ForAll[T float64 | int](value T) func(customer string) T {
	return func(string) T { return value }
}
