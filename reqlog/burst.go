package reqlog

import (
	"sync/atomic"
	"time"
)

// What goes wrong usually goes wrong many times a second, and writing all of it down
// would cost more than refusing it did.
const (
	failuresPerSecond = 20  // are kept
	failureEvery      = 100 // of those beyond, one in so many is kept
)

// burst counts what happened in the current second. Two that come at the turn of a
// second may both begin it: it is a bound on work, not an account.
type burst struct {
	second, count atomic.Int64
}

// within says whether this one is among the first most of its second.
func (b *burst) within(now time.Time, most int64) bool {
	if second := now.Unix(); b.second.Swap(second) != second {
		b.count.Store(0)
	}
	return b.count.Add(1) <= most
}
