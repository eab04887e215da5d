// Package ops is what operators look at while a node runs: who asks for what, who is refused and why, how long things
// take, what the node's parts say of themselves, and what other operators have done. It keeps an hour of it in memory
// and needs no other system.
//
// A Board counts finished requests. A Console joins its counts with the state of the node's parts, and does and records
// what operators ask for. How it is sent and who may see it is a matter of package api/admin; the page is in ops/web.
//
// Memory is bounded: a board knows so many customers and templates, the ones that were busy last. Requests that nobody
// has signed count for the node alone, whatever customers they name.
package ops

import (
	"slices"
	"sync"
	"time"

	"github.com/adloom/adloom/reqlog"
)

const (
	maxCustomers = 2500
	maxTemplates = 2000
	maxOfOne     = 500 // templates of one customer
)

// Board counts requests. It is safe for concurrent use.
type Board struct {
	now func() time.Time

	// mu is held for a microsecond by each request, and for some milliseconds while a viewer's state is made.
	mu        sync.Mutex
	reasons   []string // their numbers are places here; the last of maxReasons stands for the rest
	node      tally
	customers shelf[string, *tally]
	templates shelf[templateName, *templateTally]
	history   history
}

// tally is what is counted of the node or of one customer.
type tally struct {
	seconds seconds
	window  window
	spark   spark
}

// NewBoard returns an empty board.
func NewBoard() *Board {
	return &Board{
		now:       time.Now,
		customers: shelf[string, *tally]{max: maxCustomers},
		templates: shelf[templateName, *templateTally]{max: maxTemplates, owner: templateName.owner, each: maxOfOne},
	}
}

// Add counts one finished request.
func (b *Board) Add(r *reqlog.Record) {
	c := countsOf(r)
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now().Unix()
	reason := -1
	if c.refused > 0 {
		reason = b.reason(r.Reason)
	}
	b.node.add(now, c, reason, r)
	b.history.add(now, c, r.Total)
	account := r.Account()
	if account == "" {
		return
	}
	if t, ok := b.customers.get(account, now, func() *tally { return &tally{} }); ok {
		t.add(now, c, reason, r)
	}
	if r.Template == "" || c.failed == 0 && !r.Drawn() {
		return
	}
	if t, ok := b.templates.get(templateName{account, r.Template}, now, func() *templateTally { return &templateTally{} }); ok {
		t.add(now, c, r)
	}
}

func countsOf(r *reqlog.Record) counts {
	c := counts{all: 1, bytes: uint64(max(r.Bytes, 0))}
	switch {
	case r.Error == "limited":
		c.refused = 1
	case r.Error == "client_gone":
	case r.Error != "":
		c.failed = 1
	default:
		c.good = 1
	}
	if r.Degraded && r.Error == "" {
		c.degraded = 1
	}
	return c
}

func (t *tally) add(now int64, c counts, reason int, r *reqlog.Record) {
	t.seconds.add(now, c, reason)
	t.spark.add(now)
	if reason >= 0 {
		t.window.refused(now, reason)
		return // how quickly it was refused says nothing of the pictures
	}
	t.window.took(now, 0, r.Total)
	for _, s := range r.Stages {
		if i := stageIndex(s.Name); i > 0 {
			t.window.took(now, i, s.Took)
		}
	}
}

// reason numbers a reason.
func (b *Board) reason(name string) int {
	if i := slices.Index(b.reasons, name); i >= 0 {
		return i
	}
	if len(b.reasons) == maxReasons-1 {
		b.reasons = append(b.reasons, "other")
	}
	if len(b.reasons) == maxReasons {
		return maxReasons - 1
	}
	b.reasons = append(b.reasons, name)
	return len(b.reasons) - 1
}
