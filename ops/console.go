package ops

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.uber.org/zap"
)

const (
	// fresh is how long a state that was made for one viewer is good enough for another.
	fresh = 900 * time.Millisecond
	// unwatched is how many seconds pass between two looks when nobody watches, so that it is known since when
	// something is wrong.
	unwatched = 10
)

// What may be wrong with an action.
var (
	ErrNoSuchCustomer = errors.New("there is no such customer")
	ErrBadAction      = errors.New("this cannot be done")
	// ErrNotRecorded comes with an act that was done all the same.
	ErrNotRecorded = errors.New("it was done, but the audit list did not take it (the node's log did)")
)

// Sources are where a console looks. All are called at most once a second, whoever watches, but for Customers, which is
// also called for each look at one customer.
type Sources struct {
	Node     Node
	Draining func() bool
	// Busy is the share of the CPU slots that is taken.
	Busy func() float64
	// Live asks the parts of the node. What does not answer in time is left out.
	Live func(ctx context.Context) Live
	// Customers asks settings and Redis about customers.
	Customers func(ctx context.Context, ids []string) map[string]CustomerLive
	// Nodes lists all nodes; nil when there is no Prometheus to ask.
	Nodes func(ctx context.Context) []NodeRow
}

// Actions are what operators can have done. An error says why it was not: it wraps ErrNoSuchCustomer or
// ErrBadAction when it was the operator's mistake.
type Actions interface {
	// Limit changes a customer's own limits and returns those it had.
	Limit(customer string, change LimitsChange) (was Limits, err error)
	// Pause stops a customer, or one of its templates, on all nodes that share its settings.
	Pause(customer, template, why string) error
	Resume(customer, template string) error
	// Drain has load balancers send no more to this node.
	Drain() error
	// Undrain ends that. A process that is about to end cannot.
	Undrain() error
}

// Console is what operators see and do. It is safe for concurrent use.
type Console struct {
	board   *Board
	sources Sources
	actions Actions
	audit   *Audit
	log     *zap.Logger

	mu    sync.Mutex
	state *State
	since since
}

// NewConsole returns the console of a node.
func NewConsole(board *Board, sources Sources, actions Actions, audit *Audit, log *zap.Logger) *Console {
	return &Console{board: board, sources: sources, actions: actions, audit: audit, log: log, since: since{}}
}

// Run looks at what passes unseen by requests, until ctx ends.
func (c *Console) Run(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			c.board.Look(c.sources.Busy())
			if n%unwatched == 0 {
				c.State(ctx)
			}
		}
	}
}

// State returns the state of less than a second ago. It must not be changed.
func (c *Console) State(ctx context.Context) *State {
	ctx = context.WithoutCancel(ctx) // others get this state, too: a viewer who leaves must not make Redis look away
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state != nil && time.Since(c.state.Time) < fresh {
		return c.state
	}
	counted := c.board.Snapshot()
	s := &State{
		Time: time.Now(), Node: c.sources.Node, Live: c.sources.Live(ctx),
		Totals: Totals{Rates: counted.Totals}, Stages: counted.Stages, Customers: counted.Customers, Templates: counted.Templates,
		Audit: c.audit.Last(),
	}
	s.Node.Draining = c.sources.Draining()
	s.Totals.Running, s.Totals.Waiting = s.Slots.Inside, s.Slots.Waiting+s.Leases.Waiting
	c.join(ctx, s.Customers)
	s.Health = c.since.troubles(s)
	if c.sources.Nodes != nil {
		s.Nodes = c.sources.Nodes(ctx)
	}
	c.state = s
	return s
}

// join adds what settings and Redis say.
func (c *Console) join(ctx context.Context, customers []Customer) {
	ids := make([]string, len(customers))
	for i := range customers {
		ids[i] = customers[i].ID
	}
	live := c.sources.Customers(ctx, ids)
	for i := range customers {
		customers[i].CustomerLive = live[customers[i].ID]
		for j := range customers[i].Refusals {
			r := &customers[i].Refusals[j]
			r.Left = customers[i].Left[r.Reason]
		}
	}
}

// Customer returns one customer, or ErrNoSuchCustomer for one without settings that has not asked for anything either.
func (c *Console) Customer(ctx context.Context, id string) (CustomerDetail, error) {
	d := c.board.Customer(id)
	one := []Customer{d.Customer}
	c.join(ctx, one)
	if d.Customer = one[0]; d.Unknown && !d.asked {
		return CustomerDetail{}, fmt.Errorf("%w: %q", ErrNoSuchCustomer, id)
	}
	return d, nil
}

// History returns the node's last hour.
func (c *Console) History() History { return c.board.History() }
