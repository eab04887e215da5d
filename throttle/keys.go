package throttle

// The braces are a hash tag: a Redis cluster keeps all of these keys in one
// slot, as a script needs them.
const prefix = "{adloom}:"

// NodeLeasesKey names the sorted set of all leases of the node.
func NodeLeasesKey() string { return prefix + "leases" }

// CustomerLeasesKey names the sorted set of one customer's leases. The customer
// stands last, here and below, so that whatever it is called its key is no one
// else's, and so that a script can make the names of customers it finds.
func CustomerLeasesKey(customer string) string { return prefix + "leases:of:" + customer }

// WaitingKey names the sorted set of all who wait for a lease.
func WaitingKey() string { return prefix + "waiting" }

// CustomerWaitingKey names the sorted set of those of one customer, in the order
// in which they came.
func CustomerWaitingKey(customer string) string { return prefix + "waiting:of:" + customer }

// WaitersKey names the hash of what is known of each who waits.
func WaitersKey() string { return prefix + "waiters" }

// BelowLimitKey names the sorted set of waiting customers that hold fewer leases
// than their own limit allows, next one first.
func BelowLimitKey() string { return prefix + "turns:below" }

// AtLimitKey names the sorted set of the other waiting customers, which get
// leases only while the node has fewer than the start limit.
func AtLimitKey() string { return prefix + "turns:at" }

// SlowKey names the hash of a customer's slow downloads and renders by minute.
func SlowKey(customer string) string { return prefix + "slow:of:" + customer }

// CountedKey names what tells that the slow work of a lease has been counted.
func CountedKey(id string) string { return prefix + "slow:counted:" + id }

// LogBudgetKey names the hash of what the customers have taken from their log
// budgets in one minute since 1970.
func LogBudgetKey(minute string) string { return prefix + "log:taken:" + minute }

// LogMinuteKey names the minute in which somebody last took from a log budget.
func LogMinuteKey() string { return prefix + "log:minute" }

// channelName names the channel on which a process hears of its leases.
func channelName(process string) string { return prefix + "granted:" + process }

// scriptKeys are the KEYS of every script about leases.
func scriptKeys() []string {
	return []string{
		NodeLeasesKey(), CustomerLeasesKey(""), WaitingKey(), CustomerWaitingKey(""),
		WaitersKey(), BelowLimitKey(), AtLimitKey(), SlowKey(""), CountedKey(""),
	}
}
