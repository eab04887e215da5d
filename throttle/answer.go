package throttle

import (
	"fmt"
	"time"
)

// state is how it stands with a bid.
type state int64

const (
	refused state = 0
	granted state = 1
	waiting state = 2
)

// lineFull is Redis's word for a line that has no place left.
const lineFull = "customer_waiting"

// answer is what Redis says to a bid. All but the state is about bids that are
// not granted.
type answer struct {
	state  state
	reason Reason        // or lineFull
	expiry time.Duration // until a lease in the way expires; 0 when unknown
	front  int           // waiters of the customer in front

	forgotten bool // it was asked for before, and Redis knew nothing of it
}

// decode reads {1, n, n}, {2, reason, ms, n, n} or {0, reason, ms, n, n}.
func decode(reply any) (answer, error) {
	list, _ := reply.([]any)
	if len(list) == 3 && list[0] == int64(granted) {
		return answer{state: granted}, nil
	}
	if len(list) == 5 && (list[0] == int64(refused) || list[0] == int64(waiting)) {
		reason, isText := list[1].(string)
		ms, isTime := list[2].(int64)
		front, isNumber := list[3].(int64)
		forgotten, isFlag := list[4].(int64)
		if isText && isTime && isNumber && isFlag {
			return answer{state(list[0].(int64)), Reason(reason), time.Duration(ms) * time.Millisecond, int(front), forgotten == 1}, nil
		}
	}
	return answer{}, fmt.Errorf("take lease: expected {1, n, n} or {0 or 2, reason, ms, n, n} from redis, found %v", reply)
}
